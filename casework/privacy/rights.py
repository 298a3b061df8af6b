"""What somebody may ask about their own data: to be erased, to take consent back, to correct it.

Who they are was proven before: by their own address, and by the registry's proof for a NIK.
Everything is written into one unit of work, and asking twice does nothing more.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from casework.citizen.deciding import CitizenDesk, speaker
from casework.citizen.filing import Filing
from casework.citizen.whose import Person, Whose
from casework.telling.letters import Letters
from casework.ticket.forgetting import erase_ticket
from casework.trail.actions import CITIZEN, Action
from conversations.messages import Address
from conversations.records.deeds import Withdraw
from conversations.turn import Answered, Draft, OpenTicket
from referrals.choosing import Refusal
from referrals.codes import code_from
from referrals.district.directory import District
from referrals.guards import is_vault
from referrals.states import OVER
from referrals.ticket import Ticket
from storage.store import Store
from storage.timers import DueTimer
from storage.unit import Unit

ERASE = "erase"  # the kind of timers that erase a ticket once it is closed
AGAIN = timedelta(days=1)


class Erased(Struct, frozen=True):
    """What became of a wish to be erased; *waiting* tickets go once they are closed."""

    tickets: tuple[str, ...]
    waiting: tuple[str, ...]
    registry: bool  # the registry's copy has them: that is not ours to erase


class TakenBack(Struct, frozen=True):
    """What became of a consent taken back; *kept* tickets go on, for people's safety."""

    withdrawn: tuple[str, ...]
    kept: tuple[str, ...]


class Rights:
    """Does what people may ask of whoever holds their data (UU 27/2022, articles 5 to 13)."""

    def __init__(self, store: Store, letters: Letters, filing: Filing) -> None:
        self._store = store
        self._letters = letters
        self._filing = filing
        self._whose = Whose(store, letters.district)
        self._citizens = CitizenDesk(letters)

    @property
    def district(self) -> District:
        """Whose rows count."""
        return self._letters.district

    async def erase(
        self, unit: Unit, person: Person, now: datetime, actor: str = CITIZEN
    ) -> Erased | None:
        """Have everything about *person* erased: closed tickets at once, open ones once closed.

        None, and nothing is done, where several people have tickets of the address and nobody
        proved whose are meant. What the others have there stays, with what was agreed to.

        By chat a vault's stay: whoever holds the telephone may not undo them. The conversation
        and their part in others' tickets go at once, and so do consents where nothing stays that
        they prove; else retention has them (UU 27/2022, article 24). Logs stay, which hold nobody;
        so does who looked at their data, for its own time.
        """
        theirs = await self._whose.all_of(person)
        if theirs is None:
            return None
        over, running = _parted(await self._with_nik(theirs.tickets, person.nik))
        stays = bool(running) or not theirs.alone
        if actor == CITIZEN:
            stays = stays or any(is_vault(ticket) for ticket in over)
            over, running = _outside(over), _outside(running)
        for ticket in over:
            erase_ticket(unit, ticket, now, actor)
        for ticket in running:
            unit.set_timer(erase_key(ticket.code), ERASE, now + AGAIN, ticket.code.encode())
        _forget(unit, person.address, alone=theirs.alone)
        if theirs.alone:
            unit.erase_parts(person.address)
        if not stays:
            unit.erase_consents(person.address)
        unit.note(actor, Action.ERASE, now, subject=person.nik or None)
        return Erased(_codes(over), _codes(running), await self._is_registered(person))

    async def erase_when_closed(self, due: DueTimer, now: datetime) -> None:
        """Erase the ticket of timer *due* if it is closed by now, else look again tomorrow."""
        unit = self._store.unit()
        unit.finish_timer(due)
        ticket = await self._store.bare_ticket(due.body.decode())
        if ticket and ticket.state in OVER:
            erase_ticket(unit, ticket, now, CITIZEN)
        elif ticket:
            unit.set_timer(due.key, ERASE, now + AGAIN, due.body)
        await self._store.commit(unit)

    async def take_consent_back(
        self, unit: Unit, person: Person, now: datetime, salt: str
    ) -> TakenBack | None:
        """Stop processing at once: open tickets are withdrawn, and nothing unasked is sent.

        Where others have tickets of the address, their news go on; None as of `erase`. A vault's
        tickets go on: somebody may be made to say this, and a life may hang on them (UU 27/2022,
        article 20); their officers speak with the citizen.
        """
        theirs = await self._whose.all_of(person)
        if theirs is None:
            return None
        _, running = _parted(theirs.tickets)
        withdrawn = [t for t in running if await self._withdraw(unit, t, now, salt)]
        if theirs.alone:
            unit.withdraw_consent(person.address, now)
            unit.stop(person.address, now)
        _forget(unit, person.address, alone=theirs.alone)
        done = _codes(withdrawn)
        return TakenBack(done, tuple(t.code for t in running if t.code not in done))

    def correct(
        self, unit: Unit, person: Person, wish: OpenTicket, now: datetime, token: str
    ) -> Ticket:
        """File *wish*, made by `correction`, and tell the data-protection officer of it."""
        ticket = self._filing.open(unit, wish, person.address, now, token)
        if self.district.data_protection:
            self._letters.tell_protection(unit, ticket, "correction", now)
        return ticket

    async def _withdraw(self, unit: Unit, ticket: Ticket, now: datetime, salt: str) -> bool:
        """Withdraw *ticket*, and say whether that could be."""
        stored = None if is_vault(ticket) else await self._store.ticket(ticket.code)
        if stored is None:
            return False
        role = speaker(ticket)
        done = self._citizens.change(unit, stored, Withdraw(ticket.code), now, salt, role=role)
        return not isinstance(done, Refusal)

    async def _with_nik(self, own: Sequence[Ticket], nik: str) -> Sequence[Ticket]:
        """Return *own* and the tickets about *nik*, where somebody proved that; no vault's."""
        if not nik:
            return own
        about = {code for code, vault in (await self._store.codes_about(nik)).items() if not vault}
        about -= {ticket.code for ticket in own}
        return [*own, *await self._store.bare_tickets(sorted(about))]

    async def _is_registered(self, person: Person) -> bool:
        return bool(person.nik) and await self._store.is_registered(person.nik)


def _parted(found: Iterable[Ticket]) -> tuple[list[Ticket], list[Ticket]]:
    """Return those of *found* that are over, and those that are not."""
    over = [ticket for ticket in found if ticket.state in OVER]
    return over, [ticket for ticket in found if ticket.state not in OVER]


def _forget(unit: Unit, address: Address, *, alone: bool) -> None:
    """Erase the conversation; where others use the address, not what is on its way to them."""
    if alone:
        unit.erase_talk(address)
    else:
        unit.erase_session(address)


def correction(district: District, text: str, language: str, token: str) -> OpenTicket:
    """Return the wish to have data corrected, told in *text*, as a form would file it."""
    service = district.services[district.person_service]
    draft = Draft(service.code, (Answered(service.fields[0].key, text, text),))
    return OpenTicket(code_from(token), draft, language)


def _outside(tickets: Iterable[Ticket]) -> list[Ticket]:
    """Return those of *tickets* that are no vault's."""
    return [ticket for ticket in tickets if not is_vault(ticket)]


def erase_key(code: str) -> str:
    """Return the key of the timer that erases ticket *code*."""
    return f"{ERASE}:{code}"


def _codes(tickets: Iterable[Ticket]) -> tuple[str, ...]:
    return tuple(ticket.code for ticket in tickets)
