"""What one channel does not bring comes on another of the same person, each tried once."""

import pytest

from bot.sending.elsewhere import Routes, Stranded
from bot.sending.outbox import Outbox
from casework.ticket.receipts import REACHED, UNREACHED
from conversations.messages import Address, Reply
from handlers.arrival import Arrived
from handlers.delivery import Blocked
from storage.database.errors import StoreUnavailable
from tests.bot.playing import Play
from tests.bot.receiving import APP, BUDI, CHAT, NEWS, followed, hear, newest, settled, swept, told


class Linked:
    """One person's addresses, in the order in which they are tried; keeps what it was asked."""

    def __init__(self, *addresses: Address) -> None:
        self._addresses = addresses
        self.asked: list[Stranded] = []

    async def __call__(self, stranded: Stranded) -> Address | None:
        """Return the first address that did not fail yet."""
        self.asked.append(stranded)
        return next((one for one in self._addresses if one not in stranded.failed), None)


def link(outbox: Outbox, *addresses: Address) -> Linked:
    """Have *addresses* belong to one person."""
    linked = Linked(*addresses)
    outbox._routes = Routes(linked)
    return linked


async def test_what_failed_on_one_channel_comes_on_another(stage: Play) -> None:
    """Each of a person's channels is tried once; the last word is the desk's."""
    linked = link(stage.house.outbox, BUDI, CHAT, APP)
    item = await told(stage)
    for to in (CHAT, APP):
        await hear(stage, item, Arrived.FAILED, error=Blocked())
        assert stage.phones.got[to] == [Reply("Kabar")]
        item = await newest(stage, to)
    await hear(stage, item, Arrived.FAILED, error=Blocked())
    assert [one.failed for one in linked.asked] == [(BUDI,), (BUDI, CHAT), (BUDI, CHAT, APP)]
    assert {one.about for one in linked.asked} == {NEWS}
    assert await stage.house.store.replies_parked() == 1
    assert await followed(stage, UNREACHED) == 1


async def test_what_a_channel_refuses_comes_on_another(stage: Play) -> None:
    """Blocked here, sent there, in the same step; what followed here follows still."""
    link(stage.house.outbox, BUDI, CHAT)
    stage.phones.faults[BUDI] = iter([Blocked()])
    await told(stage)
    await settled(stage)
    assert stage.phones.got[BUDI] == []
    assert stage.phones.got[CHAT] == [Reply("Kabar")]
    await hear(stage, await newest(stage, CHAT))
    assert await followed(stage, REACHED) == 1
    await told(stage)
    assert len(stage.phones.got[BUDI]) == 1


async def test_addresses_that_all_refuse_end_it(stage: Play) -> None:
    """No reply goes round and round; one that says to try the same address again does not."""
    link(stage.house.outbox, BUDI, CHAT)
    for to in (BUDI, CHAT):
        stage.phones.faults[to] = iter([Blocked()])
    await told(stage)
    await settled(stage)
    assert await stage.house.store.replies_parked() == 1
    stage.house.outbox._routes = Routes(_same)
    await hear(stage, await told(stage), Arrived.FAILED, error=Blocked())
    assert await stage.house.store.replies_parked() == 2


async def _same(stranded: Stranded) -> Address | None:
    return stranded.failed[-1]


async def test_without_a_database_nothing_is_given_up(
    stage: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where to go on cannot be asked: the reply stays where it is, and is tried again."""

    async def away(_: Stranded) -> Address | None:
        raise StoreUnavailable

    with monkeypatch.context() as patched:
        patched.setattr(stage.house.outbox, "_routes", Routes(away))
        stage.phones.faults[BUDI] = iter([Blocked()])
        await told(stage)
    assert await stage.house.store.replies_parked() == 0
    await swept(stage, minutes=2)
    assert stage.phones.got[BUDI] == [Reply("Kabar")]
