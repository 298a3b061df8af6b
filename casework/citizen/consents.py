"""Whoever a ticket was filed for says YA or TIDAK, and whoever filed it hears how it went."""

from datetime import datetime

from casework.citizen.filing import Filing
from casework.telling.letters import Letters
from casework.telling.unasked import NO_ENTRY, Unasked, send
from casework.ticket.changing import Deed, change
from casework.ticket.forgetting import erase_ticket
from casework.trail.actions import CITIZEN, PROGRAM, Action
from casework.trail.looking import Asker, Look
from conversations.consenting import ended, goes_on, taken_over, unreached
from conversations.messages import Address
from referrals.attempts import Why
from referrals.choosing import Refusal
from referrals.commands import RefuseConsent, TakeOver
from referrals.roles import Role
from referrals.ticket import Actor, Ticket
from storage.cases.parties import REPORTER, SUBJECT
from storage.cases.tickets import Contact, StoredTicket
from storage.replies.outbox import OutboxItem
from storage.unit import Unit


class Consents:
    """Writes such answers into a unit of work; the caller knows that who answers was asked."""

    def __init__(self, letters: Letters, filing: Filing) -> None:
        self._letters = letters
        self._filing = filing

    def agree(
        self, unit: Unit, stored: StoredTicket, subject: Address, now: datetime
    ) -> Refusal | None:
        """Forward *stored*, which is *subject*'s from now on; its reporter is told that once."""
        ticket = self._filing.consented(unit, stored, now)
        if isinstance(ticket, Refusal):
            return ticket
        reporter = stored.contact
        hand_to(unit, ticket.code, Contact(subject, reporter.language), reporter, now)
        told = goes_on(ticket, self._letters.notices.voice(reporter))
        send(unit, Unasked(ticket, reporter, NO_ENTRY, told), self._letters.district, now)
        return None

    def disagree(self, unit: Unit, stored: StoredTicket, now: datetime) -> Refusal | None:
        """Close *stored* and erase what it says."""
        deed = Deed(Actor(Role.CITIZEN), now)
        changed = change(unit, stored, RefuseConsent(), deed, self._letters.district)
        if isinstance(changed, Refusal):
            return changed
        forgotten(self._letters, unit, changed.ticket, stored.contact, now, actor=CITIZEN)
        return None

    def claim(
        self, unit: Unit, stored: StoredTicket, subject: Contact, now: datetime
    ) -> Refusal | None:
        """Have *stored* be *subject*'s, who proved it theirs; its reporter is told that once.

        Of two who claim it at once the second is refused: the first one's claim is in the log.
        """
        if subject.address == stored.contact.address:
            return Refusal(Why.ALREADY, None)
        deed = Deed(Actor(Role.CITIZEN), now)
        changed = change(unit, stored, TakeOver(), deed, self._letters.district)
        if isinstance(changed, Refusal):
            return changed
        ticket, reporter = changed.ticket, stored.contact
        hand_to(unit, ticket.code, subject, reporter, now)
        told = taken_over(ticket, self._letters.notices.voice(reporter))
        send(unit, Unasked(ticket, reporter, NO_ENTRY, told), self._letters.district, now)
        who = Asker(subject.address.channel, subject.address.id)
        Look(Action.CLAIM, who, ticket.code).note(unit, now)
        return None


def forgotten(  # noqa: PLR0913 - which ticket, whom to tell, and who ended it
    letters: Letters,
    unit: Unit,
    ticket: Ticket,
    reporter: Contact,
    now: datetime,
    *,
    actor: str = PROGRAM,
) -> list[OutboxItem]:
    """Erase *ticket*, which nobody agreed to, and tell its *reporter* that it does not go on.

    They do not hear whether there was a no or silence. Return what is ours to send at once.
    """
    erase_ticket(unit, ticket, now, actor)
    told = ended(ticket, letters.notices.voice(reporter))
    news = Unasked(ticket, reporter, NO_ENTRY, told, lasting=True)
    item = send(unit, news, letters.district, now)
    return [item] if item else []


def not_asked(
    letters: Letters, unit: Unit, stored: StoredTicket, now: datetime
) -> list[OutboxItem]:
    """Tell the reporter of *stored* that its person could not be asked, and what helps.

    Return what is ours to send at once.
    """
    unit.same_ticket(stored.ticket)
    told = unreached(stored.ticket, letters.notices.voice(stored.contact))
    news = Unasked(stored.ticket, stored.contact, NO_ENTRY, told)
    item = send(unit, news, letters.district, now)
    return [item] if item else []


def hand_to(unit: Unit, code: str, subject: Contact, reporter: Contact, now: datetime) -> None:
    """Have notices of ticket *code* go to *subject*; *reporter* stays a party to it."""
    unit.move_contact(code, subject)
    unit.leave_party(code, SUBJECT)
    unit.join_party(code, REPORTER, reporter, now)
