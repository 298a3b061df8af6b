"""Play citizens and officers against the whole house, on a real database."""

import asyncio
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.assembly import House, open_house
from bot.demo.families import people
from bot.door import Received
from bot.files import Media
from bot.settings import Settings
from bot.taking.questions import LookUpFamily
from conversations.messages import Address, Channel, Choice, Inbound, Reply
from handlers.delivery import DeliveryError, Sent
from handlers.pictures import Picture
from registry_client.answers import Edition

DISTRICT = Path(__file__).parents[2] / "districts" / "contoh"
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # ten in the morning in Kabupaten Contoh
PICTURED = (Channel.TELEGRAM, Channel.WHATSAPP)
KEY = "1:" + "A" * 43 + "="
PATIENCE = 20.0  # seconds for a reply to arrive: a busy machine takes some


class StillClock:
    """A clock that moves when told, and chance that counts."""

    def __init__(self) -> None:
        self.time = MONDAY
        self._count = itertools.count(1)

    def now(self) -> datetime:
        return self.time

    def token(self) -> str:
        return f"{next(self._count) * 0x9E3779B97F4A7C15 % (1 << 128):032x}"

    def move(self, **by: float) -> None:
        """Let time pass, given as timedelta takes it."""
        self.time += timedelta(**by)


class Phones:
    """Every citizen's telephone: what reached it, and what it refuses."""

    vouches = True  # a test may say otherwise
    parts = 0  # of a message, that receipts will tell of
    named = ""  # what the channel calls a message, where it is not the number we gave

    def __init__(self) -> None:
        self.got: defaultdict[Address, list[Reply]] = defaultdict(list)
        self.numbers: defaultdict[Address, list[int]] = defaultdict(list)  # what we called each
        self.faults: dict[Address, Iterator[DeliveryError | None]] = {}
        self.albums: dict[str, bytes | DeliveryError] = {}  # files that channels keep, by id
        self.pictures: defaultdict[Address, list[Picture]] = defaultdict(list)
        self.unshown: Iterator[DeliveryError | None] = iter(())
        self._news = asyncio.Condition()

    async def send(self, address: Address, reply: Reply, number: int = 0, /) -> Sent:
        fault = next(self.faults.get(address, iter(())), None)
        if fault is not None:
            raise fault
        async with self._news:
            self.got[address].append(reply)
            self.numbers[address].append(number)
            self._news.notify_all()
        named = tuple(f"{self.named or number}.{part}" for part in range(self.parts))
        return Sent(named, units=max(len(named), 1))

    async def fetch(self, ref: str, largest: int) -> bytes | None:
        """Give a citizen's file as its channel would."""
        kept = self.albums[ref]
        if isinstance(kept, DeliveryError):
            raise kept
        return kept if len(kept) <= largest else None

    async def show(self, address: Address, picture: Picture) -> None:
        """Take a picture as its channel would; *unshown* are the faults it meets."""
        fault = next(self.unshown, None)
        if fault is not None:
            raise fault
        self.pictures[address].append(picture)

    async def wait_for(self, address: Address, count: int) -> None:
        """Return when *address* got *count* messages in all."""
        await self.wait_until(lambda: len(self.got[address]) >= count)

    async def wait_until(self, heard: Callable[[], bool]) -> None:
        """Return when *heard* is so."""
        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(heard)


class Citizen:
    """Somebody with a telephone."""

    def __init__(
        self, house: House, phones: Phones, number: str, channel: Channel = Channel.TELEGRAM
    ) -> None:
        self.address = Address(channel, number)
        self._house = house
        self._phones = phones
        self._sent = itertools.count(1)
        self._read = 0

    @property
    def heard(self) -> list[Reply]:
        """All that reached this telephone."""
        return self._phones.got[self.address]

    @property
    def last(self) -> str:
        """The newest message's text."""
        return self.heard[-1].text

    def message(self, text: str = "", picked: str | None = None) -> Inbound:
        """Return a new message, not delivered yet."""
        return Inbound(
            sender=self.address,
            message_id=f"{self.address.id}-{next(self._sent)}",
            received_at=self._house.clock.now(),
            text=text,
            picked=picked,
        )

    async def deliver(self, message: Inbound) -> Received:
        """Hand *message* in as its channel would, and say what the channel is told."""
        return await self._house.door.receive(message)

    async def say(self, text: str) -> str:
        """Send *text* and return the reply."""
        return await self._talk(self.message(text))

    async def tap(self, label: str) -> str:
        """Tap the newest message's button whose label begins with *label*, once it is there."""
        await self._phones.wait_until(lambda: self._button(label) is not None)
        choice = self._button(label)
        assert choice is not None
        return await self._talk(self.message(picked=choice.value))

    async def next(self) -> str:
        """Wait for one more message, and return it."""
        self._read += 1
        await self._phones.wait_for(self.address, self._read)
        return self.heard[self._read - 1].text

    def _button(self, label: str) -> Choice | None:
        newest = self.heard[-1].choices if self.heard else ()
        return next((c for c in newest if c.label.startswith(label)), None)

    async def _talk(self, message: Inbound) -> str:
        before = len(self.heard)
        assert await self.deliver(message) is Received.COMMITTED
        await self._phones.wait_for(self.address, before + 1)
        self._read = len(self.heard)
        return self.last


class Play:
    """A house with telephones, agencies' letters and a clock that stands still."""

    def __init__(self, house: House, phones: Phones, clock: StillClock) -> None:
        self.house = house
        self.phones = phones
        self.clock = clock
        self._numbers = itertools.count(7_000_001)

    def citizen(self, channel: Channel = Channel.TELEGRAM) -> Citizen:
        """Return somebody who never wrote before."""
        number = str(next(self._numbers))
        own = f"+6281{number:0>9}" if channel is Channel.SMS else number
        return Citizen(self.house, self.phones, own, channel)

    async def known(self) -> Citizen:
        """Return somebody who agreed to the privacy notice and sees the menu."""
        citizen = self.citizen()
        await citizen.say("halo")
        await citizen.tap("Setuju")
        return citizen

    async def newest_token(self, agency: str | None = None) -> str:
        """Return the token in the newest letter (to *agency*)."""
        letters = await self.house.inbox.letters(agency, vault=True)
        return letters[0].link.rpartition("/")[2]


async def open_play(
    url: str, folder: Path, registry: LookUpFamily | None = None, **changes: object
) -> Play:
    """Open a house on *url* with the demo's registry."""
    clock, phones = StillClock(), Phones()
    values: dict[str, object] = {
        "data_dir": folder,
        "database_url": url,
        "key": KEY,
        "district": DISTRICT,
        "flood_rate": 0,
        "registry_patience": 0.3,
    }
    settings = Settings(**(values | changes))  # type: ignore[arg-type]  # given by name
    house = await open_house(
        settings,
        clock,
        dict.fromkeys(Channel, phones),
        registry,
        Media(dict.fromkeys(Channel, phones.fetch), dict.fromkeys(PICTURED, phones.show)),
    )
    return Play(house, phones, clock)


async def fill_registry(play: Play) -> None:
    """Put the demo's families into the registry."""
    edition = Edition("DTSEN 2026-T4", MONDAY.date())
    await play.house.store.import_people(people(play.house.district.areas, families=30), edition)
