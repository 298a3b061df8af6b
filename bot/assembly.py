"""Put the rooms together: the one place that knows every part by name."""

import asyncio
from collections.abc import Mapping

import structlog
from msgspec import Struct

from bot.clock import Clock
from bot.clockwork import clockwork
from bot.couriers import Post
from bot.district import reading as rows
from bot.district.wording import load_voices
from bot.door import Door
from bot.duty import Duty
from bot.files import open_files
from bot.flood import Flood
from bot.housekeeping import Housekeeping
from bot.keys import sealer_for
from bot.late_answers import LateAnswers
from bot.outbox import Outbox, Sender
from bot.post_office import PostOffice
from bot.posting import Outdoors, from_environment, open_ways, tags_of
from bot.privacy import open_privacy
from bot.questions import Asking, LookUpFamily, Questions
from bot.records import Records
from bot.settings import Settings
from bot.timers import Timers, Work
from bot.turns import Turns
from bot.workers import instance_of
from casework.agency_desk import AgencyDesk, Office
from casework.agency_updates import AgencyUpdates
from casework.carried import Carried
from casework.evidence import Fetch
from casework.filing import Filing
from casework.finding import Finding
from casework.handing import Handing
from casework.inbox import Inbox
from casework.letters import Letters
from casework.links import Links
from casework.open311_news import Open311News
from casework.proof_desk import ProofDesk
from casework.rights import Rights
from casework.seeing import Seeing
from casework.striking import KIND as STRIKE
from casework.striking import Lapsing
from conversations.messages import Channel
from conversations.say import Voices
from referrals.directory import District
from storage.migrate import migrate
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
    rights: Rights

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
    district = rows.load(settings.district)
    voices = load_voices(district, settings.district)
    sealer = sealer_for(settings)
    await asyncio.to_thread(migrate, settings.database)
    store = await Store.open(settings.database, sealer, instance_of(settings))
    outbox = Outbox(store, senders, clock)
    links = Links(sealer.mac("links", "agency"), settings.address)
    letters = Letters(district, voices, links)
    finding, ask = Finding(store, district), registry or store.look_up
    asking = Asking(clock, district.calendar, settings.registry_patience)
    questions = Questions(store, finding, ask, asking)
    turns = Turns(
        store=store,
        voices=voices,
        questions=questions,
        records=Records(store, Filing(district, letters), letters, clock, district.calendar),
        outbox=outbox,
        clock=clock,
    )
    files = open_files(settings, clock, store, sealer, fetchers)
    seeing = Seeing(district, voices)
    office = Office(store, links, seeing, letters, files.evidence, files.proofs)
    desk = AgencyDesk(office, outbox.hand_over, clock.token)
    updates = AgencyUpdates(office, desk, district, voices)
    ways = open_ways(
        settings, voices["id"], tags_of(sealer), Outdoors(senders, from_environment, clock)
    )
    carried = Carried(district, letters, voices["id"])
    post = Post(store, carried, seeing, ways.by_kind, clock, outbox.hand_over)
    post_office = PostOffice(ways, post)
    duty = Duty(store, desk, outbox, voices["id"], clock)
    news = Open311News(store, ways.open311, updates, district, voices)
    privacy = await open_privacy(store, letters, clock)
    return House(
        settings=settings,
        clock=clock,
        district=district,
        voices=voices,
        store=store,
        outbox=outbox,
        turns=turns,
        timers=Timers(
            store,
            clock,
            {
                "registry": Work(LateAnswers(store, turns, questions, clock).ask_again),
                STRIKE: Work(Lapsing(store).lapse),
                **await clockwork(store, letters, outbox, clock),
                **post_office.work,
                **privacy.work,
                "open311": Work(lambda due: news.look(due, clock.now())),
            },
        ),
        housekeeping=Housekeeping(store, files.shelf, clock),
        door=Door(turns, duty, Flood(settings.flood_rate), clock),
        desk=desk,
        proofs=ProofDesk(office),
        updates=updates,
        post=post_office,
        handing=Handing(office, desk, carried, outbox.hand_over),
        inbox=Inbox(store, district),
        rights=privacy.rights,
    )
