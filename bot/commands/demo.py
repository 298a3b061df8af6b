"""The demo: an invented kabupaten, its registry, telephones in the browser, no other server."""

import asyncio
import time
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from textwrap import fill as wrapped

import click
import uvloop

from bot import settings as reading
from bot.clock import DemoClock, SystemClock
from bot.demo.claim import claim
from bot.demo.clock import kept_clock
from bot.demo.families import people
from bot.demo.staff import PHRASE, demo_staff, seat, seated
from bot.district.reading import load
from bot.keys import open_store
from bot.past.filling import fill_past
from bot.serving import Serving
from bot.settings import DEMO, SETTINGS_PREFIX, Settings
from referrals.district.directory import District
from registry_client.answers import Edition
from storage.database.migrate import migrate
from storage.store import Store

DISTRICT = Path(__file__).resolve().parents[2] / "districts" / "contoh"
EDITION = Edition("DTSEN contoh 2026-T4", date(2026, 10, 28))
OWN = (
    f"this database is not the demo's: it keeps to its own, in {DEMO} "
    f"(is {SETTINGS_PREFIX}DATABASE_URL or {SETTINGS_PREFIX}DATA_DIR set to where citizens come?)"
)
SMALLEST = 1000  # people; fewer means that the registry was not filled to its end
TOKEN = "990000001:demo-demo-demo-demo-demo-demo-demo-"  # noqa: S105 - opens nothing but the demo's own stand-in
APP_SECRET = "demo-demo-demo"  # noqa: S105 - signs nothing but what the demo posts to itself


def run(environment: Mapping[str, str]) -> None:
    """Run the demo until Ctrl-C."""
    began = time.perf_counter()
    given = reading.read({**defaults(environment), **environment})
    clock = asyncio.run(fill(given))
    serving = Serving(given, clock, lambda: tell(given, time.perf_counter() - began))
    uvloop.run(serving.run())


def defaults(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the settings that make the demo, before the user's own."""
    port = environment.get(f"{SETTINGS_PREFIX}PORT", "8080")
    here = f"http://127.0.0.1:{port}/simulator"
    values = {
        "data_dir": str(DEMO),
        "district": str(DISTRICT),
        "demo": "1",
        "telegram_token": TOKEN,
        "telegram_api_url": f"{here}/botapi",
        "telegram_mode": "webhook",
        "telegram_chat_rate": "0",
        "whatsapp_token": TOKEN,
        "whatsapp_phone_id": "990000002",
        "whatsapp_app_secret": APP_SECRET,
        "whatsapp_api_url": f"{here}/graph/v23.0",
        "whatsapp_chat_rate": "0",
        "sms_gateway": "http",
        "sms_http_url": f"{here}/smsgateway",
    }
    return {SETTINGS_PREFIX + name.upper(): value for name, value in values.items()}


async def fill(settings: Settings) -> DemoClock:
    """Bring the schema up to date; fill the registry, and invent a past and people, once.

    Return the clock, as far ahead as it was left. Raises click.ClickException where the database
    is somebody's own.
    """
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    migrate(settings.database)
    store = await open_store(settings, "demo filling")
    try:
        if not await claim(store):
            raise click.ClickException(OWN)
        if await store.people_count() < SMALLEST:
            click.echo("Filling the registry with invented families ...")
            await store.import_people(people(load(settings.district).areas), EDITION)
        if not await seated(store):
            await furnish(store, load(settings.district), SystemClock().now())
        return await kept_clock(store)
    finally:
        await store.close()


async def furnish(store: Store, district: District, now: datetime) -> None:
    """Give the demo its past, and then its people: who finds them needs no past any more."""
    click.echo("Living through half a year of invented tickets ...")
    await fill_past(store, district, now)
    await seat(store, district, now)


def tell(settings: Settings, seconds: float) -> None:
    """Say where to go and what to try."""
    staff = wrapped(", ".join(one.role for one in demo_staff()), width=95)
    click.echo(
        f"""
Satu Pintu runs on {settings.address} (ready in {seconds:.1f} s). Ctrl-C stops it; its data stays.

  {settings.address}/simulator   telephones, an agency's inbox and the console, side by side,
                                    and a clock that can be moved
  {settings.address}/inbox       the messages that agencies would get
  {settings.address}/lacak       where citizens look tickets up, without a telephone

Try, as a citizen: Cek status with NIK 9901014107800001 and proof 0001 (SITI AMINAH), or
9901025503550003 and 0003 (WAYAN SARI, whose health card is inactive: file it from the answer).
Then be the agency: open the letter in the inbox, accept, say what was given.
Then be the citizen again: answer SUDAH or BELUM. docs/tour.md walks through it with pictures.

Behind the door: {settings.address}/console, with the pass phrase "{PHRASE}", as
{staff}.

Other commands find this data with {SETTINGS_PREFIX}DATA_DIR={settings.data_dir}:
satupintu inbox, for example.
"""
    )
