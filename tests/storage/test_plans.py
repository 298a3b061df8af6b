"""How rows are found where there are many: by the index that knows the fewest of them."""

import sqlite3
from contextlib import closing

import pytest

from storage.cases.earlier import OF_FAMILY as FILED_BEFORE
from storage.console.worklist import _counts, _page
from storage.console.worklist_terms import Sieve, shape_of
from storage.database.postgres import connect
from storage.database.statements import Statement
from storage.registry.families import OF_FAMILY

VILLAGE = Sieve(
    areas=("99.01.01.2001",), or_shares_of="desa-9901012001", sensitivities=("ordinary",)
)


async def plan(url: str, statement: Statement, *values: object) -> str:
    """Return how *statement* finds its rows in an empty database, where all rows cost dearly."""
    connection = await connect(url)
    await connection.execute("SET enable_seqscan = off")
    script = statement.postgres
    rows = await connection.fetch(f"EXPLAIN {script.text}", *script.pick(values))
    await connection.close()
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
    terms = VILLAGE.terms()
    values = (value for term in terms for value in term.values)
    found = await plan(postgres_url, _page(shape_of(terms)), *values, 51)
    assert "tickets_pkey" in found
    assert "Index Cond: (agency = " in found
    assert "COLLATE" not in found


@pytest.mark.parametrize(("statement", "of"), [(OF_FAMILY, "482109379"), (FILED_BEFORE, b"a mac")])
async def test_a_familys_tickets_are_found_by_their_niks(
    statement: Statement, of: object, postgres_url: str
) -> None:
    """Neither who opens a case nor who files one waits until all tickets are read."""
    found = await plan(postgres_url, statement, of, 0)
    assert "tickets_of_nik" in found
    assert "Seq Scan on tickets" not in found


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
