"""What an operator does now and then: seal anew after a key change, retry what was set aside."""

import asyncio
from collections.abc import Awaitable, Callable

import click

from bot.clock import SystemClock
from bot.keys import sealer_for
from bot.settings import Settings
from storage.store import Store

AT_A_TIME = 500  # rows


def reseal(settings: Settings) -> None:
    """Reseal until nothing is sealed by an older key; a broken run is simply started again."""
    asyncio.run(_with_store(settings, _reseal))


def retry(settings: Settings) -> None:
    """Make parked replies wait again; the running server takes them within a second."""
    asyncio.run(_with_store(settings, _retry))


async def _with_store(settings: Settings, work: Callable[[Store], Awaitable[None]]) -> None:
    store = await Store.open(settings.database, sealer_for(settings), "operator")
    try:
        await work(store)
    finally:
        await store.close()


async def _reseal(store: Store) -> None:
    done = 0
    while changed := await store.reseal(AT_A_TIME):
        done += changed
        click.echo(f"{done} values sealed anew")
    click.echo("every value is sealed by the newest key")


async def _retry(store: Store) -> None:
    click.echo(f"{await store.unpark(SystemClock().now())} replies wait again")
