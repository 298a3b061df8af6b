"""Rows of an older version are made anew from their logs."""

from typing import cast

import msgspec
import pytest
import sqlalchemy as sa

from casework.clocks.rebuilding import MARK, KeepsChangingError, Rebuilding, shape
from referrals.due.watching import plan
from storage.database.statements import Statement
from storage.store import Store
from storage.tables.cases import tickets
from storage.unit import Outcome, Unit
from tests.bot.living import ticket_of
from tests.bot.playing import Play
from tests.bot.test_whole_loop import file_papers

AGE = Statement(
    lambda given: (
        sa.update(tickets).values(body=given["body"]).where(tickets.c.code == given["code"])
    ),
    tickets.c.code,
    tickets.c.body,
)


async def age(play: Play, code: str) -> None:
    """Give ticket *code* the row that a version without clocks wrote."""
    row = msgspec.to_builtins(await ticket_of(play, code))
    old = {name: value for name, value in row.items() if name != "clocks"}
    await play.house.store._write(AGE, [(code, msgspec.json.encode(old).decode())])
    unit = play.house.store.unit()
    unit.keep_note(MARK, "the version before")
    assert await play.house.store.commit(unit) is Outcome.KEPT


async def broken(play: Play) -> list[object]:
    """Return what the proof of the ledger finds."""
    store = play.house.store
    found = [await store.broken_ticket(told) async for told in store.ledger()]
    return [one for one in found if one]


async def test_an_old_row_gets_its_clocks_from_the_log(play: Play) -> None:
    """A ticket of the version before has due dates again, and its log and row agree."""
    _, code = await file_papers(play)
    fresh = await ticket_of(play, code)
    await age(play, code)
    assert plan(await ticket_of(play, code), play.house.district) == ()
    assert await broken(play)

    assert await Rebuilding(play.house.store).start()
    assert await ticket_of(play, code) == fresh
    assert not await broken(play)


class Overtaken:
    """A store in which another process changes the same tickets first, every time."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    async def commit(self, unit: Unit) -> Outcome:
        """Lose the race."""
        assert unit
        return Outcome.LOST


async def test_rows_that_could_not_be_made_anew_are_tried_again(play: Play) -> None:
    """The start fails, and nothing says that they were done."""
    _, code = await file_papers(play)
    await age(play, code)
    with pytest.raises(KeepsChangingError):
        await Rebuilding(cast("Store", Overtaken(play.house.store))).start()
    assert await play.house.store.kept_note(MARK) == "the version before"


async def test_rows_of_this_version_are_left_alone(play: Play) -> None:
    """The second start has nothing to do."""
    await file_papers(play)
    assert await play.house.store.kept_note(MARK) == shape()
    assert not await Rebuilding(play.house.store).start()
