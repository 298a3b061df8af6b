"""Running Alembic on a connection of ours, one process at a time."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import URL, Connection
from sqlalchemy.ext.asyncio import create_async_engine

from storage.database.apart import run_apart

STEPS = Path(__file__).parents[1] / "migrations"
ONE_AT_A_TIME = 7_261_002  # PostgreSQL's advisory lock for processes that start together
PATIENCE = 30.0  # seconds


def upgrade(url: URL, head: str) -> None:
    """Run the steps up to *head* that the database at *url* lacks, in one transaction."""
    if url.drivername == "sqlite":
        _upgrade_sqlite(url, head)
    else:
        run_apart(_upgrade_postgres(url, head))


def _upgrade_sqlite(url: URL, head: str) -> None:
    engine = sa.create_engine(url, connect_args={"timeout": PATIENCE})
    sa.event.listen(engine, "connect", _leave_transactions_to_us)
    sa.event.listen(engine, "begin", _begin_at_once)
    try:
        with engine.begin() as connection:
            steps(connection, head)
    finally:
        engine.dispose()


def _leave_transactions_to_us(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver's own
    connection.isolation_level = None


def _begin_at_once(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


async def _upgrade_postgres(url: URL, head: str) -> None:
    engine = create_async_engine(url.set(drivername="postgresql+asyncpg"))
    try:
        async with engine.begin() as connection:
            await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
            await connection.run_sync(steps, head)
    finally:
        await engine.dispose()


def steps(connection: Connection, head: str) -> None:
    """Run the missing steps on *connection*, within its transaction."""
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    config.attributes["connection"] = connection
    command.upgrade(config, head)
