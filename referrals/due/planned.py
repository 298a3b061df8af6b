"""One thing that is to be done by the clocks, if nobody does anything before."""

from datetime import datetime

from msgspec import Struct

from referrals import commands as c


class Planned(Struct, frozen=True):
    """What is to be done, and not before when (UTC)."""

    at: datetime
    command: c.Command
