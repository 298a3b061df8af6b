"""The letters to agencies and what became of them, as the demo's inbox and the operator read."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from casework.post.couriers import BY_HAND, MOOT
from casework.telling.letters import Written
from casework.ticket.views import Letter, Tried
from referrals.district.directory import District
from storage.replies.deliveries import Delivery
from storage.replies.letters import KeptLetter
from storage.store import Store

MOST = 50  # letters shown at once
OF_REASON = {BY_HAND: "by_hand", MOOT: "moot"}  # what says more than the state


class Inbox:
    """Reads letters back."""

    def __init__(self, store: Store, district: District) -> None:
        self._store = store
        self._district = district

    async def letters(self, agency: str | None = None, *, vault: bool = False) -> Sequence[Letter]:
        """Return the newest letters, to *agency* or to everybody, at most MOST.

        Those to a vault's office come without their links, unless *vault* asks for them.
        """
        kept = await self._store.letters(agency, MOST)
        news: defaultdict[int, list[Delivery]] = defaultdict(list)
        for one in await self._store.deliveries(letter.id for letter in kept):
            news[one.letter].append(one)
        return [self._letter(row, news[row.id], vault=vault) for row in kept]

    def _letter(self, row: KeptLetter, news: Sequence[Delivery], *, vault: bool) -> Letter:
        written = msgspec.json.decode(row.body, type=Written)
        known = self._district.agencies.get(row.agency)
        sealed = known is not None and known.vault
        return Letter(
            at=row.at,
            agency=row.agency,
            code=row.code,
            agency_name=known.name if known else row.agency,
            subject=written.subject,
            text=written.text,
            link=written.link if vault or not sealed else "",
            tried=tuple(Tried(one.way, _state(one), one.at) for one in news),
            vault=sealed,
        )


def _state(news: Delivery) -> str:
    return OF_REASON.get(news.reason, news.state.value)
