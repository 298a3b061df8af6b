"""File a citizen's draft: a ticket is opened, and forwarded where a rule finds somebody."""

from datetime import datetime

from casework.appointments import appoint, call_out, seek_office_later
from casework.letters import Letters
from casework.spoken import Spoken
from conversations.messages import Address
from conversations.turn import Draft, OpenTicket
from referrals import log
from referrals.commands import Command, Route, Submit
from referrals.directory import District, FieldKind, Priority, Service
from referrals.lifecycle import Refusal, decide
from referrals.routing import FALLBACK, Routed, route
from referrals.ticket import Actor, Role, Ticket
from storage.tickets import Contact
from storage.unit import Unit


class Filing:
    """Opens tickets by the district's rows."""

    def __init__(self, district: District, letters: Letters) -> None:
        self._district = district
        self._letters = letters

    def open(
        self, unit: Unit, record: OpenTicket, citizen: Address, now: datetime, token: str
    ) -> Ticket:
        """Write *record*'s new ticket, its log, words and first letter into *unit*.

        Where no rule finds an agency it stays submitted, and the desk is told to find one (row 6).
        What can be taken back for some hours stays submitted as long, and nobody is told.
        """
        service = self._district.services[record.draft.service]
        spoken = Spoken(salt=token, answers=record.draft.answers)
        submit = self._submission(record, service, spoken)
        urgent = submit.priority is Priority.P1
        routed = route(self._district, service, record.area, urgent=urgent)
        ticket, entries = _applied(None, log.FIRST, submit, Actor(Role.CITIZEN), now)
        if routed.rule != FALLBACK and not service.cooling_hours:
            ticket, more = _applied(ticket, entries[-1].hash, _to(routed), Actor(Role.SYSTEM), now)
            entries += more
        unit.open_ticket(
            ticket,
            Contact(citizen, record.language),
            nik_of(record.draft, service),
            {1: spoken.packed()},
            entries,
        )
        if ticket.legs:
            self._letters.tell_agency(unit, ticket, "new", now)
        elif not service.cooling_hours:
            self._letters.tell_desk(unit, ticket, "unrouted", now)
        elif routed.rule == FALLBACK:
            seek_office_later(unit, ticket)
        appoint(unit, ticket, self._district, now)
        call_out(unit, None, ticket, now)
        return ticket

    def _submission(self, record: OpenTicket, service: Service, spoken: Spoken) -> Submit:
        return Submit(
            code=record.code,
            service=service.code,
            area=record.area,
            priority=record.draft.priority or service.priority,
            sensitivity=service.sensitivity,
            consent_version=self._district.consent_version,
            privacy=record.privacy,
            cooling_hours=service.cooling_hours,
            words=spoken.digest(),
        )


class UnexpectedRefusalError(RuntimeError):
    """The lifecycle refused what the form flow may always do: a bug, not an outcome."""


def nik_of(draft: Draft, service: Service) -> str | None:
    """Return the NIK a draft names, which later proves its ticket, or None."""
    for field in service.fields:
        if field.kind is FieldKind.NIK and (answer := draft.answer(field.key)):
            return answer.value or None
    return None


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
