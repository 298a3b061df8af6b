"""What a citizen does with their own ticket: decide it, write it, and tell the offices."""

from collections.abc import Callable, Mapping
from datetime import datetime

from casework.telling.letters import Letters
from casework.ticket.appointments import CALL_FIRST, call_later
from casework.ticket.changing import Deed, change
from casework.ticket.forgetting import erase_ticket
from casework.ticket.spoken import Spoken
from casework.trail.actions import CITIZEN
from conversations.records.deeds import (
    AboutShare,
    AcceptDecline,
    AddWords,
    AnswerAgency,
    Appeal,
    AskContact,
    ConfirmSolved,
    Explained,
    NotReceived,
    NotSolved,
    OnTicket,
    Rate,
    ReceivedAfterAll,
    Reopen,
    Withdraw,
)
from referrals import commands
from referrals.choosing import Refusal
from referrals.roles import Role
from referrals.ticket import Actor, Leg, Ticket, TicketState
from storage.cases.tickets import StoredTicket
from storage.unit import Unit


class CitizenDesk:
    """Writes a citizen's deeds into a unit of work, with the letters they lead to."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters

    def change(  # noqa: PLR0913 - what is done to which ticket, as whom, when, by which chance
        self,
        unit: Unit,
        stored: StoredTicket,
        record: OnTicket,
        now: datetime,
        salt: str,
        *,
        role: Role = Role.CITIZEN,
        operator: str = "",
    ) -> Refusal | None:
        """Write what *record* of somebody in *role* does to *stored*; a Refusal writes nothing.

        *operator* is who wrote it down for them, as the audit names it.

        A ticket that no office has yet leaves no word behind when it is taken back; one that its
        person never agreed to leaves nothing at all.
        """
        before = stored.ticket
        erased = isinstance(record, Withdraw) and untouched(before)
        deed = Deed(Actor(role, operator), now, None if erased else spoken_with(record, salt))
        changed = change(unit, stored, command_for(record), deed, self._letters.district)
        if isinstance(changed, Refusal):
            return changed
        if erased and before.state is TicketState.AWAITING_CONSENT:
            erase_ticket(unit, changed.ticket, now, CITIZEN)
        elif erased:
            unit.erase_words(before.code)
        self._tell(unit, record, before, changed.ticket, now)
        return None

    def _tell(
        self, unit: Unit, record: OnTicket, before: Ticket, after: Ticket, now: datetime
    ) -> None:
        """Write to the offices that *record* concerns."""
        if after.state is TicketState.APPEAL and not isinstance(record, AddWords):
            self._letters.tell_appeal(unit, after, now)
        elif after.state is TicketState.SUBMITTED and isinstance(record, Reopen | AnswerAgency):
            self._letters.tell_desk(unit, after, OCCASIONS[type(record)], now)
        elif type(record) in OCCASIONS:
            for leg in concerned(record, before):
                self._tell_office(unit, after, record, leg, now)
        if isinstance(record, NotReceived):
            for leg in concerned(record, before):
                self._letters.tell_head(unit, after, OCCASIONS[NotReceived], now, leg.number)

    def _tell_office(
        self, unit: Unit, ticket: Ticket, record: OnTicket, leg: Leg, now: datetime
    ) -> None:
        """Write to the agency of *leg*; of a wish to be contacted when contact is safe."""
        occasion = OCCASIONS[type(record)]
        if isinstance(record, AskContact):
            call_later(unit, ticket.code, occasion, leg.number, now)
        else:
            self._letters.tell_agency(unit, ticket, occasion, now, leg.number)


OCCASIONS: Mapping[type, str] = {
    ConfirmSolved: "confirmed",
    NotSolved: "not_solved",
    NotReceived: "not_received",
    Reopen: "reopened",
    AnswerAgency: "answered",
    AddWords: "added",
    AskContact: CALL_FIRST,
    Withdraw: "withdrawn",
}
"""The letters that follow, by their wording (letter.*)."""

COMMANDS: Mapping[type, Callable[[], commands.Command]] = {
    AcceptDecline: commands.AcceptDecline,
    AnswerAgency: commands.AnswerAsk,
    AddWords: commands.Add,
    AskContact: commands.Add,
    ReceivedAfterAll: commands.ReceivedAfterAll,
}
ABOUT_SHARES: Mapping[type, Callable[..., commands.Command]] = {
    NotSolved: commands.NotYet,
    Appeal: commands.Appeal,
    Reopen: commands.Reopen,
    NotReceived: commands.ReportNotReceived,
}


def speaker(ticket: Ticket) -> Role:
    """Return as whom speaks to whom the notices of *ticket* go: its citizen, or who filed it.

    Who filed for somebody else speaks for them until they agreed by their own telephone, or took
    the ticket over. The ticket knows, whoever of them is erased since.
    """
    return Role.FACILITATOR if ticket.represented else Role.CITIZEN


def untouched(ticket: Ticket) -> bool:
    """Tell whether *ticket* still waits, for second thoughts or a yes: no office ever had it."""
    waits = ticket.state is TicketState.AWAITING_CONSENT or ticket.cooling_hours > 0
    return waits and not ticket.legs


def concerned(record: OnTicket, before: Ticket) -> tuple[Leg, ...]:
    """Return the legs whose agencies *record* concerns, by what the ticket was before it."""
    found: tuple[Leg | None, ...]
    match record:
        case AnswerAgency():
            found = (before.leg(before.asking) or before.last_leg,)
        case NotSolved() | NotReceived() | Reopen():
            found = (before.leg(record.share) or before.answered_leg,)
        case ConfirmSolved():
            found = before.done
        case _:
            return before.open_legs
    return tuple(leg for leg in found if leg)


def command_for(record: OnTicket) -> commands.Command:
    """Return the lifecycle's word for what the citizen wants."""
    match record:
        case Rate(stars=stars):
            return commands.Rate(stars=stars)
        case ConfirmSolved(stars=stars):
            return commands.Confirm(stars=stars)
        case Withdraw(unforced=unforced):
            return commands.Withdraw(unforced=unforced)
        case AboutShare(share=share):
            return ABOUT_SHARES[type(record)](share=share)
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
