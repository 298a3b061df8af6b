"""The letters that agencies would get, as the demo's inbox and the operator read them."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from casework.letters import Written
from casework.views import Letter
from referrals.directory import District
from storage.store import Store

MOST = 50  # letters shown at once


class Inbox:
    """Reads letters back."""

    def __init__(self, store: Store, district: District) -> None:
        self._store = store
        self._district = district

    async def letters(self, agency: str | None = None) -> Sequence[Letter]:
        """Return the newest letters, to *agency* or to everybody, at most MOST."""
        kept = await self._store.letters(agency, MOST)
        return [self._letter(row.agency, row.body, row.at) for row in kept]

    def _letter(self, agency: str, body: bytes, at: datetime) -> Letter:
        written = msgspec.json.decode(body, type=Written)
        known = self._district.agencies.get(agency)
        return Letter(
            at=at,
            agency_name=known.name if known else agency,
            subject=written.subject,
            text=written.text,
            link=written.link,
        )
