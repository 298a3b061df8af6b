"""Where time and chance come in: nothing else in the program asks the world for either."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

TOKEN = 16  # bytes of a turn's chance
DRAWN = 256  # tokens at a time


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

    def __init__(self) -> None:
        self._tokens: list[str] = []

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - the one place that asks the machine for the time

    def token(self) -> str:
        if not self._tokens:  # one call to the kernel serves many turns
            drawn = secrets.token_hex(TOKEN * DRAWN)
            self._tokens = [drawn[at : at + 2 * TOKEN] for at in range(0, len(drawn), 2 * TOKEN)]
        return self._tokens.pop()


class DemoClock(SystemClock):
    """The demo's clock: the machine's, moved ahead as far as somebody wished."""

    def __init__(self, ahead: timedelta = timedelta()) -> None:
        super().__init__()
        self.ahead = ahead

    def now(self) -> datetime:
        return self.wall() + self.ahead

    def wall(self) -> datetime:
        """Return the time that telephones and browsers outside the demo know, aware, in UTC."""
        return super().now()


def wall_of(clock: Clock) -> Callable[[], datetime]:
    """Return what tells the time of the world: sessions and second factors go by no other."""
    return clock.wall if isinstance(clock, DemoClock) else clock.now
