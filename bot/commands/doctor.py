"""Self-diagnosis: what is right, what is wrong, and what to do about it."""

import asyncio
from collections.abc import AsyncIterator

import click
from msgspec import Struct

from bot.clock import SystemClock
from bot.commands.doctor_post import Lead, closed_ways, post_findings
from bot.district import reading as district
from bot.district.wording import load_voices
from bot.keys import sealer_for
from bot.settings import Settings, SettingsError
from handlers.delivery import DeliveryError
from handlers.telegram_account import Account
from storage.migrate import is_current
from storage.store import Store, StoreUnavailable


class Checked(Struct, frozen=True):
    """One thing looked at."""

    good: bool
    text: str


def run(settings: Settings) -> int:
    """Print everything looked at; return 0 when all are good, else 1."""
    return asyncio.run(_examine(settings))


async def _examine(settings: Settings) -> int:
    ill = 0
    async for finding in _findings(settings):
        click.echo(f"{'ok  ' if finding.good else 'BAD '} {finding.text}")
        ill += not finding.good
    return min(ill, 1)


async def _findings(settings: Settings) -> AsyncIterator[Checked]:
    yield _rows(settings)
    async for found in _database(settings):
        yield found
    yield await _telegram(settings)
    async for lead in _post(settings):
        yield Checked(good=lead.good, text=lead.text)
    yield _vault(settings)
    public = bool(settings.public_url) or settings.demo
    address = settings.public_url if public else "this machine only: set PUBLIC_URL"
    yield Checked(good=public, text=f"agency links lead to {address}")


def _rows(settings: Settings) -> Checked:
    found = district.report(settings.district, SystemClock().now().date())
    if found:
        return Checked(
            good=False, text=f"{len(found)} to mend in the district; see satupintu check"
        )
    return Checked(good=True, text=f"district {settings.district.name}")


def _vault(settings: Settings) -> Checked:
    own = "with a key of their own" if settings.vault_key else "with the house's key"
    return Checked(good=True, text=f"violence tickets are sealed {own}")


async def _post(settings: Settings) -> AsyncIterator[Lead]:
    """Yield what was found about the ways to agencies, where the rows can be read."""
    try:
        loaded = district.load(settings.district)
    except district.DistrictError:
        return
    async for lead in post_findings(settings, load_voices(loaded, settings.district)["id"]):
        yield lead


async def _database(settings: Settings) -> AsyncIterator[Checked]:
    if not settings.key and not (settings.data_dir / "key").exists():
        yield Checked(good=False, text="no sealing key yet: the first start makes one")
        return
    try:
        if not await asyncio.to_thread(is_current, settings.database):
            yield Checked(good=False, text="database: run satupintu migrate")
            return
        store = await Store.open(settings.database, sealer_for(settings), "doctor")
    except (StoreUnavailable, SettingsError, OSError) as error:
        yield Checked(good=False, text=f"database: {error}")
        return
    try:
        async for found in _kept(settings, store):
            yield found
    finally:
        await store.close()


async def _kept(settings: Settings, store: Store) -> AsyncIterator[Checked]:
    """Yield what the database tells: whether the registry was filled, which ways were closed."""
    people = await store.people_count()
    yield Checked(good=people > 0, text=f"database, {people} people in the registry")
    for kind, count in (await store.timers_parked()).items():
        text = f"{count} timers of kind '{kind}' failed again and again: see the log, then retry"
        yield Checked(good=False, text=text)
    try:
        loaded = district.load(settings.district)
    except district.DistrictError:
        return
    async for lead in closed_ways(store, loaded):
        yield Checked(good=lead.good, text=lead.text)


async def _telegram(settings: Settings) -> Checked:
    if not settings.telegram_token:
        return Checked(good=True, text="telegram is off: no TELEGRAM_TOKEN")
    account = Account(settings.telegram_token, settings.telegram_api_url)
    try:
        name = await account.open()
    except DeliveryError as error:
        return Checked(good=False, text=f"telegram: {error}")
    finally:
        await account.close()
    return Checked(good=True, text=f"telegram, as @{name}")
