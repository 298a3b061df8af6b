"""What somebody may ask about their own data: to be erased, to take consent back, to correct it.

Who they are was proven before: by their own address, and by the registry's proof for a NIK.
Everything is written into one unit of work, and asking twice does nothing more.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from casework.citizen.deciding import CitizenDesk, speaker
from casework.citizen.filing import Filing
from casework.telling.letters import Letters
from casework.ticket.forgetting import erase_ticket
from casework.trail.actions import CITIZEN, Action
from conversations.messages import Address
from conversations.records.deeds import Withdraw
from conversations.turn import Answered, Draft, OpenTicket
from referrals.codes import code_from
from referrals.directory import District
from referrals.guards import is_vault
from referrals.lifecycle import Refusal
from referrals.states import OVER
from referrals.ticket import Ticket
from storage.store import Store
from storage.timers import DueTimer
from storage.unit import Unit

ERASE = "erase"  # the kind of timers that erase a ticket once it is closed
AGAIN = timedelta(days=1)


class Person(Struct, frozen=True):
    """Somebody who asks: where they write from, and the NIK that they proved, if they did."""

    address: Address
    nik: str = ""

    def __repr__(self) -> str:
        return f"Person({self.address!r})"


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
        self._citizens = CitizenDesk(letters)

    @property
    def district(self) -> District:
        """Whose rows count."""
        return self._letters.district

    async def erase(
        self, unit: Unit, person: Person, now: datetime, actor: str = CITIZEN
    ) -> Erased:
        """Have everything about *person* erased: closed tickets at once, open ones once closed.

        By chat a vault's stay: whoever holds the telephone may not undo them. The conversation
        and their part in others' tickets go at once, and so do consents where nothing stays that
        they prove; else retention has them (UU 27/2022, article 24). Logs stay, which hold nobody;
        so does who looked at their data, for its own time.
        """
        over, running = await self._tickets(person)
        stays = bool(running)
        if actor == CITIZEN:
            stays = stays or any(is_vault(ticket) for ticket in over)
            over, running = _outside(over), _outside(running)
        for ticket in over:
            erase_ticket(unit, ticket, now, actor)
        for ticket in running:
            unit.set_timer(erase_key(ticket.code), ERASE, now + AGAIN, ticket.code.encode())
        unit.erase_talk(person.address)
        unit.erase_parts(person.address)
        if not stays:
            unit.erase_consents(person.address)
        unit.note(actor, Action.ERASE, now, subject=person.nik or None)
        return Erased(_codes(over), _codes(running), await self._is_registered(person))

    async def erase_when_closed(self, due: DueTimer, now: datetime) -> None:
        """Erase the ticket of timer *due* if it is closed by now, else look again tomorrow."""
        unit = self._store.unit()
        unit.finish_timer(due)
        for ticket in await self._store.bare_tickets([due.body.decode()]):
            if ticket.state in OVER:
                erase_ticket(unit, ticket, now, CITIZEN)
            else:
                unit.set_timer(due.key, ERASE, now + AGAIN, due.body)
        await self._store.commit(unit)

    async def take_consent_back(
        self, unit: Unit, person: Person, now: datetime, salt: str
    ) -> TakenBack:
        """Stop processing at once: open tickets are withdrawn, and nothing unasked is sent.

        A vault's go on: somebody may be made to say this, and a life may hang on them (UU 27/2022,
        article 20); their officers speak with the citizen.
        """
        _, running = await self._tickets(Person(person.address))
        withdrawn = [t for t in running if await self._withdraw(unit, t, now, salt)]
        unit.withdraw_consent(person.address, now)
        unit.stop(person.address, now)
        unit.erase_talk(person.address)
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

    async def _tickets(self, person: Person) -> tuple[list[Ticket], list[Ticket]]:
        """Return *person*'s tickets: those that are over, and those that are not."""
        codes = await self._store.codes_of([person.address])
        if person.nik:
            about = await self._store.codes_about(person.nik)
            codes |= {code for code, vault in about.items() if not vault}
        found = await self._store.bare_tickets(sorted(codes))
        over = [ticket for ticket in found if ticket.state in OVER]
        return over, [ticket for ticket in found if ticket.state not in OVER]

    async def _is_registered(self, person: Person) -> bool:
        return bool(person.nik) and await self._store.is_registered(person.nik)


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
