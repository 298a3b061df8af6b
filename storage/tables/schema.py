"""What all tables are made of.

Instants are microseconds since 1970 (see `instants`); `sealed` columns hold what `sealing` made
of personal words; other binary columns are macs, by which it is found again.
"""

import sqlalchemy as sa

metadata = sa.MetaData()
Bytewise = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # in no language's order
Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # there, INTEGER has 64 bits too
