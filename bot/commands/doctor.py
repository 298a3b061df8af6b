"""Self-diagnosis: what is right, what is not used, what is still to do, and what is broken."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta

import click

from bot.clock import Clock
from bot.commands.diagnosis import Finding, Standing, broken, fine, summed_up, to_do
from bot.commands.doctor_channels import channel_findings
from bot.commands.doctor_files import files_findings
from bot.commands.doctor_post import closed_ways, post_findings
from bot.commands.tolls import of_month
from bot.district import reading as district
from bot.district.wording import load_voices
from bot.keys import fault_told, sealer_for
from bot.settings import SETTINGS_PREFIX, Settings, SettingsError
from referrals.district.days import day_in
from storage.database.errors import StoreUnavailable
from storage.database.migrate import is_current
from storage.store import Store


def run(settings: Settings, clock: Clock) -> int:
    """Print everything looked at and how it stands; return 1 where something is broken, else 0."""
    return asyncio.run(_examine(settings, clock))


async def _examine(settings: Settings, clock: Clock) -> int:
    found = []
    async for finding in findings(settings, clock):
        click.echo(finding.line)
        found.append(finding)
    click.echo(summed_up(found))
    return int(any(finding.standing is Standing.BROKEN for finding in found))


async def findings(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    """Yield everything that can be looked at with *settings*; nothing is left behind."""
    yield _rows(settings, clock.now())
    async for found in _database(settings, clock.now()):
        yield found
    async for found in files_findings(settings):
        yield found
    async for found in channel_findings(settings):
        yield found
    async for found in _post(settings):
        yield found
    yield _vault(settings)
    yield _address(settings)


def _rows(settings: Settings, now: datetime) -> Finding:
    found = district.report(settings.district, now.date())
    if found:
        return broken(f"district: {len(found)} to mend in {settings.district}; satupintu check")
    return fine(f"district: {settings.district.name}, nothing to mend")


async def _database(settings: Settings, now: datetime) -> AsyncIterator[Finding]:
    if not settings.key and not (settings.data_dir / "key").exists():
        yield to_do(
            f"database: none yet in {settings.data_dir}; satupintu serve makes it with a key that"
            f" seals it (for another place set {SETTINGS_PREFIX}DATA_DIR)"
        )
        return
    try:
        if not await asyncio.to_thread(is_current, settings.database):
            yield to_do(
                "database: not of this version yet; satupintu serve or migrate makes it so"
            )
            return
        store = await Store.open(settings.database, sealer_for(settings), "doctor")
    except (StoreUnavailable, SettingsError, OSError) as error:
        yield broken(f"database: {error}")
        return
    try:
        async for found in _kept(settings, store, now):
            yield found
    finally:
        await store.close()


async def _kept(settings: Settings, store: Store, now: datetime) -> AsyncIterator[Finding]:
    """Yield what the database tells: whether the registry was filled, which ways were closed."""
    yield fine("database: of this version, and it answers")
    if fault := await store.key_fault():
        yield broken(f"keys: {fault_told(settings, fault)}")
    else:
        yield fine("keys: those that the database was sealed with")
    people = await store.people_count()
    empty = to_do("registry: nobody in it; fill it with satupintu registry import")
    yield fine(f"registry: {people} people") if people else empty
    yield fine(f"replies: {await store.replies_parked()} set aside that nobody could be sent")
    for kind, count in (await store.timers_parked()).items():
        text = f"timers: {count} of kind '{kind}' failed again and again: see the log, then"
        yield broken(f"{text} satupintu outbox retry")
    try:
        loaded = district.load(settings.district)
    except district.DistrictError:
        return
    async for found in closed_ways(store, loaded):
        yield found
    yield await _tolls(store, day_in(loaded.calendar.zone, now))
    yield await _busiest(store, loaded.sms.an_hour, now)


async def _tolls(store: Store, today: date) -> Finding:
    """Return what sending cost since the month began."""
    found = await of_month(store, today)
    units = (f"{toll.units} {toll.channel} {toll.tariff}".strip() for toll in found)
    return fine(f"tolls: {', '.join(units) or 'nothing that costs was sent'} this month")


async def _busiest(store: Store, expected: int, now: datetime) -> Finding:
    """Return how many segments of SMS the busiest hour of the last day had."""
    most = await store.busiest_hour(now - timedelta(days=1))
    told = f"texts: {most} segments of SMS in the busiest hour of the last day"
    if most <= expected:
        return fine(f"{told}, {expected} expected at most")
    return to_do(
        f"{told}, {expected} expected at most (an_hour in district.yaml): is somebody having us"
        " pay for texts? Look at the gateway's list, and have it bar who does"
    )


async def _post(settings: Settings) -> AsyncIterator[Finding]:
    """Yield what was found about the ways to agencies, where the rows can be read."""
    try:
        loaded = district.load(settings.district)
    except district.DistrictError:
        return
    async for found in post_findings(settings, load_voices(loaded, settings.district)["id"]):
        yield found


def _vault(settings: Settings) -> Finding:
    if settings.vault_key:
        return fine("vault: violence tickets are sealed with a key of their own")
    told = "vault: violence tickets are sealed with the house's key"
    if settings.demo:
        return fine(told)
    return to_do(f"{told}, which operators hold: set {SETTINGS_PREFIX}VAULT_KEY")


def _address(settings: Settings) -> Finding:
    if settings.public_url or settings.demo:
        return fine(f"links: offices' links lead to {settings.address}")
    where = f"links: offices' links lead to {settings.address}, which only this machine opens"
    return to_do(f"{where}: set {SETTINGS_PREFIX}PUBLIC_URL")
