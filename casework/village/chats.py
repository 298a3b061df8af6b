"""Chats from which a village's people work: bound by a code that the console shows once.

Only where the channel itself vouches for who writes: the sender of an SMS is easily made up. What
a chat may do is asked of its account each time: it ends with it. It ends by itself as well, for
a telephone is lent, sold and lost: then the console shows a new code.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from casework.staff.person import Staff
from casework.staff.sittings import person
from casework.telling.answer import Answer, kept
from casework.trail.actions import Action, staff_actor
from conversations.messages import Address
from referrals.district.directory import District
from referrals.district.staffing import Power
from referrals.district.working_days import local
from storage.chats.proofs import LIMIT
from storage.console.staff_chats import BoundChat
from storage.store import Store

LASTS = timedelta(minutes=15)  # a code that was shown
DIGITS = 8
UNUSED = timedelta(days=14)  # after which a chat is let go of: its telephone may be elsewhere
LONGEST = timedelta(days=90)  # after which it takes a new code in any case
DAY = timedelta(days=1)  # between notes that a chat is used


class Chats:
    """Binds and knows them. Raises StoreUnavailable."""

    def __init__(self, store: Store, district: District, token: Callable[[], str]) -> None:
        self._store = store
        self._district = district
        self._token = token

    async def offer(self, staff: Staff, now: datetime) -> str:
        """Return a new code for *staff*, good for LASTS; the one before it binds nothing more."""
        code = f"{int(self._token(), 16) % 10**DIGITS:0{DIGITS}}"
        unit = self._store.unit()
        unit.offer_chat(staff.id, code, now + LASTS)
        await self._store.commit(unit)
        return code

    async def bind(
        self,
        address: Address,
        code: str,
        now: datetime,
        answer: Callable[[Staff | None], Answer],
    ) -> bool:
        """Bind *address* to whom *code* was shown, or count that it was a wrong one.

        The *answer* to whoever was found is kept with it; False, with nothing kept, for one try
        too many.
        """
        subject, here = f"village {code}", local(self._district.calendar, now)
        if (await self._store.tried(address, subject, here, own=False)).used >= LIMIT:
            return False
        number = await self._store.chat_offered(code, now)
        staff = await self._staff(number) if address.channel.traits.vouches else None
        unit = self._store.unit()
        unit.count_proof(address, subject, here, own=False)
        if staff is None:
            unit.count_wrong(subject, here, by=None)
        else:
            unit.bind_chat(staff.id, address, now)
            unit.note(staff_actor(staff.id), Action.ACCOUNT, now)
        return await kept(self._store, unit, answer(staff))

    async def who(self, address: Address, now: datetime) -> Staff | None:
        """Return who works from *address* now, None where nobody may; it is in use then."""
        if not address.channel.traits.vouches:
            return None
        chat = await self._store.chat_of(address)
        if chat is None or not _holds(chat, now):
            return None
        if now - chat.seen >= DAY:
            unit = self._store.unit()
            unit.touch_chat(address, now)
            await self._store.commit(unit)
        return await self._staff(chat.staff)

    async def of(self, staff: Staff, now: datetime) -> tuple[Address, ...]:
        """Return the chats of *staff* that hold, the oldest first."""
        found = await self._store.chats_of(staff.id)
        return tuple(one.address for one in found if _holds(one, now))

    async def let_go(self, staff: Staff, now: datetime, answer: Answer | None = None) -> None:
        """Have *staff* work from no chat any more; *answer* is kept with it."""
        unit = self._store.unit()
        unit.let_chats_go(staff.id)
        unit.note(staff_actor(staff.id), Action.ACCOUNT, now)
        await kept(self._store, unit, answer)

    async def _staff(self, number: str) -> Staff | None:
        found = await self._store.account(number) if number else None
        staff = person(found, self._district.staff_roles) if found else None
        return staff if staff and staff.may(Power.VILLAGE) else None


def _holds(chat: BoundChat, now: datetime) -> bool:
    """Tell whether *chat* is neither too old nor too long unused."""
    return now - chat.seen < UNUSED and now - chat.began < LONGEST
