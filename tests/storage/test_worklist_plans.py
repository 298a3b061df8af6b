"""How rows of the work list are found: by the index that knows the fewest of them."""

import sqlite3
from contextlib import closing

import asyncpg

from storage.postgres import connect
from storage.worklist import _counts, _page
from storage.worklist_terms import Sieve, shape_of

VILLAGE = Sieve(
    areas=("99.01.01.2001",), or_shares_of="desa-9901012001", sensitivities=("ordinary",)
)


async def plan(connection: "asyncpg.Connection[asyncpg.Record]", sieve: Sieve) -> str:
    """Return how the first page of what passes *sieve* is found, where all rows cost dearly."""
    terms = sieve.terms()
    script = _page(shape_of(terms)).postgres
    values = script.pick((*(value for term in terms for value in term.values), 51))
    await connection.execute("SET enable_seqscan = off")
    rows = await connection.fetch(f"EXPLAIN {script.text}", *values)
    return "\n".join(row[0] for row in rows)


async def test_codes_are_compared_alike_in_all_tables(postgres_url: str) -> None:
    """Else no index of one table finds a code that stands in another."""
    connection = await connect(postgres_url)
    kinds = await connection.fetch(
        "SELECT DISTINCT collation_name FROM information_schema.columns"
        " WHERE column_name = 'code' AND table_schema = 'public'"
    )
    await connection.close()
    assert [kind for (kind,) in kinds] == [None]


async def test_a_page_finds_its_tickets_and_an_offices_shares_by_an_index(
    postgres_url: str,
) -> None:
    """Fifty tickets are found one by one; no list reads them all."""
    connection = await connect(postgres_url)
    found = await plan(connection, VILLAGE)
    await connection.close()
    assert "tickets_pkey" in found
    assert "Index Cond: (agency = " in found
    assert "COLLATE" not in found


def test_an_office_counts_what_is_open_alone(sqlite_url: str) -> None:
    """Neither its counts nor a desk's list go through all that was ever theirs."""
    office = Sieve(shares_of=("dinsos",), sensitivities=("ordinary",))
    desk = Sieve(sensitivities=("ordinary",), turn="desk")
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection:
        for sieve, index in ((office, "worklist_shares"), (desk, "worklist_turn")):
            shape = shape_of(sieve.terms())
            for found in (_page(shape), _counts(shape, ((),), few=False)):
                text = found.sqlite.text
                values = [1] * text.count("?")
                rows = connection.execute(f"EXPLAIN QUERY PLAN {text}", values)
                assert any(f"worklist USING INDEX {index} (" in row[3] for row in rows)
