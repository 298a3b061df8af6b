"""What an agency may see of a ticket: its service's shared answers, and nothing more."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from casework.links import Claim
from casework.spoken import Spoken, unpacked
from casework.views import LegView, Told
from conversations.say import Voices
from conversations.turn import Answered
from referrals import commands
from referrals.directory import Agency, District, FieldKind, Priority, Sensitivity, Service, Words
from referrals.happened import tag
from referrals.lifecycle import Refusal, decide
from referrals.log import Entry
from referrals.ticket import Actor, DeclineReason, Leg, Role, Ticket
from referrals.working_days import UnknownYear, add_working_days, local

ANY = "-"  # stands for the words that an officer has not written yet
WHOLE = frozenset({FieldKind.NIK, FieldKind.KK})  # an office cannot work with four digits


class Seeing:
    """Builds the view of one leg for its agency, or for the desk that refers it again."""

    def __init__(self, district: District, voices: Voices) -> None:
        self._district = district
        self._voices = voices

    def view(
        self,
        claim: Claim,
        ticket: Ticket,
        words: Mapping[int, bytes],
        entries: Sequence[Entry],
        now: datetime,
    ) -> LegView:
        """Return what the holder of *claim* gets to see of *ticket*."""
        leg = ticket.leg(claim.leg) or ticket.legs[-1]
        service = self._district.services[ticket.service]
        spoken = {seq: unpacked(body) for seq, body in words.items()}
        vault = ticket.sensitivity is Sensitivity.VAULT
        return LegView(
            code=ticket.code,
            leg=leg.number,
            agency=leg.agency,
            agency_name=self._agency(claim, leg).name,
            service_label=service.label,
            state=ticket.state,
            leg_state=leg.state,
            opened_at=ticket.opened_at,
            due=self._due(ticket, service),
            priority=ticket.priority,
            area_path=self.area_path(ticket.area),
            answers=tuple(shared(service, spoken)),
            attachments=sum(len(a.attachments) for s in spoken.values() for a in s.answers),
            note=self._both("letter.vault_note") if vault else "",
            actions=tuple(possible(claim, ticket, leg, now)),
            history=tuple(self._history(entries, spoken)),
            agencies=tuple(self._others(leg, service)),
            decline_reasons=tuple((r.value, self._both(f"reason.{r}")) for r in DeclineReason),
            vault=vault,
        )

    def area_path(self, code: str) -> str:
        """Return "Desa Sukamaju, Kec. Contoh" for an area's code, empty for none."""
        area = self._district.areas.get(code)
        if area is None:
            return ""
        above = self._district.areas.get(area.parent)
        name = f"{area.kind.capitalize()} {area.name}"
        return f"{name}, Kecamatan {above.name}" if above else name

    def _agency(self, claim: Claim, leg: Leg) -> Agency:
        return self._district.agencies[self._district.desk if claim.desk else leg.agency]

    def _due(self, ticket: Ticket, service: Service) -> date | None:
        calendar = self._district.calendar
        opened = local(calendar, ticket.opened_at).date()
        days = 1 if ticket.priority is Priority.P1 else service.resolve_days
        try:
            return add_working_days(calendar, opened, days)
        except UnknownYear:
            return None

    def _others(self, leg: Leg, service: Service) -> Iterator[tuple[str, Told]]:
        named = set(service.roles)
        rows = sorted(
            self._district.agencies.values(), key=lambda a: (not named & set(a.roles), a.name.id)
        )
        return ((a.code, a.name) for a in rows if a.code != leg.agency and not a.vault)

    def _history(
        self, entries: Sequence[Entry], spoken: Mapping[int, Spoken]
    ) -> Iterator[tuple[datetime, Told]]:
        for entry in entries:
            key = f"history.{tag(type(entry.event))}"
            text = spoken[entry.seq].text if entry.seq in spoken else ""
            both = self._both(key)
            tail = f": {text}" if text else ""
            yield entry.at, Words(id=both.id + tail, en=both.en + tail)

    def _both(self, key: str) -> Words:
        return Words(id=self._voices["id"](key), en=self._voices["en"](key))


def shared(service: Service, spoken: Mapping[int, Spoken]) -> Iterator[tuple[Told, str]]:
    """Yield label and answer of every field that the service shares with its agency."""
    fields = {field.key: field for field in service.fields if field.shared}
    for answer in answers(spoken):
        if field := fields.get(answer.key):
            yield field.label, answer.value if field.kind in WHOLE else answer.shown


def answers(spoken: Mapping[int, Spoken]) -> Iterator[Answered]:
    """Yield all answers to the form, in the order they were given."""
    for seq in sorted(spoken):
        yield from spoken[seq].answers


def possible(claim: Claim, ticket: Ticket, leg: Leg, now: datetime) -> Iterator[str]:
    """Yield the actions that the lifecycle allows the holder of *claim* right now."""
    if claim.desk:
        actor = Actor(Role.SUPERVISOR)
        tried: dict[str, commands.Command] = {
            "refer": commands.ReferAgain(agency=ANY, rule=ANY, words=ANY)
        }
    else:
        actor = Actor(Role.AGENCY, leg.agency)
        tried = {
            "accept": commands.Accept(leg=leg.number, expected=None, words=ANY),
            "return": commands.Return(leg=leg.number, better="", words=ANY),
            "ask": commands.Ask(leg=leg.number, words=ANY),
            "resolve": commands.Resolve(leg=leg.number, words=ANY),
            "decline": commands.Decline(leg=leg.number, reason=DeclineReason.OTHER, words=ANY),
        }
    for name, command in tried.items():
        if not isinstance(decide(ticket, command, actor, now), Refusal):
            yield name
