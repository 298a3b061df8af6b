"""The tables of the local copy of the social registry."""

import sqlalchemy as sa

from storage.tables.schema import metadata

people = sa.Table(
    "people",
    metadata,
    sa.Column("nik", sa.LargeBinary, primary_key=True),
    sa.Column("kk", sa.LargeBinary, nullable=False),
    sa.Column("proof", sa.LargeBinary, nullable=False),  # mac of NIK and last four of the KK
    sa.Column("digest", sa.LargeBinary, nullable=False),  # mac of the whole row: did it change?
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # name, birth and the rest
    sa.Column("area", sa.Text, nullable=False),
    sa.Column("desil", sa.Integer),
    sa.Column("programmes", sa.Text, nullable=False),  # JSON
    sa.Column("condition", sa.Text, nullable=False),  # listed, not_matched or needs_person
    sa.Column("edition", sa.Integer, nullable=False),  # rank of the last import with this row
    sa.Index("people_of_kk", "kk"),
    comment="The local copy of the social registry.",
)

editions = sa.Table(
    "editions",
    metadata,
    sa.Column("version", sa.Text, primary_key=True),
    sa.Column("as_of", sa.Text, nullable=False),  # ISO date
    sa.Column("rank", sa.Integer, nullable=False, unique=True),  # rises with as_of
    sa.Column("state", sa.Text, nullable=False),  # loading or loaded
    comment="Editions of the registry; of those loaded, the one of the highest rank counts.",
)
