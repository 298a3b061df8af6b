"""Put the rooms together: the one place that knows every part by name."""

from collections.abc import Mapping

import structlog
from msgspec import Struct

from bot.clock import Clock
from bot.clockwork import clockwork
from bot.door import Door
from bot.files import open_files
from bot.flood import Flood
from bot.ground import Ground, lay
from bot.housekeeping import Housekeeping
from bot.late_answers import LateAnswers
from bot.offices import open_offices
from bot.outbox import Outbox, Sender
from bot.post.post_office import PostOffice
from bot.privacy import Privacy, open_privacy
from bot.questions import Asking, LookUpFamily, Questions
from bot.receipts import KIND as RECEIPT
from bot.receipts import Receipts
from bot.records import Records
from bot.settings import Settings
from bot.timers import Timers, Work
from bot.turns import Turns
from casework.citizen.filing import Filing
from casework.citizen.finding import Finding
from casework.desk.agency_desk import AgencyDesk
from casework.desk.proof_desk import ProofDesk
from casework.desk.striking import KIND as STRIKE
from casework.desk.striking import Lapsing
from casework.files.evidence import Fetch
from casework.post.handing import Handing
from casework.post.inbox import Inbox
from casework.privacy.rights import Rights
from casework.programs.agency_updates import AgencyUpdates
from conversations.messages import Channel
from conversations.say import Voices
from referrals.directory import District
from storage.store import Store

log = structlog.get_logger()


class House(Struct, frozen=True, kw_only=True, dict=True):
    """The running program's parts."""

    settings: Settings
    clock: Clock
    district: District
    voices: Voices
    store: Store
    outbox: Outbox
    receipts: Receipts
    turns: Turns
    timers: Timers
    housekeeping: Housekeeping
    door: Door
    desk: AgencyDesk
    proofs: ProofDesk
    updates: AgencyUpdates
    post: PostOffice
    handing: Handing
    inbox: Inbox
    privacy: Privacy

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
    fetchers: Mapping[Channel, Fetch] | None = None,
) -> House:
    """Open the store and assemble everything around it. Raises DistrictError, StoreUnavailable."""
    ground = await lay(settings, clock, senders)
    store, outbox = ground.store, ground.outbox
    privacy = await open_privacy(ground)
    turns, late = _turns(ground, registry, privacy)
    ground.reaching.meet(turns)
    files = open_files(settings, clock, store, ground.sealer, fetchers)
    offices = open_offices(ground, files)
    receipts = Receipts(store, outbox, clock)
    heard = {"registry": Work(late.ask_again), RECEIPT: Work(receipts.look_again)}
    return House(
        settings=settings,
        clock=clock,
        district=ground.district,
        voices=ground.voices,
        store=store,
        outbox=outbox,
        receipts=receipts,
        turns=turns,
        timers=await _timers(ground, {**heard, **offices.work, **privacy.work}),
        housekeeping=Housekeeping(store, files.shelf, clock),
        door=Door(turns, offices.duty, Flood(settings.flood_rate), clock),
        desk=offices.desk,
        proofs=offices.proofs,
        updates=offices.updates,
        post=offices.post,
        handing=offices.handing,
        inbox=Inbox(store, ground.district),
        privacy=privacy,
    )


async def _timers(ground: Ground, apart: Mapping[str, Work]) -> Timers:
    """Return what does everything that falls due: the work of clocks, and what stands *apart*."""
    store, clock = ground.store, ground.clock
    clocks = await clockwork(store, ground.letters, ground.outbox, clock)
    work = {STRIKE: Work(Lapsing(store).lapse), **clocks, **apart}
    return Timers(store, clock, work)


def _turns(
    ground: Ground, registry: LookUpFamily | None, privacy: Privacy
) -> tuple[Turns, LateAnswers]:
    """Return who takes turns, and who asks the registry again when it was too slow for one."""
    store, district, letters = ground.store, ground.district, ground.letters
    asking = Asking(ground.clock, district.calendar, ground.settings.registry_patience)
    finding, ask = Finding(store, district), registry or store.look_up
    questions = Questions(store, finding, ask, privacy.own, asking)
    filing = Filing(district, letters, read=ground.settings.demo)
    turns = Turns(
        store=store,
        voices=ground.voices,
        questions=questions,
        records=Records(store, filing, letters, privacy.rights, ground.clock),
        outbox=ground.outbox,
        clock=ground.clock,
    )
    return turns, LateAnswers(store, turns, questions, ground.clock)
