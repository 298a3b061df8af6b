"""The table of village meetings: what their minutes say, and which photos show them."""

import sqlalchemy as sa

from storage.tables.schema import metadata

village_meetings = sa.Table(
    "village_meetings",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),  # also the code under which its photos are kept
    sa.Column("office", sa.Text, nullable=False, index=True),  # the village's agency code
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # day, number, who attended, who wrote it
    sa.Column("at", sa.BigInteger, nullable=False),
    comment="Meetings at which a village decides about proposals.",
)
