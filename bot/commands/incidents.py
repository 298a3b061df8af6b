"""Print whose data an incident touched, for the data-protection officer."""

import asyncio
import csv
import sys

from bot.clock import SystemClock
from bot.keys import open_store
from bot.settings import Settings
from casework.privacy.incident import HEADINGS, Affected, Incident, Window, rows
from casework.trail.actions import OPERATOR, Action
from conversations.messages import Address
from storage.store import Store


def export(settings: Settings, window: Window, reason: str) -> None:
    """Print everybody touched within *window* as CSV: unmasked where there is a *reason*."""
    table = csv.writer(sys.stdout)
    table.writerow(HEADINGS)
    table.writerows(asyncio.run(_rows(settings, window, reason)))


async def _rows(settings: Settings, window: Window, reason: str) -> list[list[str]]:
    store = await open_store(settings, OPERATOR)
    try:
        found = await touched(store, window)
        await _note(store, reason)
        return rows(found, opened=bool(reason))
    finally:
        await store.close()


async def touched(store: Store, window: Window) -> list[tuple[Affected, Address | None]]:
    """Return everybody touched within *window*, each with where they are reached."""
    incident = Incident(store)
    found = await incident.affected(window)
    contacts = {code: await incident.contact(code) for code in {one.code for one in found}}
    return [(one, contacts[one.code]) for one in found]


async def _note(store: Store, reason: str) -> None:
    """Keep that the list was made, before anybody reads it."""
    unit = store.unit()
    unit.note(OPERATOR, Action.EXPORT, SystemClock().now(), detail=(reason or "masked").encode())
    await store.commit(unit)
