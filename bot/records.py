"""Turn what a conversation wants recorded into rows of its commit."""

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from bot.clock import Clock
from casework.changing import Deed, change
from casework.filing import Filing
from casework.letters import Letters
from casework.spoken import Spoken
from conversations.deeds import (
    AcceptDecline,
    AnswerAgency,
    Appeal,
    ConfirmSolved,
    Explained,
    NotReceived,
    NotSolved,
    OnTicket,
    Rate,
    Reopen,
    Withdraw,
)
from conversations.messages import Address
from conversations.turn import (
    AskLater,
    CountProof,
    GiveConsent,
    OpenTicket,
    Record,
    Start,
    Stop,
)
from referrals import commands
from referrals.lifecycle import Refusal
from referrals.ticket import Actor, Role, Ticket, TicketState
from referrals.working_days import WorkCalendar, local
from storage.store import Store
from storage.unit import Unit

MOVED_ON = "door.moved_on"  # what a citizen reads whose ticket changed in the meantime


class Records:
    """Writes records into a unit of work."""

    def __init__(
        self,
        store: Store,
        filing: Filing,
        letters: Letters,
        clock: Clock,
        calendar: WorkCalendar,
    ) -> None:
        self._store = store
        self._filing = filing
        self._letters = letters
        self._clock = clock
        self._calendar = calendar  # proofs are counted by the district's own day

    async def write(
        self, unit: Unit, citizen: Address, records: Sequence[Record], message: str
    ) -> str | None:
        """Write *records*, which *message* brought; or return what to say when one is too late."""
        for record in records:
            if refused := await self._write_one(unit, citizen, record, message):
                return refused
        return None

    async def _write_one(
        self, unit: Unit, citizen: Address, record: Record, message: str
    ) -> str | None:
        match record:
            case OpenTicket():
                self._filing.open(unit, record, citizen, self._clock.now(), self._clock.token())
            case GiveConsent() | CountProof() | AskLater() | Stop() | Start():
                self._note(unit, citizen, record, message)
            case _:
                return await self._change(unit, record)
        return None

    def _note(
        self,
        unit: Unit,
        citizen: Address,
        record: GiveConsent | CountProof | AskLater | Stop | Start,
        message: str,
    ) -> None:
        now = self._clock.now()
        match record:
            case GiveConsent(version, language):
                unit.consent(citizen, version, language, message, now)
            case CountProof(subject):
                unit.count_proof(citizen, subject, local(self._calendar, now))
            case AskLater(question):
                body = msgspec.json.encode((citizen, question))
                unit.set_timer(f"registry:{self._clock.token()}", "registry", now, body)
            case Stop():
                unit.stop(citizen, now)
            case Start():
                unit.start(citizen)

    async def _change(self, unit: Unit, record: OnTicket) -> str | None:
        stored = await self._store.ticket(record.code)
        if stored is None:
            return MOVED_ON
        now = self._clock.now()
        spoken = spoken_with(record, self._clock.token())
        deed = Deed(Actor(Role.CITIZEN), now, spoken)
        changed = change(unit, stored, command_for(record), deed)
        if isinstance(changed, Refusal):
            return MOVED_ON
        self._tell(unit, record, changed.ticket, now)
        return None

    def _tell(self, unit: Unit, record: OnTicket, ticket: Ticket, now: datetime) -> None:
        if ticket.state is TicketState.APPEAL:
            self._letters.tell_desk(unit, ticket, "appeal", now)
        elif ticket.legs and (occasion := OCCASIONS.get(type(record))):
            self._letters.tell_agency(unit, ticket, occasion, now)


OCCASIONS: dict[type, str] = {
    ConfirmSolved: "confirmed",
    NotSolved: "not_solved",
    AnswerAgency: "answered",
    Withdraw: "withdrawn",
}


COMMANDS: dict[type, Callable[[], commands.Command]] = {
    NotSolved: commands.NotYet,
    AcceptDecline: commands.AcceptDecline,
    Appeal: commands.Appeal,
    AnswerAgency: commands.AnswerAsk,
    Reopen: commands.Reopen,
    NotReceived: commands.ReportNotReceived,
    Withdraw: commands.Withdraw,
}


def command_for(record: OnTicket) -> commands.Command:
    """Return the lifecycle's word for what the citizen wants."""
    match record:
        case Rate(stars=stars):
            return commands.Rate(stars=stars)
        case ConfirmSolved(stars=stars):
            return commands.Confirm(stars=stars)
        case _:
            return COMMANDS[type(record)]()


def spoken_with(record: OnTicket, salt: str) -> Spoken | None:
    """Return the words that came with *record*, or None where there were none."""
    match record:
        case Explained(_, text, attachments, place) if text or attachments or place:
            return Spoken(salt=salt, text=text, attachments=attachments, place=place)
        case Rate(reason=text) | Withdraw(reason=text) if text:
            return Spoken(salt=salt, text=text)
        case _:
            return None
