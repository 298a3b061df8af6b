"""What citizens agreed to, and who wants nothing unasked."""

from datetime import datetime

import sqlalchemy as sa

from conversations.messages import Address
from storage.database.instants import to_number
from storage.database.reads import Reads
from storage.database.statements import Given, Insert, Statement
from storage.database.writes import Writes
from storage.tables.chats import consents, stopped

CONSENTED = tuple(column for column in consents.c if column.name != "withdrawn_at")


def _consent(given: Given) -> Insert:
    """Keep the first time, until it is withdrawn; then the next one counts."""
    insert = given.insert(consents)
    again = {c.name: insert.excluded[c.name] for c in CONSENTED if not c.primary_key}
    return insert.on_conflict_do_update(
        index_elements=[consents.c.address, consents.c.version],
        set_={**again, "withdrawn_at": sa.null()},
        where=consents.c.withdrawn_at.is_not(sa.null()),
    )


CONSENT = Statement(_consent, *CONSENTED)
STOP = Statement(lambda given: given.insert(stopped).on_conflict_do_nothing(), *stopped.c)
START = Statement(
    lambda given: sa.delete(stopped).where(stopped.c.address == given["address"]),
    stopped.c.address,
)
HAS_STOPPED = Statement(
    lambda given: sa.select(stopped.c.at).where(stopped.c.address == given["address"]),
    stopped.c.address,
    alone=True,
)


class WishWrites(Writes):
    """Of a unit: somebody agrees, or asks for silence."""

    def consent(
        self, address: Address, version: str, language: str, message_id: str, at: datetime
    ) -> None:
        """Keep that *address* agreed to *version* in *message_id*; the first time counts."""
        key = self.pen.address(address)
        sealed = self.pen.sealer.seal(message_id.encode(), "contact")
        self.add(CONSENT, (key, version, language, sealed, to_number(at)), key)

    def stop(self, address: Address, at: datetime) -> None:
        """Keep that *address* wants nothing unasked."""
        key = self.pen.address(address)
        self.rows.pop(START, None)
        self.add(STOP, (key, to_number(at)), key)

    def start(self, address: Address) -> None:
        """Keep that *address* may be written to again."""
        key = self.pen.address(address)
        self.rows.pop(STOP, None)
        self.add(START, (key,), key)


class WishReads(Reads):
    """Of the store: who asked for silence."""

    async def has_stopped(self, address: Address) -> bool:
        """Say whether *address* wants nothing unasked."""
        return bool(await self._find(HAS_STOPPED, (self._address(address),)))
