"""The table of photos and documents that came and that no ticket has yet."""

import sqlalchemy as sa

from storage.tables.schema import metadata

arrivals = sa.Table(
    "arrivals",
    metadata,
    sa.Column("mark", sa.LargeBinary, primary_key=True),  # mac of the channel's own file id
    sa.Column("address", sa.LargeBinary, nullable=False, index=True),  # whose it is
    sa.Column(
        "code", sa.Text, nullable=False, index=True
    ),  # of the ticket it was filed with, or ''
    sa.Column("file", sa.Text, nullable=False, index=True),  # its content on the shelf, or ''
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # what it is called, and what it is
    sa.Column("at", sa.BigInteger, nullable=False),
    comment="Files that citizens sent, until a ticket has them or nobody needs them.",
)
