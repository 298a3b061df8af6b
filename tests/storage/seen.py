"""What lies in tables that the program writes, and asks only in the statements that need it."""

from collections.abc import Iterable

import sqlalchemy as sa

from storage.database.statements import Statement
from storage.figures.counted import Row
from storage.shelf.files import marks_of
from storage.store import Store
from storage.tables.figures import counted
from storage.tables.files import file_marks

ROWS_OF = Statement(
    lambda given: (
        sa.select(*counted.c).where(counted.c.code == given["code"]).order_by(counted.c.n)
    ),
    counted.c.code,
    alone=True,
)
MARKED = Statement(
    lambda given: sa.select(file_marks.c.mark).where(file_marks.c.mark == given["mark"]),
    file_marks.c.mark,
)


async def figures_of(store: Store, code: str) -> tuple[Row, ...]:
    """Return what is counted of ticket *code*."""
    found = await store._fetch(ROWS_OF, code)
    return tuple(Row(kind, day, agency, value) for _, _, kind, day, _, _, agency, value in found)


async def seen_before(store: Store, digests: Iterable[str]) -> bool:
    """Tell whether one of *digests* is a file's that was used or sent before."""
    marks = [(mark,) for mark in marks_of(store._sealer, digests)]
    return bool(await store._fetch_each(MARKED, marks))
