"""The tables of photos and documents that a ticket has, and of who looked at them."""

import sqlalchemy as sa

from storage.tables.schema import metadata

files = sa.Table(
    "files",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, nullable=False, index=True),  # of the ticket
    sa.Column("seq", sa.Integer, nullable=False),  # of the log entry it came with
    sa.Column("purpose", sa.Text, nullable=False),  # file or vault
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # kind, size, digest
    sa.Column("at", sa.BigInteger, nullable=False),
    comment="Photos and documents, whose sealed content lies in the data folder.",
)

file_marks = sa.Table(
    "file_marks",
    metadata,
    sa.Column("mark", sa.LargeBinary, primary_key=True),  # mac of its bytes or of its picture
    sa.Column("file", sa.Text, nullable=False, index=True),
    sqlite_with_rowid=False,
    comment="What a file is known again by: no proof of work counts twice.",
)

file_looks = sa.Table(
    "file_looks",
    metadata,
    sa.Column("mark", sa.LargeBinary, primary_key=True),  # mac of one stripe of its look
    sa.Column("file", sa.Text, primary_key=True),
    sqlite_with_rowid=False,
    comment="What photos look like from afar, in stripes: a changed one is known.",
)
