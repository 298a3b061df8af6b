"""What an operator does now and then: seal anew after a key change, retry what was set aside."""

import asyncio
from collections.abc import Awaitable, Callable

import click

from bot.clock import SystemClock
from bot.district.reading import load
from bot.files import shelf_of
from bot.keys import open_store
from bot.settings import Settings, SettingsError
from casework.post.carried import closed_key
from referrals.district.directory import Agency
from storage.shelf.shelf import Shelf
from storage.store import Store

AT_A_TIME = 500  # rows


def reseal(settings: Settings) -> None:
    """Reseal until nothing is sealed by an older key; a broken run is simply started again."""
    asyncio.run(
        _with_store(settings, lambda store: _reseal(store, shelf_of(settings, store.sealer)))
    )


def retry(settings: Settings) -> None:
    """Make parked replies and timers wait again; the running server takes them at once."""
    asyncio.run(_with_store(settings, _retry))


def reopen(settings: Settings, agency: str) -> None:
    """Open again the ways that *agency*'s own program had closed."""
    row = load(settings.district).agencies.get(agency)
    if row is None:
        raise SettingsError(f"no agency '{agency}' in the district's rows")
    asyncio.run(_with_store(settings, lambda store: _reopen(store, row)))


async def _with_store(settings: Settings, work: Callable[[Store], Awaitable[None]]) -> None:
    store = await open_store(settings, "operator")
    try:
        await work(store)
    finally:
        await store.close()


async def _reseal(store: Store, shelf: Shelf) -> None:
    done = 0
    while changed := await store.reseal(AT_A_TIME):
        done += changed
        click.echo(f"{done} values sealed anew")
    click.echo(f"{await store.reseal_files(shelf)} files sealed anew")
    click.echo("every value is sealed by the newest key")


async def _reopen(store: Store, agency: Agency) -> None:
    unit, opened = store.unit(), 0
    for way in agency.ways:
        if await store.kept_note(closed_key(agency.code, way)):
            unit.keep_note(closed_key(agency.code, way), "")
            opened += 1
    await store.commit(unit)
    click.echo(f"{opened} ways to {agency.code} are open again")


async def _retry(store: Store) -> None:
    now = SystemClock().now()
    click.echo(f"{await store.unpark(now)} replies wait again")
    click.echo(f"{await store.unpark_timers(now)} timers wait again")
