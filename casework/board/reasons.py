"""Why somebody wants to know who a person is: said first, and kept with the look."""

import hmac
from datetime import datetime, timedelta

from storage.database.sealing import Sealer

SHORTEST = 5  # letters
HOLDS = timedelta(minutes=15)  # what was revealed for a reason: its papers open for so long


def reason_in(text: str) -> str:
    """Return the reason that *text* gives, empty where it is too short to be one."""
    reason = text.strip()
    return reason if len(reason) >= SHORTEST else ""


class RevealWords:
    """The words of pages that were revealed: each is one account's, for one case, for a while."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    def made(self, staff: str, code: str, now: datetime) -> str:
        """Return the word of the page of case *code* that *staff*, an account's id, looks at."""
        until = str(int((now + HOLDS).timestamp()))
        return f"{until}.{self._signed(staff, code, until)}"

    def holds(self, staff: str, code: str, word: str, now: datetime) -> bool:
        """Tell whether *word* is one of theirs, and not over."""
        until, _, signature = word.partition(".")
        right = hmac.compare_digest(self._signed(staff, code, until).encode(), signature.encode())
        return right and now.timestamp() < int(until)

    def _signed(self, staff: str, code: str, until: str) -> str:
        return self._sealer.mac("file", "reveal", staff, code, until).hex()
