"""What every reader of the database has at hand."""

from collections.abc import Sequence

from conversations.messages import Address
from storage.database.link import Engine, Link, Row, write_alone
from storage.database.sealing import Sealer
from storage.database.statements import Statement


class Reads:
    """Reads through an engine, and opens what is sealed. Everything raises StoreUnavailable."""

    def __init__(self, engine: Engine, sealer: Sealer, owner: str) -> None:
        self._engine = engine
        self._sealer = sealer
        self._owner = owner

    async def _fetch(self, statement: Statement, *row: object) -> list[Row]:
        return await self._fetch_each(statement, (row,))

    async def _fetch_each(self, statement: Statement, rows: Sequence[Row]) -> list[Row]:
        async def job(link: Link) -> list[Row]:
            return await link.fetch(statement, rows)

        if not rows:
            return []
        return await self._engine.read(job)

    async def _find(self, statement: Statement, *rows: Row) -> list[Row]:
        """Return single rows that *statement* finds by their keys."""
        return await self._engine.read_now(lambda link: link.fetch(statement, rows))

    async def _write(self, statement: Statement, rows: Sequence[Row]) -> list[Row]:
        """Run *statement* in a transaction of its own and return what it gives."""
        return await self._engine.write(lambda link: write_alone(link, statement, rows))

    async def _write_now(self, statement: Statement, row: Row) -> list[Row]:
        """Do as `_write` with a single *row* that touches few others."""
        return await self._engine.write_now(lambda link: write_alone(link, statement, (row,)))

    def _address(self, address: Address) -> bytes:
        return self._sealer.mac("address", address.channel, address.id)
