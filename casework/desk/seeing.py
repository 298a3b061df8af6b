"""What an officer may see of a ticket: what their office needs, and nothing more."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from msgspec.structs import replace

from casework.access.links import Claim
from casework.access.powers import acting
from casework.access.receivers import above, receivers
from casework.access.seats import own_share
from casework.desk.folder import EMPTY, Folder
from casework.desk.mapped import answers, places, where
from casework.desk.steps import Desktop, milestones, possible
from casework.files.evidence import Wanted, wanted_by
from casework.files.proving import wants_proof
from casework.telling.safely import has_way, safe_of
from casework.ticket.discretion import Discretion, discretion
from casework.ticket.history import Reader, heard, history
from casework.ticket.spoken import Spoken, unpacked
from casework.ticket.views import Family, LegView, Told
from conversations.hearing.stories import FIRST_WORDS
from conversations.messages import Place
from conversations.say import Voices
from referrals.clocks import Clock
from referrals.district.days import day_in
from referrals.district.directory import Agency, District, Field, FieldKind, Service
from referrals.district.personal import NUMBERS, PERSONAL
from referrals.district.words import Words
from referrals.due.dues import Due, dues
from referrals.events import ConsentAwaited
from referrals.guards import REVIEW_WINDOW, is_vault
from referrals.leg_events import AgencyAdded
from referrals.log import Entry
from referrals.roles import Role
from referrals.ticket import DeclineReason, Leg, LegState, Ticket

FIRST_ANSWER = frozenset({Clock.C1, Clock.C2, Clock.C3, Clock.C7})
END = frozenset({Clock.C4, Clock.C10})


class Seeing:
    """Builds the page of one leg for its agency, or of a ticket for who looks at all of it."""

    def __init__(self, district: District, voices: Voices) -> None:
        self.district = district
        self.voices = voices
        said = self._both("form.first_words")
        self._first_words = Field(key=FIRST_WORDS, kind=FieldKind.STORY, ask=said, label=said)

    def view(self, claim: Claim, ticket: Ticket, folder: Folder, now: datetime) -> LegView:
        """Return what the holder of *claim* gets to see of *ticket*."""
        leg = self.leg_of(claim, ticket)
        service = self.district.services[ticket.service]
        reader = Reader(leg, claim.role, vault=is_vault(ticket))
        kept_back = discretion(self.district, ticket, reader)
        spoken = heard_by(reader, kept_back, folder)
        files = wanted_by(reader, service, folder.entries, spoken, folder.files)
        safe_at = None if kept_back.words else self._safe_at(ticket, folder, now)
        return replace(
            self._with_choices(self._facts(claim, ticket, leg), ticket, leg),
            safe_now=safe_at == now,
            safe_next=safe_at,
            answers=tuple((f.label, told) for f, told in self.shared(service, spoken, kept_back)),
            places=places(reader, service, spoken, self._shared_fields(service, kept_back)),
            files=tuple(one.shown for one in files),
            note=self._both(kept_back.why) if kept_back.why else "",
            actions=tuple(possible(self.desktop(claim, ticket, now, folder))),
            history=tuple(history(reader, folder.entries, spoken, self.voices)),
            twins=folder.twins,
            family=_family(reader, kept_back, folder),
            telephone="" if kept_back.person else folder.telephone,
            hidden=kept_back.person,
            filed_by=self._filed_by(folder.entries),
            proposal=folder.proposal,
            asked="" if reader.desk else _asked(reader, folder.entries, spoken),
            review_until=day_in(self.district.calendar.zone, now) + REVIEW_WINDOW,
        )

    def _safe_at(self, ticket: Ticket, folder: Folder, now: datetime) -> datetime | None:
        """Return when the citizen of a vault ticket may be contacted, as they said; else None."""
        if not is_vault(ticket) or not has_way(self.district, ticket, folder.words):
            return None
        return safe_of(self.district, ticket, folder.words).opening(self.district.calendar, now)

    def _facts(self, claim: Claim, ticket: Ticket, leg: Leg) -> LegView:
        """Return what stands on every page of *leg*."""
        first, end = self._dues(ticket, leg.number, desk=claim.desk)
        awaited = ticket.awaited
        return LegView(
            code=ticket.code,
            leg=leg.number,
            agency=leg.agency,
            agency_name=self.name_of(acting(claim, ticket).id),
            service_label=self.district.services[ticket.service].label,
            state=ticket.state,
            leg_state=leg.state,
            opened_at=ticket.opened_at,
            priority=ticket.priority,
            area_path=self.area_path(ticket.area),
            role=claim.role,
            own=own_share(claim, ticket) is not None,
            respond_by=first,
            resolve_by=end,
            awaited=awaited.of if awaited else 0,
            unreached=bool(awaited and awaited.failed),
            shares=tuple(self._shares(ticket)) if claim.desk else (),
            vault=is_vault(ticket),
            proof=wants_proof(self.district, ticket),
        )

    def _with_choices(self, view: LegView, ticket: Ticket, leg: Leg) -> LegView:
        """Return *view* with all that its forms let an officer pick from."""
        return replace(
            view,
            agencies=_named(receivers(self.district, ticket, leg)),
            above=_named(above(self.district, ticket, leg)),
            legs=tuple((str(one.number), self.name_of(one.agency)) for one in ticket.open_legs),
            milestones=tuple((m.code, m.label) for m in milestones(self.district, ticket)),
            systems=self.district.hand_over_to,
            decline_reasons=tuple((r.value, self._both(f"reason.{r}")) for r in _reasons(ticket)),
        )

    def _shares(self, ticket: Ticket) -> Iterator[tuple[str, Told]]:
        """Yield number and last agency of each share that looks for another one."""
        for leg in filter(None, map(ticket.leg, ticket.unplaced)):
            yield str(leg.number), self.name_of(leg.agency)

    def desktop(
        self, claim: Claim, ticket: Ticket, now: datetime, folder: Folder = EMPTY
    ) -> Desktop:
        """Return what the steps that can be offered to *claim*'s holder depend on."""
        return Desktop(
            district=self.district,
            claim=claim,
            ticket=ticket,
            leg=self.leg_of(claim, ticket),
            now=now,
            twins=tuple(twin.code for twin in folder.twins),
            proposal=folder.proposal,
        )

    def told(self, claim: Claim, ticket: Ticket, folder: Folder) -> Iterator[tuple[Field, str]]:
        """Yield field and answer of all that the holder of *claim* gets to see of the form."""
        reader = Reader(self.leg_of(claim, ticket), claim.role, vault=is_vault(ticket))
        kept_back = discretion(self.district, ticket, reader)
        service = self.district.services[ticket.service]
        return self.shared(service, heard_by(reader, kept_back, folder), kept_back)

    def shared(
        self, service: Service, spoken: Mapping[int, Spoken], kept_back: Discretion
    ) -> Iterator[tuple[Field, str]]:
        """Yield field and answer of all that the service shares with its agency.

        Numbers are whole: an office cannot work with four digits. Of somebody who stays hidden
        from it, what tells who they are is left out: their first words too, which answered no
        question of the form.
        """
        fields = self._shared_fields(service, kept_back)
        for answer in answers(spoken):
            if field := fields.get(answer.key):
                told = answer.value if field.kind in NUMBERS else answer.shown
                yield field, f"{told} {where(service, answer)}".strip()

    def _shared_fields(self, service: Service, kept_back: Discretion) -> dict[str, Field]:
        hidden = PERSONAL if kept_back.person else frozenset[FieldKind]()
        fields = {f.key: f for f in service.fields if f.shared and f.kind not in hidden}
        return fields if kept_back.person else fields | {FIRST_WORDS: self._first_words}

    def places(self, claim: Claim, ticket: Ticket, folder: Folder) -> tuple[Place, ...]:
        """Return the points on the map that the holder of *claim* reads, none of a vault's."""
        reader = Reader(self.leg_of(claim, ticket), claim.role, vault=is_vault(ticket))
        kept_back = discretion(self.district, ticket, reader)
        service, spoken = (
            self.district.services[ticket.service],
            heard_by(reader, kept_back, folder),
        )
        return places(reader, service, spoken, self._shared_fields(service, kept_back))

    def wanted(self, claim: Claim, ticket: Ticket, folder: Folder) -> Iterator[Wanted]:
        """Yield the files that the holder of *claim* may open, as `view` shows them."""
        reader = Reader(self.leg_of(claim, ticket), claim.role, vault=is_vault(ticket))
        spoken = heard_by(reader, discretion(self.district, ticket, reader), folder)
        service = self.district.services[ticket.service]
        return wanted_by(reader, service, folder.entries, spoken, folder.files)

    def leg_of(self, claim: Claim, ticket: Ticket) -> Leg:
        """Return the leg that a page is about: the claim's, for the desk the one it has to move.

        That is the desk's own share first, where its verifier works on one.

        Before any agency had the ticket, the desk's own share stands for one.
        """
        own = ticket.leg(claim.leg)
        if claim.desk:
            own = own_share(claim, ticket) or ticket.open_leg or ticket.last_leg
        since = ticket.since
        return own or Leg(number=0, agency=self.district.desk, state=LegState.QUEUED, since=since)

    def due(self, ticket: Ticket) -> date | None:
        """Return the day by which the newest agency is to be done, if the calendar knows it."""
        leg = ticket.open_leg or ticket.last_leg
        _, end = self._dues(ticket, leg.number if leg else 0)
        return day_in(self.district.calendar.zone, end) if end else None

    def name_of(self, agency: str) -> Told:
        """Return the name of *agency*; its code where the district no longer has it."""
        row = self.district.agencies.get(agency)
        return row.name if row else agency

    def area_path(self, code: str) -> str:
        """Return "Desa Sukamaju, Kec. Contoh" for an area's code, empty for none."""
        area = self.district.areas.get(code)
        if area is None:
            return ""
        above_it = self.district.areas.get(area.parent)
        name = f"{area.kind.capitalize()} {area.name}"
        return f"{name}, Kecamatan {above_it.name}" if above_it else name

    def _dues(
        self, ticket: Ticket, leg: int, *, desk: bool = False
    ) -> tuple[datetime | None, datetime | None]:
        """Return when the first answer is due, and when the end, of *leg* or the ticket itself.

        Whatever came back is the desk's to place, and nobody else's.
        """
        at = [due for due in dues(ticket, self.district) if _is_theirs(due, leg, desk=desk)]
        first = [due for due in at if due.clock in FIRST_ANSWER and not due.paused]
        end = min((due.at for due in at if due.at and due.clock in END), default=None)
        return _soonest(first, end), end

    def _filed_by(self, entries: Iterable[Entry]) -> Told:
        """Return what whoever filed it for somebody else is to them; empty where nobody did."""
        filed = (e.event.relation for e in entries if isinstance(e.event, ConsentAwaited))
        return next((self._both(f"history.by_{relation}") for relation in filed), "")

    def _both(self, key: str) -> Words:
        return Words(id=self.voices["id"](key), en=self.voices["en"](key))


def _family(reader: Reader, kept_back: Discretion, folder: Folder) -> Family:
    """Return what is told of the family: its programmes only where the NIK is proven.

    Anybody can file under a NIK that is not theirs; a facilitator, who files and reads, learns
    of no family's tickets either.
    """
    if kept_back.person or not folder.family.unproven:
        return Family() if kept_back.person else folder.family
    tickets = () if reader.role is Role.FACILITATOR else folder.family.tickets
    return Family(tickets=tickets, unproven=True)


def _soonest(first: Iterable[Due], end: datetime | None) -> datetime | None:
    """Return when the first answer is due; of a leg at work not after the end, as of a P1."""
    at, clock = min(((due.at, due.clock) for due in first if due.at), default=(None, None))
    return min(at, end) if at and end and clock is Clock.C3 else at


def _is_theirs(due: Due, leg: int, *, desk: bool) -> bool:
    return desk if due.clock is Clock.C7 else due.leg in {0, leg}


def heard_by(reader: Reader, kept_back: Discretion, folder: Folder) -> dict[int, Spoken]:
    """Return the words in *folder* that *reader* may read, by the number of the log's entry."""
    spoken = {seq: unpacked(body) for seq, body in folder.words.items()}
    return heard(reader, folder.entries, spoken, citizens=not kept_back.words)


def _reasons(ticket: Ticket) -> Iterator[DeclineReason]:
    """Yield for what *ticket* may be declined; no quota stands against a vault ticket."""
    for reason in DeclineReason:
        if reason is not DeclineReason.QUOTA or not is_vault(ticket):
            yield reason


def _asked(reader: Reader, entries: Iterable[Entry], spoken: Mapping[int, Spoken]) -> str:
    """Return what the office that added this one asks of it, empty where none did."""
    said = (
        spoken[entry.seq].text
        for entry in entries
        if isinstance(entry.event, AgencyAdded)
        and entry.event.leg == reader.leg.number
        and entry.seq in spoken
    )
    return next(said, "")


def _named(agencies: Iterable[Agency]) -> tuple[tuple[str, Told], ...]:
    return tuple((row.code, row.name) for row in agencies)
