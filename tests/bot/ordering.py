"""Long replies through a gateway that delays and fails by chance: what arrives, in which order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import pairwise
from random import Random

import sqlalchemy as sa
from msgspec import Struct

from bot.clock import SystemClock
from bot.running.background import Background
from bot.running.loops import forever
from conversations.messages import Address, Channel, Reply
from handlers.arrival import Arrived, Receipt
from handlers.pace import Pace
from handlers.sms_kannel import Kannel, Smsbox
from handlers.sms_name import name
from handlers.sms_parts import messages
from handlers.sms_sender import SmsSender, Text
from storage.database.sealing import Sealer
from storage.database.statements import Statement
from storage.replies.sent import DELIVERED
from storage.store import Store
from storage.tables.sent import sent_messages
from tests.bot.receipt_taker import PARTS, Post
from tests.fakes.moody_smsbox import Mood, MoodySmsbox, Part

TEXT = "Kartu keluarga Bapak/Ibu sudah dicetak dan dapat diambil di kantor. " * 18  # two messages
SALT = "garam"
HURRY = 0.02  # seconds at most between two replies to one citizen
LOOK = 0.1  # seconds between looks at what is done
STATES = Statement(lambda _: sa.select(sent_messages.c.parts), alone=True)


class Found(Struct, kw_only=True):
    """What became of the replies. All but the first three must be 0."""

    parts: int
    repeated: int  # parts that came again, for the gateway took them and did not say so
    failed: int  # tries that the gateway refused or broke off
    lost: int = 0
    out_of_order: int = 0  # citizens who got anything before what should have come first
    undelivered: int = 0  # replies whose receipts are not all kept


class Town:
    """Citizens who are written to faster than their gateway likes."""

    def __init__(self, store: Store, seed: int) -> None:
        self._dice = Random(seed)  # noqa: S311 - moods, no secrets
        self.store = store
        self.box = MoodySmsbox(self._dice, self._report)
        self.sent: dict[str, list[int]] = {}

    async def start(self) -> None:
        """Open the way to the gateway."""
        url = await self.box.start()
        smsbox = Smsbox(url=url, username="u", password="p", callback="http://127.0.0.1:1")
        self.sender = SmsSender(Kannel(smsbox, SALT), Pace(0, 0))
        self.post = Post.on(self.store, self.sender, SystemClock())

    async def write(self, citizen: Address, replies: int) -> None:
        """Commit *replies* to *citizen*, one after the other."""
        for _ in range(replies):
            unit = self.store.unit()
            item = unit.send(citizen, Reply(TEXT), SystemClock().now())
            self.sent.setdefault(citizen.id, []).append(item.id)
            for part, words in enumerate(messages(item.reply)):
                text = Text(citizen.id, words, f"{item.id}.{part}")
                self.box.meant[name(text, SALT)] = (item.id, part)
            await self.store.commit(unit)
            self.post.outbox.hand_over(unit.items)
            await asyncio.sleep(self._dice.uniform(0, HURRY))

    async def _report(self, name: str) -> None:
        """Tell of a part what operators tell: more than once, and in any order."""
        states = [Arrived.SENT, Arrived.DELIVERED, Arrived.DELIVERED]
        self._dice.shuffle(states)
        for state in states:
            heard = Receipt(Channel.SMS, name, state, SystemClock().now())
            await self.post.receipts.take(heard)

    async def finished(self) -> None:
        """Return when every reply was taken and every receipt is kept."""
        replies = sum(map(len, self.sent.values()))
        while await self._delivered() < replies:  # noqa: ASYNC110 - a look now and then is enough
            await asyncio.sleep(LOOK)

    async def _delivered(self) -> int:
        states = [parts for (parts,) in await self.store._fetch(STATES)]
        return states.count(DELIVERED * PARTS)

    async def found(self) -> Found:
        """Return what became of everything."""
        took, moods = self.box.took, self.box.moods
        arrived = {number: first_times(parts) for number, parts in took.items()}
        wanted = {
            number: [(one, part) for one in sent for part in range(PARTS)]
            for number, sent in self.sent.items()
        }
        return Found(
            parts=sum(map(len, wanted.values())),
            repeated=sum(map(len, took.values())) - sum(map(len, arrived.values())),
            failed=moods.total() - moods[Mood.TAKEN],
            lost=sum(len(set(wanted[n]) - set(arrived.get(n, ()))) for n in wanted),
            out_of_order=sum(arrived[n] != wanted[n] or not steady(took[n]) for n in arrived),
            undelivered=sum(map(len, self.sent.values())) - await self._delivered(),
        )


def first_times(parts: list[Part]) -> list[Part]:
    """Return *parts* without those that came before."""
    return list(dict.fromkeys(parts))


def steady(parts: list[Part]) -> bool:
    """Say whether each of *parts* came after the one before, or is that one again."""
    return all(before <= after for before, after in pairwise(parts))


@asynccontextmanager
async def open_town(url: str, seed: int) -> AsyncIterator[Town]:
    """Open a town on the migrated database at *url*, with its loops running."""
    store = await Store.open(url, Sealer.read(Sealer.new_key()), "one")
    town = Town(store, seed)
    await town.start()
    loops = Background()
    loops.start(town.post.outbox.run())
    loops.start(forever("timers", town.post.timers.tick, LOOK))
    yield town
    await town.box.close()
    await loops.close()
    await town.post.outbox.close(1)
    await town.sender.close()
    await store.close()


async def written(url: str, *, replies: int, citizens: int, seed: int, patience: float) -> Found:
    """Return what became of *replies* to each of *citizens* within *patience* seconds."""
    async with open_town(url, seed) as town:
        people = [Address(Channel.SMS, f"+62812{number:08}") for number in range(citizens)]
        await asyncio.gather(*(town.write(citizen, replies) for citizen in people))
        with suppress(TimeoutError):
            await asyncio.wait_for(town.finished(), patience)
        return await town.found()
