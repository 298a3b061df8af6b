"""The tables of chats from which people of the console work, each bound by a code."""

import sqlalchemy as sa

from storage.tables.schema import metadata

staff_chats = sa.Table(
    "staff_chats",
    metadata,
    sa.Column("address", sa.LargeBinary, primary_key=True),  # mac of the chat's address
    sa.Column("staff", sa.Text, nullable=False, index=True),  # id of an account
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # the address
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("seen", sa.BigInteger, nullable=False),  # when it was last worked from, to a day
    comment="Chats from which people of the console work.",
)

staff_chat_codes = sa.Table(
    "staff_chat_codes",
    metadata,
    sa.Column("staff", sa.Text, primary_key=True),  # one code each: the newest
    sa.Column("mark", sa.LargeBinary, nullable=False, unique=True),  # mac of the code
    sa.Column("until", sa.BigInteger, nullable=False),
    comment="Codes shown in the console, to be typed in a chat.",
)
