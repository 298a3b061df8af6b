"""What an office's own program says became of its legs: done as its officers' page would do it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec
import structlog
from msgspec import Struct

from casework.agency_desk import ONCE, REPEATED, AgencyDesk, Office, Said
from casework.history import leg_of
from casework.letters import Envelope, Written, post
from casework.links import Claim
from casework.office_steps import Report, lacks_something, steps
from casework.spoken import Spoken, unpacked
from casework.views import Done
from conversations.cleaning import clean
from conversations.say import Voices
from referrals.attempts import Why
from referrals.commands import Command
from referrals.directory import Agency, District
from referrals.lifecycle import Refusal
from referrals.log import Entry
from referrals.statuses import OfficeStatus, status_named
from referrals.ticket import Leg, Role
from storage.tickets import StoredTicket
from storage.unit import Outcome

LONGEST = 1000  # characters of one text; a citizen reads it on a telephone
LONGEST_STATUS = 60
SKEW = timedelta(minutes=5)  # between an office's clock and ours

log = structlog.get_logger()


class Update(Struct, frozen=True, kw_only=True):
    """What a program says, as it says it."""

    id: str  # the same whenever it is sent again
    ticket: str  # code
    status: str
    leg: int = 0  # 0: by *reference*, else the office's newest
    reference: str = ""  # the program's own number, as it answered ours
    words: str = ""
    reason: str = ""  # of a decline
    better: str = ""  # code of the right office, with a return
    expected: date | None = None
    occurred_at: datetime | None = None  # by the program's own clock

    def __repr__(self) -> str:
        return f"Update({self.ticket}/{self.leg})"


class Verdict(StrEnum):
    """What became of an update."""

    DONE = "done"
    REPEATED = "repeated"  # it was done before
    OLD = "old"  # something newer happened
    NOTHING_NEW = "nothing_new"  # the leg stands so already, or the status is nobody's news
    STRANGER = "stranger"  # no such ticket, or not this office's
    UNKNOWN = "unknown"  # the row does not know the status; the desk is told
    INCOMPLETE = "incomplete"  # words, a listed reason or a possible date are missing
    NOT_NOW = "not_now"  # as the ticket stands, this cannot be done
    BUSY = "busy"  # too many others were faster


MISSING = frozenset(
    {Why.WORDS_MISSING, Why.REASON_UNKNOWN, Why.EXPECTED_IN_PAST, Why.REVIEW_TOO_FAR}
)
OF_REFUSALS: dict[str, Verdict] = {
    REPEATED.reason: Verdict.REPEATED,
    "busy": Verdict.BUSY,
    "gone": Verdict.STRANGER,
    Why.NOT_YOURS: Verdict.STRANGER,
    Why.ALREADY: Verdict.NOTHING_NEW,
    **dict.fromkeys(MISSING, Verdict.INCOMPLETE),
}


FINE = frozenset({Verdict.DONE, Verdict.NOTHING_NEW})


class Found(Struct, frozen=True):
    """Which leg of which ticket an update is about."""

    stored: StoredTicket
    leg: Leg

    @property
    def claim(self) -> Claim:
        """The same claim that the leg's letter gives its officers."""
        return Claim(self.stored.ticket.code, self.leg.number)


class AgencyUpdates:
    """Takes updates. Every method may raise StoreUnavailable: try again later."""

    def __init__(
        self, office: Office, desk: AgencyDesk, district: District, voices: Voices
    ) -> None:
        self._store = office.store
        self._desk = desk
        self._district = district
        self._voices = voices

    async def take(self, agency: Agency, update: Update, now: datetime) -> Verdict:
        """Do what *update* means by the row of *agency*, whose program sent it."""
        found = await self._found(agency.code, update)
        if found is None:
            return Verdict.STRANGER
        statuses = agency.updates.statuses if agency.updates else ()
        status = status_named(statuses, update.status)
        if status is None:
            await self._ask_desk(agency, update, now)
            return Verdict.UNKNOWN
        return await self._judge(found, status, update, now)

    async def hear(
        self, agency: str, status: OfficeStatus, update: Update, now: datetime
    ) -> Verdict:
        """Do what *status* means, which we read from the program of *agency* ourselves."""
        found = await self._found(agency, update)
        return Verdict.STRANGER if found is None else await self._judge(found, status, update, now)

    async def _judge(
        self, found: Found, status: OfficeStatus, update: Update, now: datetime
    ) -> Verdict:
        """Do what is asked unless it is old, nothing new, or lacks what it must come with."""
        report = Report(
            status=status,
            today=now.date(),
            reason=update.reason,
            better=update.better,
            expected=update.expected,
        )
        said = _said(found, update, now)
        if await self._happened(said):
            return Verdict.REPEATED
        if await self._is_old(found, said):
            return await self._record(said, Verdict.OLD, now)
        todo = steps(report, found.leg)
        if not todo:
            return await self._record(said, Verdict.NOTHING_NEW, now)
        if lacks_something(report, said.words):
            return Verdict.INCOMPLETE
        return await self._do(found.claim, todo, said, now)

    async def _do(
        self, claim: Claim, todo: tuple[Command, ...], said: Said, now: datetime
    ) -> Verdict:
        """Do every step; those before the last carry no words and no name to be known by."""
        for step in todo[:-1]:
            verdict = _verdict(await self._desk.carry_out(claim, step, Said(), now))
            if verdict not in FINE:
                return verdict
        return _verdict(await self._desk.carry_out(claim, todo[-1], said, now))

    async def _record(self, said: Said, verdict: Verdict, now: datetime) -> Verdict:
        """Keep that an update came, so that it can never do anything later."""
        unit = self._store.unit()
        for name in said.once:
            unit.first_time(ONCE, name, now)
        kept = await self._store.commit(unit) is Outcome.KEPT
        log.info("an office's update changed nothing", why=verdict.value)
        return verdict if kept else Verdict.REPEATED

    async def _happened(self, said: Said) -> bool:
        """Tell whether *said* was done before under one of its names."""
        return any([await self._store.happened(ONCE, name) for name in said.once])

    async def _is_old(self, found: Found, said: Said) -> bool:
        """Tell whether the leg has news that came after what *said* tells."""
        if said.at is None:
            return False
        code = found.stored.ticket.code
        entries = await self._store.entries(code)
        spoken = {n: unpacked(body) for n, body in (await self._store.ticket_words(code)).items()}
        return any(newer(entry, spoken.get(entry.seq), found.leg, said.at) for entry in entries)

    async def _found(self, agency: str, update: Update) -> Found | None:
        """Return the leg that *update* is about, if it is one of *agency*'s."""
        stored = await self._store.ticket(update.ticket)
        if stored is None:
            return None
        own = [leg for leg in stored.ticket.legs if leg.agency == agency]
        number = update.leg or await self._numbered(own, update)
        wanted = [leg for leg in own if number in {0, leg.number}]
        return Found(stored, wanted[-1]) if wanted else None

    async def _numbered(self, legs: Iterable[Leg], update: Update) -> int:
        """Return the leg whose letter the program answered with its own number, or 0."""
        for leg in legs if update.reference else ():
            kept = await self._store.deliveries_of(update.ticket, leg.number)
            if any(one.reference == update.reference for one in kept):
                return leg.number
        return 0

    async def _ask_desk(self, agency: Agency, update: Update, now: datetime) -> None:
        """Tell the desk, once a word, of a status that the row of *agency* does not know."""
        say = self._voices["id"]  # offices work in Indonesian
        status = clean(update.status).strip()[:LONGEST_STATUS]
        text = say("letter.unknown_status", agency=agency.name.id, status=status)
        letter = Written(
            subject=say("letter.unknown_status_subject", agency=agency.name.id),
            text=text,
            link="",
            occasion="unknown_status",
        )
        unit = self._store.unit()
        unit.first_time(ONCE, f"{agency.code}:unknown:{status.casefold()}", now)
        post(unit, Envelope(self._district.desk, "", 0), msgspec.json.encode(letter), now)
        await self._store.commit(unit)


def newer(entry: Entry, spoken: Spoken | None, leg: Leg, at: datetime) -> bool:
    """Tell whether *entry* tells of *leg* what came after *at*, by the clock of its office.

    Against what happened by our own clock (an officer on the page, a citizen) the office's clock
    may go wrong by SKEW; what the program does itself is nobody's news.
    """
    if entry.actor.role is Role.SYSTEM or leg_of(entry) not in {leg.number, None}:
        return False
    if spoken is not None and spoken.occurred_at is not None:
        return at < spoken.occurred_at
    return at < entry.at - SKEW


def _said(found: Found, update: Update, now: datetime) -> Said:
    """Return the words of *update*, and the names under which it is done once.

    A program that sends the same news under a new id is known by when it happened.
    """
    leg, agency = found.leg.number, found.leg.agency
    at = min(update.occurred_at, now) if update.occurred_at else None
    once = [f"{agency}:{update.id}"]
    if at is not None:
        status = update.status.strip().casefold()
        once.append(f"{agency}:{update.ticket}/{leg}:{status}:{at.isoformat()}")
    return Said(clean(update.words).strip()[:LONGEST], tuple(once), at)


def _verdict(done: Done | Refusal) -> Verdict:
    if isinstance(done, Done):
        return Verdict.DONE
    return OF_REFUSALS.get(done.reason, Verdict.NOT_NOW)
