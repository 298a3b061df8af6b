"""How often whom a ticket is filed for may be asked: so that nobody has us text a stranger."""

from datetime import datetime

from msgspec import Struct

from conversations.messages import Address
from conversations.records.parties import Another
from referrals.district.directory import District
from referrals.district.working_days import local
from storage.store import Store
from storage.unit import Unit

BY_CHAT = 5  # a day: of one telephone or chat
BY_ACCOUNT = 40  # of somebody who works for the district, whose name stands beside each


class Ask(Struct, frozen=True):
    """A text by which *another* is asked, of who files: *citizen*, or *operator* for them."""

    another: Another | None
    citizen: Address
    operator: str = ""

    async def fits(self, store: Store, district: District, now: datetime) -> bool:
        """Tell whether it may be sent; what asks nobody always fits."""
        if self.another is None or not self.another.asked:
            return True
        here = local(district.calendar, now)
        return await store.may_ask(self.another.phone, self._filer, here, self._most)

    def count(self, unit: Unit, district: District, now: datetime) -> None:
        """Have *unit* count it; the unit is lost where that is one too many."""
        if self.another is not None and self.another.asked:
            here = local(district.calendar, now)
            unit.count_ask(self.another.phone, self._filer, here, self._most)

    @property
    def _filer(self) -> str:
        return self.operator or f"{self.citizen.channel} {self.citizen.id}"

    @property
    def _most(self) -> int:
        return BY_ACCOUNT if self.operator else BY_CHAT

    def __repr__(self) -> str:
        return "Ask(…)"
