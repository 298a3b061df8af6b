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
    yield await _database(settings)
    yield await _telegram(settings)
    public = bool(settings.public_url) or settings.demo
    lead = settings.public_url if public else "this machine only: set PUBLIC_URL"
    yield Checked(good=public, text=f"agency links lead to {lead}")


def _rows(settings: Settings) -> Checked:
    found = district.report(settings.district, SystemClock().now().date())
    if found:
        return Checked(
            good=False, text=f"{len(found)} to mend in the district; see satupintu check"
        )
    return Checked(good=True, text=f"district {settings.district.name}")


async def _database(settings: Settings) -> Checked:
    if not settings.key and not (settings.data_dir / "key").exists():
        return Checked(good=False, text="no sealing key yet: the first start makes one")
    try:
        if not await asyncio.to_thread(is_current, settings.database):
            return Checked(good=False, text="database: run satupintu migrate")
        store = await Store.open(settings.database, sealer_for(settings), "doctor")
    except (StoreUnavailable, SettingsError, OSError) as error:
        return Checked(good=False, text=f"database: {error}")
    try:
        people = await store.people_count()
    finally:
        await store.close()
    return Checked(good=people > 0, text=f"database, {people} people in the registry")


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
