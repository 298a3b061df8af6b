"""File a citizen's draft: a ticket is opened, and forwarded where a rule finds somebody."""

from datetime import datetime
from typing import Any

from casework.citizen.asks import Ask
from casework.telling.letters import NEW, Letters
from casework.telling.reach import BY_POST, lies_in_inbox
from casework.telling.unasked import Unasked, send
from casework.ticket.appointments import appoint, call_out, seek_office_later
from casework.ticket.receipts import FILED
from casework.ticket.spoken import Spoken
from conversations.consenting import request
from conversations.messages import Address, Channel
from conversations.records.parties import Another, Method, Waiting
from conversations.turn import Answered, Draft, OpenTicket
from referrals import log
from referrals.choosing import Refusal
from referrals.chores import NoteSent
from referrals.commands import Command, GiveConsent, Route, Submit, SubmitForAnother
from referrals.district.directory import District, FieldKind, Priority, Service
from referrals.district.routing import FALLBACK, Routed, closed_to, kept_out, route
from referrals.lifecycle import decide
from referrals.roles import Role
from referrals.ticket import Actor, Ticket, TicketState
from storage.cases.parties import SUBJECT
from storage.cases.tickets import Contact, StoredTicket
from storage.unit import Unit


class Filing:
    """Opens tickets by the district's rows.

    *read* is whether offices read our own inbox themselves, as in the demo: what lies there has
    then arrived, which a courier notes. Where they do not, it is out as soon as it is written.
    """

    def __init__(self, district: District, letters: Letters, *, read: bool = False) -> None:
        self._district = district
        self._letters = letters
        self._read = read

    def open(  # noqa: PLR0913 - what is filed, by whom, when, by which chance
        self,
        unit: Unit,
        record: OpenTicket,
        citizen: Address,
        now: datetime,
        token: str,
        *,
        operator: str = "",
    ) -> Ticket:
        """Write *record*'s new ticket, its log, words and first letter into *unit*.

        Where no rule finds an agency it stays submitted, and the desk is told to find one (row 6).
        What can be taken back for some hours stays submitted as long, and nobody is told; so
        with what was filed for somebody else, who is asked first. *operator* is whoever types it
        for *citizen*, where that is not the citizen themself.
        """
        service = self._district.services[record.draft.service]
        spoken = Spoken(salt=token, answers=_said(record.draft))
        submit = self._submission(record, service, spoken)
        ticket, entries = _applied(None, log.FIRST, submit, _filer(record, operator), now)
        words = {1: spoken.packed()}
        if record.another and not record.another.asked:
            given, proof = self._witnessed(record.another, token)
            ticket, more = _applied(ticket, entries[-1].hash, given, _filer(record, operator), now)
            entries, words = entries + more, words | proof
        ticket, entries = self._forwarded(ticket, entries, now)
        contact = Contact(citizen, record.language)
        unit.open_ticket(ticket, contact, nik_of(record.draft, service), words, entries)
        if record.another and record.another.asked:
            Ask(record.another, citizen, operator).count(unit, self._district, now)
            self._ask(unit, ticket, record.another, record.language, now)
        self._announced(unit, None, ticket, now)
        appoint(unit, ticket, self._district, now, citizen.channel)
        return ticket

    def consented(self, unit: Unit, stored: StoredTicket, now: datetime) -> Ticket | Refusal:
        """Write that the person of *stored* agrees, and forward it as any other."""
        given = self._consent(Method.REPLY)
        events = decide(stored.ticket, given, Actor(Role.CITIZEN), now)
        if isinstance(events, Refusal):
            return events
        ticket, entries = log.append(
            stored.ticket, stored.last_hash, events, Actor(Role.CITIZEN), given.words
        )
        ticket, entries = self._forwarded(ticket, entries, now)
        unit.change_ticket(ticket, stored.ticket.events, entries, {})
        self._announced(unit, stored.ticket, ticket, now)
        appoint(unit, ticket, self._district, now, stored.contact.address.channel)
        return ticket

    def _forwarded(
        self, ticket: Ticket, entries: tuple[log.Entry, ...], now: datetime
    ) -> tuple[Ticket, tuple[log.Entry, ...]]:
        """Return *ticket* at the agency that a rule finds, where nothing is waited for."""
        routed = self._route(ticket)
        waits = ticket.state is not TicketState.SUBMITTED or ticket.cooling_hours
        if waits or routed.rule == FALLBACK:
            return ticket, entries
        ticket, more = _applied(ticket, entries[-1].hash, _to(routed), Actor(Role.SYSTEM), now)
        entries += more
        if not self._read and lies_in_inbox(self._district, routed.agency):
            sent = NoteSent(leg=ticket.legs[-1].number)
            ticket, more = _applied(ticket, entries[-1].hash, sent, BY_POST, now)
            entries += more
        return ticket, entries

    def _announced(self, unit: Unit, before: Ticket | None, ticket: Ticket, now: datetime) -> None:
        """Tell the agency, or the desk that it must find one, and whoever is on call."""
        if ticket.legs:
            self._letters.tell_agency(unit, ticket, NEW, now)
        elif ticket.state is TicketState.SUBMITTED and not ticket.cooling_hours:
            self._letters.tell_desk(unit, ticket, "unrouted", now)
        elif ticket.state is TicketState.SUBMITTED and self._route(ticket).rule == FALLBACK:
            seek_office_later(unit, ticket)
        call_out(unit, before, ticket, now)

    def _route(self, ticket: Ticket) -> Routed:
        service = self._district.services[ticket.service]
        urgent = ticket.priority is Priority.P1
        shut = closed_to(self._district, ticket.kept_out)
        return route(self._district, service, ticket.area, skip=shut, urgent=urgent)

    def _ask(
        self, unit: Unit, ticket: Ticket, another: Another, language: str, now: datetime
    ) -> None:
        """Ask the person for whom *ticket* was filed, by text, whether they agree."""
        subject = Contact(Address(Channel.SMS, another.phone), language)
        unit.join_party(ticket.code, SUBJECT, subject, now)
        waiting = Waiting(ticket, unit.consent_number(ticket.code))
        asked = request(waiting, another.relation, self._letters.notices.voice(subject))
        send(unit, Unasked(ticket, subject, FILED, asked), self._district, now)

    def _witnessed(self, another: Another, token: str) -> tuple[GiveConsent, dict[int, bytes]]:
        """Return the consent that a witness saw, and the proof of it, to be sealed."""
        proof = Spoken(salt=token, text=another.witness, attachments=another.attachments)
        told = bool(another.witness)
        given = self._consent(another.method, proof.digest() if told else "")
        return given, {2: proof.packed()} if told else {}

    def _consent(self, method: Method, words: str = "") -> GiveConsent:
        version = self._district.consent_version
        return GiveConsent(consent_version=version, method=method.value, words=words)

    def _submission(
        self, record: OpenTicket, service: Service, spoken: Spoken
    ) -> Submit | SubmitForAnother:
        told: dict[str, Any] = {
            "code": record.code,
            "service": service.code,
            "area": record.area,
            "priority": record.draft.priority or service.priority,
            "sensitivity": service.sensitivity,
            "privacy": record.privacy,
            "cooling_hours": service.cooling_hours,
            "kept_out": kept_out(service, record.draft.picked),
            "words": spoken.digest(),
        }
        if another := record.another:
            relation, method = another.relation.value, another.method.value
            return SubmitForAnother(**told, relation=relation, method=method)
        return Submit(**told, consent_version=self._district.consent_version)


class UnexpectedRefusalError(RuntimeError):
    """The lifecycle refused what the form flow may always do: a bug, not an outcome."""


def _said(draft: Draft) -> tuple[Answered, ...]:
    """Return all that *draft* tells, the sentence that led to it first."""
    return (draft.first, *draft.answers) if draft.first else draft.answers


def nik_of(draft: Draft, service: Service) -> str | None:
    """Return the NIK a draft names, which later proves its ticket, or None."""
    for field in service.fields:
        if field.kind is FieldKind.NIK and (answer := draft.answer(field.key)):
            return answer.value or None
    return None


def _filer(record: OpenTicket, operator: str) -> Actor:
    """Return as whom a form is filed: for oneself, or for somebody else; and who typed it."""
    return Actor(Role.FACILITATOR if record.another else Role.CITIZEN, operator)


def _to(routed: Routed) -> Route:
    agency = routed.agency
    return Route(agency=agency.code, rule=routed.rule, local=routed.local, vault=agency.vault)


def _applied(
    ticket: Ticket | None, last_hash: str, command: Command, actor: Actor, now: datetime
) -> tuple[Ticket, tuple[log.Entry, ...]]:
    events = decide(ticket, command, actor, now)
    if isinstance(events, Refusal):
        raise UnexpectedRefusalError(events.reason)
    return log.append(ticket, last_hash, events, actor, command.words)
