"""The tables behind the work list: whose turn it is, who took it on, who looks, and notes."""

import sqlalchemy as sa

from storage.tables.schema import Bytewise, Number, metadata

worklist = sa.Table(
    "worklist",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("leg", sa.Integer, primary_key=True, autoincrement=False),  # 0 is the whole ticket
    sa.Column("agency", sa.Text, nullable=False),  # whose share; of a whole ticket who has it now
    sa.Column("service", sa.Text, nullable=False),
    sa.Column("area", Bytewise, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # as whose share it is reads it
    sa.Column("turn", sa.Text, nullable=False),  # desk, agency, citizen or nobody
    sa.Column("priority", sa.Text, nullable=False),
    sa.Column("sensitivity", sa.Text, nullable=False),
    sa.Column("kept_out", sa.Text, nullable=False, server_default=""),  # roles, each as "|role|"
    sa.Column("channel", sa.Text, nullable=False),  # "" of a vault's
    sa.Column("opened_at", sa.BigInteger, nullable=False),
    sa.Column("due_at", sa.BigInteger, nullable=False),  # the highest number where nothing is
    sa.Column("risk_at", sa.BigInteger, nullable=False),  # from when on a quarter is left
    comment="Tickets, and each office's share of them, by when something is due.",
)
_open = worklist.c.turn != "nobody"
_whole = worklist.c.leg == 0
_shares = worklist.c.leg > 0
for _name, _rows, _columns in (
    ("worklist_whole", _open & _whole, ("due_at", "code", "leg")),
    ("worklist_turn", _open & _whole, ("turn", "due_at", "code", "leg")),
    ("worklist_area", _open & _whole, ("area", "due_at")),
    ("worklist_shares", _open & _shares, ("agency", "due_at", "code", "leg")),
    ("worklist_area_over", ~_open & _whole, ("area", "opened_at")),
    ("worklist_of", _shares, ("agency", "code")),
    ("worklist_over", ~_open & _whole, ("opened_at", "code", "leg")),
    ("worklist_shares_over", ~_open & _shares, ("agency", "opened_at", "code", "leg")),
):
    sa.Index(
        _name, *(worklist.c[name] for name in _columns), sqlite_where=_rows, postgresql_where=_rows
    )

holdings = sa.Table(
    "holdings",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("leg", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("holder", sa.Text, nullable=False),  # id of an account
    sa.Column("until", sa.BigInteger, nullable=False),  # then it is anybody's again
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Index("holdings_of", "holder"),
    comment="Who has taken which case on, for as long as they do something about it.",
)

presences = sa.Table(
    "presences",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("staff", sa.Text, primary_key=True),  # id of an account
    sa.Column("until", sa.BigInteger, nullable=False, index=True),
    comment="Who has which case open, for some seconds at a time.",
)

case_notes = sa.Table(
    "case_notes",
    metadata,
    sa.Column("id", Number, primary_key=True, autoincrement=False),
    sa.Column("code", sa.Text, nullable=False, index=True),
    sa.Column("purpose", sa.Text, nullable=False),  # ticket or vault
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # who, of which office, and what
    sa.Column("at", sa.BigInteger, nullable=False),
    comment="What officers write for each other about a case; never for its citizen.",
)
