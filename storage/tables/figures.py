"""What figures are made of: one narrow row for each thing that happened and is counted.

Everything here is found anew from the logs of tickets, see `casework.figures`.
"""

import sqlalchemy as sa

from storage.tables.cases import tickets
from storage.tables.schema import metadata

counted = sa.Table(
    "counted",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("day", sa.Integer, nullable=False),  # proleptic ordinal, of the district's zone
    sa.Column("service", sa.Text, nullable=False),
    sa.Column("area", sa.Text, nullable=False),  # of a kecamatan, never finer; "" of a vault
    sa.Column("agency", sa.Text, nullable=False),
    sa.Column("value", sa.Integer, nullable=False),
    sa.Index("counted_by_kind", "kind", "day", "service", "area", "agency", "value"),
    sa.Index("counted_by_service", "kind", "service", "day", "area", "agency", "value"),
    sa.Index("counted_by_area", "kind", "area", "day", "service", "agency", "value"),
    sqlite_with_rowid=False,
    comment="What happened to tickets, as figures count it.",
)
summed = sa.Table(
    "summed",
    metadata,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("dimension", sa.Text, primary_key=True),  # of `counted`: service, area or agency
    sa.Column("week", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", sa.Text, primary_key=True),  # in that dimension
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("total", sa.BigInteger, nullable=False),  # of the values
    sqlite_with_rowid=False,
    comment="Weekly sums of what is counted, by one dimension at a time.",
)
_unfigured = tickets.c.figured != tickets.c.events
sa.Index(
    "tickets_unfigured",
    tickets.c.code,
    sqlite_where=_unfigured,
    postgresql_where=_unfigured,
)
