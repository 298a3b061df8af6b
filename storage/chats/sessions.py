"""Conversations under way: one sealed row each, with a version that every turn raises by one."""

from datetime import datetime

import sqlalchemy as sa

from conversations.messages import Address
from storage.database.instants import to_number
from storage.database.reads import Reads
from storage.database.statements import Statement, constant
from storage.database.writes import Writes
from storage.tables.chats import sessions

ROW = (sessions.c.address, sessions.c.version, sessions.c.sealed, sessions.c.expires_at)

START = Statement(
    lambda given: given.insert(sessions).on_conflict_do_nothing(), *ROW, key=sessions.c.address
)
CARRY_ON = Statement(
    lambda given: (
        sa.update(sessions)
        .values(version=given["version"], sealed=given["sealed"], expires_at=given["expires_at"])
        .where(
            sessions.c.address == given["address"],
            sessions.c.version == given["version"] - constant("1"),
        )
    ),
    *ROW,
    key=sessions.c.address,
)
FIND = Statement(
    lambda given: sa.select(sessions.c.version, sessions.c.sealed).where(
        sessions.c.address == given["address"]
    ),
    sessions.c.address,
    alone=True,
)


class SessionWrites(Writes):
    """Of a unit: carry the conversation on."""

    def keep_session(
        self, address: Address, version: int, body: bytes, expires_at: datetime
    ) -> None:
        """Keep *body* as version + 1; the unit is lost unless *version* is still the stored one.

        Version 0 stands for a conversation that is not stored yet.
        """
        key = self.pen.address(address)
        sealed = self.pen.sealer.seal(body, "session")
        self.once(
            CARRY_ON if version else START,
            (key, version + 1, sealed, to_number(expires_at)),
            key,
        )


class SessionReads(Reads):
    """Of the store: where a conversation stands."""

    async def session(self, address: Address) -> tuple[int, bytes] | None:
        """Return version and body of the session with *address*, or None."""
        found = await self._find(FIND, (self._address(address),))
        if not found:
            return None
        version, sealed = found[0]
        return version, self._sealer.open(sealed, "session")
