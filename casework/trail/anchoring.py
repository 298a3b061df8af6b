"""Anchors of the audit: what its chains note of each other and of the tickets, now and then."""

from datetime import datetime, timedelta

from casework.trail.actions import PROGRAM, Action
from storage.cases.census import census_told
from storage.store import Store

SETTLED = timedelta(hours=1)  # after which no commit of an older ticket is still on its way


async def note_ends(store: Store, now: datetime) -> None:
    """Have this process's chain note where all chains end; each process does, every few hours."""
    unit = store.unit()
    unit.note(PROGRAM, Action.HEADS, now, detail=await store.heads_to_note())
    await store.commit(unit)


async def note_census(store: Store, now: datetime) -> None:
    """Note which tickets there are, once a day."""
    counted = await store.census(now - SETTLED)
    unit = store.unit()
    unit.note(PROGRAM, Action.CENSUS, now, detail=census_told(counted))
    await store.commit(unit)
