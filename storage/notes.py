"""What the program must remember about itself, a line per key."""

import sqlalchemy as sa

from storage.database.reads import Reads
from storage.database.statements import Given, Insert, Statement
from storage.database.writes import Writes
from storage.tables.upkeep import notes


def _keep(given: Given) -> Insert:
    insert = given.insert(notes)
    return insert.on_conflict_do_update(
        index_elements=[notes.c.key], set_={"value": insert.excluded["value"]}
    )


KEEP = Statement(_keep, *notes.c)
READ = Statement(
    lambda given: sa.select(notes.c.value).where(notes.c.key == given["key"]),
    notes.c.key,
    alone=True,
)


class NoteWrites(Writes):
    """Of a unit: something to remember."""

    def keep_note(self, key: str, value: str) -> None:
        """Keep *value* under *key*; an older one gives way."""
        self.add(KEEP, (key, value), ("note", key))


class NoteReads(Reads):
    """Of the store: what was kept to remember."""

    async def kept_note(self, key: str) -> str | None:
        """Return what is kept under *key*, or None."""
        found = await self._fetch(READ, key)
        return str(found[0][0]) if found else None
