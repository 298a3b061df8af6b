"""How long WhatsApp takes free words after somebody wrote; later only templates pass (Meta)."""

from datetime import datetime, timedelta
from typing import Final

WINDOW: Final = timedelta(hours=24)
MARGIN: Final = timedelta(minutes=1)  # of it that we leave, for a message takes its time


def free_until(wrote_at: datetime) -> datetime:
    """Return until when somebody who last wrote at *wrote_at* may be written to freely."""
    return wrote_at + WINDOW - MARGIN
