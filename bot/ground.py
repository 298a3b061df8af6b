"""What every part of the program stands on: rows, wording, the store, the outbox, the letters."""

import asyncio
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.clock import Clock
from bot.district import reading as rows
from bot.district.wording import load_voices
from bot.files import Media, illustrated, shelf_of
from bot.keys import open_store, sealer_for
from bot.running.workers import instance_of
from bot.sending.elsewhere import Routes
from bot.sending.outbox import Outbox, Sender
from bot.sending.reaching import Reaching
from bot.settings import Settings
from casework.access.links import Links
from casework.telling.letters import Letters
from conversations.messages import Channel
from conversations.say import Voices
from referrals.district.directory import District
from storage.database.migrate import migrate
from storage.database.sealing import Sealer
from storage.store import Store


class Ground(Struct, frozen=True, kw_only=True):
    """The parts that all others share."""

    settings: Settings
    clock: Clock
    senders: Mapping[Channel, Sender]
    district: District
    voices: Voices
    sealer: Sealer
    store: Store
    outbox: Outbox
    reaching: Reaching
    links: Links
    letters: Letters


async def lay(
    settings: Settings, clock: Clock, senders: Mapping[Channel, Sender], media: Media
) -> Ground:
    """Read the district and open its store. Raises DistrictError, SettingsError, StoreUnavailable.

    The schema is brought up to date first.
    """
    district = rows.load(settings.district)
    voices = load_voices(district, settings.district)
    sealer = sealer_for(settings)
    await asyncio.to_thread(migrate, settings.database)
    store = await open_store(settings, instance_of(settings))
    reaching = Reaching(store, senders.keys())
    links = Links(sealer.mac("links", "agency"), settings.address)
    return Ground(
        settings=settings,
        clock=clock,
        senders=senders,
        district=district,
        voices=voices,
        sealer=sealer,
        store=store,
        outbox=Outbox(
            store,
            illustrated(senders, media, store, shelf_of(settings, sealer), clock),
            clock,
            Routes(reaching.elsewhere, reaching.best),
            zone=ZoneInfo(district.calendar.zone),
        ),
        reaching=reaching,
        links=links,
        letters=Letters(district, voices, links),
    )
