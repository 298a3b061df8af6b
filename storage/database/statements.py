"""Statements in SQLAlchemy Core, compiled once per dialect and then run on the raw driver.

A statement is written for one given row. SQLite runs it row by row; PostgreSQL runs it once for
all rows, which arrive as one array per column, unless the statement is `alone`.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import asyncpg as postgresql_asyncpg
from sqlalchemy.sql.compiler import SQLCompiler

Insert = sqlite.Insert | postgresql.Insert
Build = Callable[["Given"], sa.sql.base.Executable]
Constants = dict[str, sa.ColumnElement[Any]]
Pick = Callable[[tuple[Any, ...]], tuple[Any, ...]]

SQLITE = sqlite.dialect()
POSTGRES = postgresql_asyncpg.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy left it untyped


class Given:
    """The row a statement is run with, as the statement's text sees it."""

    def __init__(self, columns: Sequence[sa.ColumnClause[Any]]) -> None:
        self._columns = {column.name: column for column in columns}

    def __getitem__(self, name: str) -> sa.ColumnElement[Any]:
        """Return the given value of column *name*."""
        return sa.bindparam(name, type_=self._columns[name].type)

    def insert(self, table: sa.Table, **constants: sa.ColumnElement[Any]) -> Insert:
        """Return an INSERT of the given row, completed by *constants*, into *table*."""
        return sqlite.insert(table).values(self._values(table, constants))

    def into(self, table: sa.Table) -> Insert:
        """Return an INSERT into *table*, to be completed by `from_select`."""
        return sqlite.insert(table)

    def _values(self, table: sa.Table, constants: Constants) -> Constants:
        return {name: self[name] for name in self._columns if name in table.c} | constants


class GivenAlone(Given):
    """One row, for PostgreSQL."""

    def insert(self, table: sa.Table, **constants: sa.ColumnElement[Any]) -> Insert:
        return postgresql.insert(table).values(self._values(table, constants))

    def into(self, table: sa.Table) -> Insert:
        return postgresql.insert(table)


class GivenArrays(Given):
    """All rows at once, for PostgreSQL."""

    def __init__(self, columns: Sequence[sa.ColumnClause[Any]]) -> None:
        super().__init__(columns)
        arrays = [sa.bindparam(c.name, type_=postgresql.ARRAY(c.type)) for c in columns]
        shape = [sa.column(c.name, c.type) for c in columns]
        self._rows = sa.func.unnest(*arrays).table_valued(*shape).render_derived(name="given")

    def __getitem__(self, name: str) -> sa.ColumnElement[Any]:
        return self._rows.c[name]

    def insert(self, table: sa.Table, **constants: sa.ColumnElement[Any]) -> Insert:
        values = self._values(table, constants)
        return self.into(table).from_select(list(values), sa.select(*values.values()))

    def into(self, table: sa.Table) -> Insert:
        return postgresql.insert(table)


class Script:
    """A compiled statement: its text, and how a row becomes its arguments."""

    def __init__(self, compiled: SQLCompiler, columns: Sequence[str]) -> None:
        self.text = str(compiled)
        names = list(compiled.positiontup or ())
        constants = {n: v for n, v in compiled.params.items() if n not in columns}
        self._as_it_is = names == list(columns)
        self.pick = _picker(names, list(columns), constants)

    def picked(self, rows: Iterable[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
        """Return the arguments of all *rows*: the rows themselves where they need no change."""
        return rows if self._as_it_is else map(self.pick, rows)


class Statement:
    """One statement, written once for both databases.

    *row* are the given columns in the order in which rows come, `names` what they are called.
    *key* is the column by which `Link.hits` tells the rows apart.
    """

    def __init__(
        self,
        build: Build,
        *row: sa.ColumnClause[Any],
        key: sa.Column[Any] | None = None,
        alone: bool = False,
    ) -> None:
        self._build = build
        self._row = row
        self.names = [column.name for column in row]
        self._key = key
        self.alone = alone
        self.key = self.names.index(key.name) if key is not None else 0

    @cached_property
    def sqlite(self) -> Script:
        """The statement for SQLite, one row at a time."""
        built = self._build(Given(self._row))
        return Script(_compiled(built, SQLITE), self.names)

    @cached_property
    def postgres(self) -> Script:
        """The statement for PostgreSQL, all rows at a time; `alone` ones take a single row."""
        built = self._build((GivenAlone if self.alone else GivenArrays)(self._row))
        if self._key is not None and isinstance(built, sa.Insert | sa.Update | sa.Delete):
            built = built.returning(self._key)
        return Script(_compiled(built, POSTGRES), self.names)


def _compiled(built: sa.sql.base.Executable, dialect: sa.Dialect) -> SQLCompiler:
    compiled = built.compile(dialect=dialect)  # type: ignore[attr-defined]  # every Core statement has it
    assert isinstance(compiled, SQLCompiler)  # noqa: S101 - for the type checker; DDL never comes here
    return compiled


def constant(sql: str) -> sa.ColumnElement[Any]:
    """Return the constant *sql*, written into the statement itself."""
    return sa.literal_column(sql)


def _picker(names: list[str], columns: list[str], constants: dict[str, Any]) -> Pick:
    if names == columns:
        return _as_it_is
    extra = tuple(constants.values())
    order = [*columns, *constants]
    places = [order.index(name) for name in names]
    if len(places) == 1:
        return lambda row: ((row + extra)[places[0]],)
    pick = itemgetter(*places) if places else lambda _: ()
    return lambda row: pick(row + extra)


def _as_it_is(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return row
