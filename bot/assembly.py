"""Put the rooms together: the one place that knows every part by name."""

from collections.abc import Mapping
from functools import partial

import structlog
from msgspec import Struct

from bot.calls import as_in_a_chat, open_answering, open_calls
from bot.clock import Clock
from bot.clockwork import clockwork
from bot.door import Door
from bot.files import Media, open_files
from bot.ground import Ground, lay
from bot.housekeeping import Housekeeping
from bot.offices import Offices, open_offices
from bot.post.post_office import PostOffice
from bot.privacy import Privacy, open_privacy
from bot.receipts import RECEIPT_TIMER, Receipts
from bot.running.timers import Timers, Work
from bot.sending.outbox import Outbox, Sender
from bot.sending.toll_watch import TollWatch
from bot.settings import Settings
from bot.taking.allowance import Allowance
from bot.taking.flood import Flood
from bot.taking.late_answers import AT_ONCE, LateAnswers
from bot.taking.questions import Asking, LookUpFamily, Questions
from bot.taking.records import Records
from bot.taking.turns import Turns
from casework.calls.call_desk import CallDesk
from casework.citizen.filing import Filing
from casework.citizen.finding import Finding
from casework.citizen.tracking import Tracking, masked
from casework.desk.agency_desk import AgencyDesk
from casework.desk.proof_desk import ProofDesk
from casework.desk.striking import STRIKING_TIMER, Lapsing
from casework.files.giving import Telling
from casework.post.handing import Handing
from casework.post.inbox import Inbox
from casework.privacy.rights import Rights
from casework.programs.agency_updates import AgencyUpdates
from conversations.messages import Channel
from conversations.say import Voices
from referrals.district.directory import District
from storage.store import Store
from web.public.ticket_visit import Visits
from web.public.tracking import TRACKING_PATH

NO_MEDIA = Media()

log = structlog.get_logger()


class House(Struct, frozen=True, kw_only=True, dict=True):
    """The running program's parts."""

    settings: Settings
    clock: Clock
    district: District
    voices: Voices
    store: Store
    outbox: Outbox
    tolls: TollWatch
    receipts: Receipts
    turns: Turns
    timers: Timers
    housekeeping: Housekeeping
    door: Door
    offices: Offices
    inbox: Inbox
    privacy: Privacy
    tracking: Tracking
    visits: Visits
    calls: CallDesk

    @property
    def desk(self) -> AgencyDesk:
        """What officers do through links."""
        return self.offices.desk

    @property
    def proofs(self) -> ProofDesk:
        """What offices show for their work."""
        return self.offices.proofs

    @property
    def updates(self) -> AgencyUpdates:
        """What offices' own programs say."""
        return self.offices.updates

    @property
    def post(self) -> PostOffice:
        """How letters leave."""
        return self.offices.post

    @property
    def handing(self) -> Handing:
        """What is carried to offices by hand."""
        return self.offices.handing

    @property
    def rights(self) -> Rights:
        """What people may ask about their own data."""
        return self.privacy.rights

    async def close(self) -> None:
        """Let replies under way finish, then close the store."""
        await self.timers.close()
        await self.post.close()
        await self.outbox.close(patience=3)
        await self.store.close()


async def open_house(
    settings: Settings,
    clock: Clock,
    senders: Mapping[Channel, Sender],
    registry: LookUpFamily | None = None,
    media: Media = NO_MEDIA,
) -> House:
    """Open the store and assemble everything around it. Raises DistrictError, StoreUnavailable."""
    ground = await lay(settings, clock, senders, media)
    store, outbox = ground.store, ground.outbox
    privacy = await open_privacy(ground)
    filing = Filing(ground.district, ground.letters, read=settings.demo)
    questions, records = _questions(ground, registry, privacy), _records(ground, filing, privacy)
    allowance = Allowance(store, ground.district, ground.voices, clock)
    turns = _turns(ground, questions, records, allowance)
    late = LateAnswers(store, turns, questions, clock)
    files = open_files(settings, clock, store, media.fetchers, _telling(ground))
    offices = open_offices(ground, files)
    receipts = Receipts(store, outbox, clock)
    heard = {"registry": Work(late.ask_again, AT_ONCE), RECEIPT_TIMER: Work(receipts.look_again)}
    return House(
        settings=settings,
        clock=clock,
        district=ground.district,
        voices=ground.voices,
        store=store,
        outbox=outbox,
        tolls=TollWatch(store, ground.district.sms.an_hour, clock),
        receipts=receipts,
        turns=turns,
        timers=await _timers(ground, {**heard, **offices.work, **privacy.work, **files.work}),
        housekeeping=Housekeeping(store, files.shelf, clock),
        door=Door(turns, offices.duty, Flood(settings.flood_rate), allowance, clock),
        offices=offices,
        inbox=Inbox(store, ground.district),
        privacy=privacy,
        tracking=_tracking(ground, offices.proofs, questions),
        visits=_visits(ground),
        calls=open_calls(ground, questions, filing, files.evidence),
    )


async def _timers(ground: Ground, apart: Mapping[str, Work]) -> Timers:
    """Return what does everything that falls due: the work of clocks, and what stands *apart*."""
    store, clock = ground.store, ground.clock
    clocks = await clockwork(store, ground.letters, ground.outbox, clock)
    work = {STRIKING_TIMER: Work(Lapsing(store).lapse), **clocks, **apart}
    return Timers(store, clock, work)


def _telling(ground: Ground) -> Telling:
    """Return what asks citizens for files that never came."""
    return Telling(ground.letters.notices.file_lost, ground.outbox.hand_over)


def _questions(ground: Ground, registry: LookUpFamily | None, privacy: Privacy) -> Questions:
    """Return what answers the questions of conversations, and of the page that asks like one."""
    store, district = ground.store, ground.district
    asking = Asking(ground.clock, district.calendar, ground.settings.registry_patience)
    finding = Finding(store, district, ground.clock.now)
    return Questions(store, finding, registry or store.look_up, privacy.own, asking)


def _records(ground: Ground, filing: Filing, privacy: Privacy) -> Records:
    """Return what writes down whatever citizens do."""
    return Records(ground.store, filing, ground.letters, privacy.rights, ground.clock)


def _turns(ground: Ground, questions: Questions, records: Records, allowance: Allowance) -> Turns:
    """Return who takes turns, and knows from then on when somebody wrote."""
    turns = Turns(
        store=ground.store,
        voices=ground.voices,
        questions=questions,
        records=records,
        outbox=ground.outbox,
        allowance=allowance,
        clock=ground.clock,
    )
    ground.reaching.meet(turns)
    return turns


def _tracking(ground: Ground, proofs: ProofDesk, asked: Questions) -> Tracking:
    """Return what looks tickets up on a page."""
    return Tracking(
        store=ground.store,
        inquire=as_in_a_chat(asked),
        answering=open_answering(ground),
        show=proofs.open,
        voices=ground.voices,
        calendar=ground.district.calendar,
        now=ground.clock.now,
        mask=masked(partial(ground.sealer.mac, "tries", "visitor")),
    )


def _visits(ground: Ground) -> Visits:
    """Return what keeps a ticket open in the browser of whoever proved it."""
    secure = ground.settings.address.startswith("https:")
    return Visits(ground.sealer.mac("links", "visit"), TRACKING_PATH, secure=secure)
