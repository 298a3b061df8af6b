"""What tells one channel from another, so that nobody has to ask which one it is."""

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

MARGIN: Final = timedelta(minutes=1)  # of a window that we leave, for a message takes its time


class Traits(Struct, frozen=True, kw_only=True, gc=False):
    """What is so on one channel. Nothing has a default: a new channel answers every question."""

    vouches: bool  # who writes is who it says; the sender of an SMS is easily made up
    id_is_number: bool  # an address of digits is a telephone number
    with_plus: bool  # … and is written with the plus of E.164
    is_line: bool  # … and a line: who never wrote is texted, and it may be another's one day
    is_metered: bool  # what is sent costs the kabupaten by its length
    opens_pages: bool  # a button may lead to a page
    window: timedelta | None  # in which whoever wrote may be written to freely; None for ever

    def free_until(self, wrote_at: datetime | None) -> datetime | None:
        """Return when the window closes for who last wrote at *wrote_at*; None without one."""
        return wrote_at + self.window - MARGIN if wrote_at and self.window else None

    def is_open(self, wrote_at: datetime | None, now: datetime) -> bool:
        """Say whether who last wrote at *wrote_at*, if ever, may be written to freely *now*."""
        until = self.free_until(wrote_at)
        return self.window is None or (until is not None and now < until)


TELEGRAM = Traits(
    vouches=True,
    id_is_number=False,
    with_plus=False,
    is_line=False,
    is_metered=False,
    opens_pages=True,
    window=None,
)
WHATSAPP = Traits(
    vouches=True,
    id_is_number=True,
    with_plus=False,
    is_line=False,
    is_metered=False,
    opens_pages=False,
    window=timedelta(hours=24),  # Meta's rule; later only templates pass
)
SMS = Traits(
    vouches=False,
    id_is_number=True,
    with_plus=True,
    is_line=True,
    is_metered=True,
    opens_pages=False,
    window=None,
)
WEB = Traits(  # nobody is written to there, and whoever reads it is not known
    vouches=False,
    id_is_number=False,
    with_plus=False,
    is_line=False,
    is_metered=False,
    opens_pages=True,
    window=None,
)
