"""What an office's own program says became of its legs: done as its officers' page would do it."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
import structlog
from msgspec.structs import replace

from casework.access.links import Claim
from casework.desk.agency_desk import AgencyDesk
from casework.desk.deeds import Brought, Said
from casework.desk.doing import ONCE, Office
from casework.files.cleaning import Unfit
from casework.files.proving import wants_proof
from casework.programs.office_news import FINE, Found, Update, Verdict, newer, said_in, verdict_of
from casework.programs.office_steps import Report, lacks_something, steps
from casework.telling.letters import Envelope, Written, post
from casework.ticket.spoken import unpacked
from casework.trail.actions import Action, office_actor
from conversations.hearing.cleaning import clean
from conversations.say import Voices
from referrals.at_work import Resolve
from referrals.commands import Command
from referrals.district.days import day_in
from referrals.district.directory import Agency, District
from referrals.district.statuses import OfficeStatus, status_named
from referrals.ticket import Leg
from storage.unit import Outcome

EVEN = 0.1  # seconds until a stranger is told so: longer than any look-up takes
LONGEST_STATUS = 60  # characters of a word that the desk is told

log = structlog.get_logger()


class AgencyUpdates:
    """Takes updates. Every method may raise StoreUnavailable: try again later."""

    def __init__(
        self, office: Office, desk: AgencyDesk, district: District, voices: Voices
    ) -> None:
        self._store = office.store
        self._evidence = office.evidence
        self._desk = desk
        self._district = district
        self._voices = voices

    async def take(self, agency: Agency, update: Update, now: datetime) -> Verdict:
        """Do what *update* means by the row of *agency*, whose program sent it."""
        begun = asyncio.get_running_loop().time()
        found = await self._found(agency.code, update)
        if found is None:
            await self._refuse(agency.code, update.ticket, now)
            await asyncio.sleep(begun + EVEN - asyncio.get_running_loop().time())
            return Verdict.STRANGER
        statuses = agency.updates.statuses if agency.updates else ()
        status = status_named(statuses, update.status)
        if status is None:
            await self._ask_desk(agency, update, now)
            return Verdict.UNKNOWN
        report = self._report(status, update, now)
        wanted = wants_proof(self._district, found.stored.ticket)
        report = replace(report, unproven=wanted and not update.files)
        return await self._judge(found, report, said_in(found, update, now), update.files, now)

    async def hear(
        self, agency: str, status: OfficeStatus, update: Update, now: datetime
    ) -> Verdict:
        """Do what *status* means, which we read from the program of *agency* ourselves.

        There done may come without a proof, for GeoReport has no place for one: the citizen is
        told so. A photo that it shows and that proves nothing is left out.
        """
        found = await self._found(agency, update)
        if found is None:
            return Verdict.STRANGER
        said = replace(said_in(found, update, now), unshown=True)
        report = self._report(status, update, now)
        verdict = await self._judge(found, report, said, update.files, now)
        again = await self._found(agency, update) if verdict is Verdict.UNFIT else None
        return (
            await self._do(again.claim, steps(report, again.leg), said, now) if again else verdict
        )

    async def _judge(
        self, found: Found, report: Report, said: Said, sent: Sequence[bytes], now: datetime
    ) -> Verdict:
        """Do what is asked unless it is old, nothing new, or lacks what it must come with."""
        if await self._happened(said):
            return Verdict.REPEATED
        if await self._is_old(found, said):
            return await self._record(said, Verdict.OLD, now)
        todo = steps(report, found.leg)
        if not todo:
            return await self._record(said, Verdict.NOTHING_NEW, now)
        lack = self._desk.lack(todo[-1], Brought(said.words), now)
        if lack or lacks_something(report):
            return Verdict.INCOMPLETE
        files = await self._evidence.clean(sent if isinstance(todo[-1], Resolve) else ())
        if isinstance(files, Unfit):
            return Verdict.UNFIT
        return await self._do(found.claim, todo, replace(said, files=files), now)

    def _report(self, status: OfficeStatus, update: Update, now: datetime) -> Report:
        """Return what *update* reports, on the district's own calendar day."""
        return Report(
            status=status,
            today=day_in(self._district.calendar.zone, now),
            reason=update.reason,
            better=update.better,
            expected=update.expected,
        )

    async def _do(
        self, claim: Claim, todo: tuple[Command, ...], said: Said, now: datetime
    ) -> Verdict:
        """Do every step; those before the last carry no words and no name to be known by."""
        for step in todo[:-1]:
            verdict = verdict_of(await self._desk.carry_out(claim, step, Said(), now))
            if verdict not in FINE:
                return verdict
        return verdict_of(await self._desk.carry_out(claim, todo[-1], said, now))

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

    async def _refuse(self, agency: str, code: str, now: datetime) -> None:
        """Note that *agency* reached for a ticket that is not its own, or has no such leg.

        A code that no ticket has is noted too: how long the answer takes tells nobody which.
        """
        unit = self._store.unit()
        unit.note(office_actor(agency), Action.REFUSED, now, code=code)
        await self._store.commit(unit)

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
        unit.first_time(ONCE, f"status/{agency.code}/{status.casefold()}", now)
        post(unit, Envelope(self._district.desk, "", 0), msgspec.json.encode(letter), now)
        await self._store.commit(unit)
