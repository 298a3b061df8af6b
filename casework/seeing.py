"""What an agency may see of a ticket: its service's shared answers, and nothing more."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from casework.history import Reader, history, point
from casework.links import Claim
from casework.powers import may_get
from casework.spoken import Spoken, unpacked
from casework.steps import possible
from casework.views import LegView, Told
from conversations.say import Voices
from conversations.turn import Answered
from referrals.directory import (
    Agency,
    District,
    Field,
    FieldKind,
    Priority,
    Sensitivity,
    Service,
    Words,
)
from referrals.guards import is_vault
from referrals.log import Entry
from referrals.ticket import DeclineReason, Leg, LegState, Privacy, Ticket
from referrals.working_days import UnknownYear, add_working_days, local

WHOLE = frozenset({FieldKind.NIK, FieldKind.KK})  # an office cannot work with four digits
PERSONAL = WHOLE | {FieldKind.NAME, FieldKind.PHONE}  # what tells who somebody is


class Seeing:
    """Builds the view of one leg for its agency, or for the desk that sends it on."""

    def __init__(self, district: District, voices: Voices) -> None:
        self.district = district
        self.voices = voices

    def view(
        self,
        claim: Claim,
        ticket: Ticket,
        words: Mapping[int, bytes],
        entries: Sequence[Entry],
        now: datetime,
    ) -> LegView:
        """Return what the holder of *claim* gets to see of *ticket*."""
        leg = ticket.leg(claim.leg) or self._desks_share(ticket)
        service = self.district.services[ticket.service]
        spoken = {seq: unpacked(body) for seq, body in words.items()}
        reader = Reader(leg, desk=claim.desk, vault=is_vault(ticket))
        heard = {} if reader.gave_back else spoken
        answered = shared(service, heard, ticket.privacy)
        return LegView(
            code=ticket.code,
            leg=leg.number,
            agency=leg.agency,
            agency_name=self._agency(claim, leg).name,
            service_label=service.label,
            state=ticket.state,
            leg_state=leg.state,
            opened_at=ticket.opened_at,
            due=self.due(ticket),
            priority=ticket.priority,
            area_path=self.area_path(ticket.area),
            answers=tuple((field.label, told) for field, told in answered),
            attachments=attached(service, heard),
            note=self._note(reader),
            actions=tuple(possible(self.district, claim, ticket, leg, now)),
            history=tuple(history(reader, entries, spoken, self.voices)),
            agencies=tuple(self._others(ticket, leg, service)),
            decline_reasons=tuple((r.value, self._both(f"reason.{r}")) for r in DeclineReason),
            desk=claim.desk,
            vault=reader.vault,
        )

    def area_path(self, code: str) -> str:
        """Return "Desa Sukamaju, Kec. Contoh" for an area's code, empty for none."""
        area = self.district.areas.get(code)
        if area is None:
            return ""
        above = self.district.areas.get(area.parent)
        name = f"{area.kind.capitalize()} {area.name}"
        return f"{name}, Kecamatan {above.name}" if above else name

    def _agency(self, claim: Claim, leg: Leg) -> Agency:
        return self.district.agencies[self.district.desk if claim.desk else leg.agency]

    def due(self, ticket: Ticket) -> date | None:
        """Return the day by which the citizen was promised it, if the calendar knows it."""
        calendar, service = self.district.calendar, self.district.services[ticket.service]
        opened = local(calendar, ticket.opened_at).date()
        days = 1 if ticket.priority is Priority.P1 else service.resolve_days
        try:
            return add_working_days(calendar, opened, days)
        except UnknownYear:
            return None

    def _others(self, ticket: Ticket, leg: Leg, service: Service) -> Iterator[tuple[str, Told]]:
        """Yield who may get this ticket next, those of the service's roles first."""
        named = set(service.roles)
        rows = sorted(
            self.district.agencies.values(), key=lambda a: (not named & set(a.roles), a.name.id)
        )
        had_it = leg.agency if leg.number else ""
        for row in rows:
            if row.code != had_it and may_get(self.district, ticket, row):
                yield row.code, row.name

    def _desks_share(self, ticket: Ticket) -> Leg:
        """Return what stands for a leg before any agency had *ticket*."""
        return Leg(number=0, agency=self.district.desk, state=LegState.QUEUED, since=ticket.since)

    def _note(self, reader: Reader) -> Words | str:
        if reader.gave_back:
            return self._both("letter.handed_on_note")
        return self._both("letter.vault_note") if reader.vault else ""

    def _both(self, key: str) -> Words:
        return Words(id=self.voices["id"](key), en=self.voices["en"](key))


def shared(
    service: Service, spoken: Mapping[int, Spoken], privacy: Privacy
) -> Iterator[tuple[Field, str]]:
    """Yield field and answer of all that the service shares with its agency.

    Of somebody who wants to stay hidden from it, what tells who they are is left out.
    """
    hidden = PERSONAL if privacy is Privacy.ANONIM else frozenset[FieldKind]()
    fields = {f.key: f for f in service.fields if f.shared and f.kind not in hidden}
    for answer in answers(spoken):
        if field := fields.get(answer.key):
            told = answer.value if field.kind in WHOLE else answer.shown
            yield field, f"{told} {_where(service, answer)}".strip()


def attached(service: Service, spoken: Mapping[int, Spoken]) -> int:
    """Return how many photos and documents lie with the shared answers, and with later words."""
    keys = {field.key for field in service.fields if field.shared}
    first = sum(len(a.attachments) for a in answers(spoken) if a.key in keys)
    return first + sum(len(said.attachments) for said in spoken.values())


def answers(spoken: Mapping[int, Spoken]) -> Iterator[Answered]:
    """Yield all answers to the form, in the order they were given."""
    for seq in sorted(spoken):
        yield from spoken[seq].answers


def _where(service: Service, answer: Answered) -> str:
    """Return the point on the map that came with *answer*; of a vault ticket nobody has one."""
    safe = service.sensitivity is not Sensitivity.VAULT
    return point(answer.place) if answer.place and safe else ""
