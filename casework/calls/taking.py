"""File what a caller asked for, once, however often its form arrives."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from casework.calls.caller import Call
from casework.citizen.asks import Ask
from casework.citizen.filing import Filing, nik_of
from casework.files.arriving import file_with
from casework.ticket.receipts import told_number
from casework.trail.actions import Action, staff_actor
from conversations.forms.filing import filed
from conversations.menu import Menu
from conversations.messages import Address, Inbound, Reply
from conversations.records.parties import Another
from conversations.say import Say
from conversations.turn import Draft, OpenTicket, Said
from referrals.codes import shown
from referrals.district.directory import Priority, Service
from referrals.roles import Sensitivity
from storage.replies.outbox import OutboxItem
from storage.store import Store
from storage.unit import Outcome, Unit
from storage.upkeep.erasing import NOBODY

ONCE = "console"  # the inbox's name for what is filed by people of the console
TAKES = 4  # codes that are tried: one in 10^8 is taken


class Wish(Struct, frozen=True, kw_only=True):
    """What is to be filed; *once* is the name of its form, the same however often it is sent.

    *agrees*: the citizen heard how their data are used, and said yes. *texts*: they want news
    by SMS at the caller's number.
    """

    draft: Draft
    once: str
    another: Another | None = None
    agrees: bool = False
    texts: bool = False

    def __repr__(self) -> str:
        return f"Wish({self.draft.service})"


class Taken(Struct, frozen=True):
    """A filed ticket: its code, what to read aloud, and whether a receipt was sent by SMS."""

    code: str
    told: str
    receipt: bool = False


class Taking:
    """Opens tickets for callers. *hand_over* sends what a commit left to be sent."""

    def __init__(
        self, store: Store, filing: Filing, hand_over: Callable[[Iterable[OutboxItem]], None]
    ) -> None:
        self._store = store
        self._filing = filing
        self._hand_over = hand_over

    async def file(self, call: Call, wish: Wish) -> Taken | None:
        """Return the ticket of *wish*, new or filed before; None where nobody agreed to it.

        None too where others had its person asked meanwhile, as often as `may_ask` lets them.
        Raises StoreUnavailable: the same form may be sent again.
        """
        if not (wish.agrees or wish.another or needs_no_word(wish.draft, call.say)):
            return None
        for number in range(TAKES):
            token = self._token(call, wish, number)
            record, told = _record(call, wish, token)
            unit, receipt = self._unit(call, wish, record, token)
            outcome = await self._store.commit(unit)
            if outcome is Outcome.KEPT:
                self._hand_over(unit.items)
                return Taken(record.code, told, receipt)
            if outcome is Outcome.DUPLICATE:
                return await self._known(call, wish)
            if not await self.may_ask(call, wish):
                return None
        raise NoCodeLeftError(wish.draft.service)

    async def may_ask(self, call: Call, wish: Wish) -> bool:
        """Tell whether whom *wish* is for may be asked by text, or was when it was filed."""
        ask = Ask(wish.another, call.caller.address, staff_actor(call.staff.id))
        if await ask.fits(self._store, call.say.district, call.at):
            return True
        return await self.is_filed(call, wish.once)

    async def is_filed(self, call: Call, once: str) -> bool:
        """Tell whether the form *once* opened a ticket before. Raises StoreUnavailable."""
        return await self._store.happened(ONCE, _form(call, once))

    def _unit(self, call: Call, wish: Wish, record: OpenTicket, token: str) -> tuple[Unit, bool]:
        """Return all that is kept of *record* at once, and whether a receipt goes out with it."""
        service = call.say.district.services[wish.draft.service]
        actor, contact = staff_actor(call.staff.id), _news_go_to(call, wish, service)
        unit = self._store.unit()
        unit.first_time(ONCE, _form(call, wish.once), call.at)
        self._filing.open(unit, record, contact, call.at, token, operator=actor)
        file_with(unit, (record,), call.at)
        if wish.agrees and contact != NOBODY:
            version, language = call.say.district.consent_version, call.say.language
            unit.consent(contact, version, language, _form(call, wish.once), call.at)
        nik = nik_of(record.draft, service)
        unit.note(actor, Action.FILED, call.at, code=record.code, subject=nik)
        receipt = _receipt(call, wish, record, service) if contact != NOBODY else ""
        if receipt and call.caller.texts:
            unit.send(contact, Reply(receipt), call.at, about=told_number(record.code))
        return unit, bool(receipt) and call.caller.texts

    async def _known(self, call: Call, wish: Wish) -> Taken:
        """Return the ticket that this form opened before."""
        for number in range(TAKES):
            token = self._token(call, wish, number)
            record, told = _record(call, wish, token)
            entries = await self._store.entries(record.code)
            if entries and entries[0].actor.id == staff_actor(call.staff.id):
                return Taken(record.code, told)
        raise NoCodeLeftError(wish.draft.service)

    def _token(self, call: Call, wish: Wish, number: int) -> str:
        """Return the chance of this form: only we can draw it, and draw it again."""
        mac = self._store.sealer.mac("inbox", ONCE, call.staff.id, wish.once, str(number))
        return mac.hex()


class NoCodeLeftError(RuntimeError):
    """Every code that a form could have was somebody else's: a bug, not an outcome."""


def needs_no_word(draft: Draft, say: Say) -> bool:
    """Tell whether *draft* goes without a word on data: lives and safety come first."""
    service = say.district.services[draft.service]
    return service.safe_path or (draft.priority or service.priority) is Priority.P1


def _form(call: Call, once: str) -> str:
    """Return by what a form is known: nobody names one for another account."""
    return f"{call.staff.id}/{once}"


def _record(call: Call, wish: Wish, token: str) -> tuple[OpenTicket, str]:
    """Return what is filed, and what the caller is told: what the chat files and tells.

    Who calls can answer nothing by chat, and is told to call again instead.
    """
    message = Inbound(sender=call.caller.address, message_id="", received_at=call.at)
    said = Said(message, token)
    turn = filed(Menu(), wish.draft, said, call.say, wish.another, followed="call.track")
    (record,) = (one for one in turn.records if isinstance(one, OpenTicket))
    return record, turn.replies[0].text


def _news_go_to(call: Call, wish: Wish, service: Service) -> Address:
    """Return where news go: to the caller's number if they want that, and never of a safe path.

    Whoever holds that telephone may not be who called from it.
    """
    return call.caller.address if wish.texts and not service.safe_path else NOBODY


def _receipt(call: Call, wish: Wish, record: OpenTicket, service: Service) -> str:
    """Return the text message that the caller gets at once; nothing sensitive is named."""
    say, code = call.say, shown(record.code)
    us = say.district.service_name
    if wish.another and wish.another.asked:
        return say("call.receipt_asked", us=us, code=code)
    if service.sensitivity is not Sensitivity.ORDINARY:
        return say("call.receipt_private", us=us, code=code)
    return say("call.receipt", us=us, code=code, service=service.label.in_language(say.language))
