"""Where time and chance come in: nothing else in the program asks the world for either."""

import secrets
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """The time, and a turn's chance. The demo's clock can be moved; a test's stands still."""

    def now(self) -> datetime:
        """Return the present, aware, in UTC."""
        ...

    def token(self) -> str:
        """Return 32 hexadecimal digits nobody can guess."""
        ...


class SystemClock:
    """The machine's own clock and its source of chance."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - the one place that asks the machine for the time

    def token(self) -> str:
        return secrets.token_hex(16)
