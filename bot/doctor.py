"""Self-diagnosis: what is right, what is wrong, and what to do about it."""

import asyncio
from collections.abc import AsyncIterator

import click
from msgspec import Struct

from bot.clock import SystemClock
from bot.district import reading as district
from bot.keys import sealer_for
from bot.settings import Settings, SettingsError
from handlers.delivery import DeliveryError
from handlers.telegram_account import Account
from storage.migrate import migrate
from storage.store import Store, StoreUnavailable


class Finding(Struct, frozen=True):
    """One thing looked at."""

    good: bool
    text: str


def run(settings: Settings) -> int:
    """Print every finding; return 0 when all are good, else 1."""
    return asyncio.run(_examine(settings))


async def _examine(settings: Settings) -> int:
    ill = 0
    async for finding in _findings(settings):
        click.echo(f"{'ok  ' if finding.good else 'BAD '} {finding.text}")
        ill += not finding.good
    return min(ill, 1)


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    yield _rows(settings)
    yield await _database(settings)
    yield await _telegram(settings)
    if not settings.public_url:
        yield Finding(good=False, text="PUBLIC_URL is not set: agency links lead to this machine")


def _rows(settings: Settings) -> Finding:
    found = district.report(settings.district, SystemClock().now().date())
    if found:
        return Finding(
            good=False, text=f"{len(found)} to mend in the district; see satupintu check"
        )
    return Finding(good=True, text=f"district {settings.district.name}")


async def _database(settings: Settings) -> Finding:
    try:
        await asyncio.to_thread(migrate, settings.database)
        store = await Store.open(settings.database, sealer_for(settings), "doctor")
    except (StoreUnavailable, SettingsError, OSError) as error:
        return Finding(good=False, text=f"database: {error}")
    try:
        people = await store.people_count()
    finally:
        await store.close()
    return Finding(good=people > 0, text=f"database, {people} people in the registry")


async def _telegram(settings: Settings) -> Finding:
    if not settings.telegram_token:
        return Finding(good=True, text="telegram is off: no TELEGRAM_TOKEN")
    account = Account(settings.telegram_token, settings.telegram_api_url)
    try:
        name = await account.open()
    except DeliveryError as error:
        return Finding(good=False, text=f"telegram: {error}")
    finally:
        await account.close()
    return Finding(good=True, text=f"telegram, as @{name}")
