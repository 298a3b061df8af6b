"""When a citizen may be written to unasked: nobody's night is disturbed for a notice."""

from datetime import datetime, time

from referrals.district.days import A_DAY
from referrals.district.directory import DecentHours
from referrals.district.working_days import WorkCalendar, local


def next_decent(hours: DecentHours, calendar: WorkCalendar, instant: datetime) -> datetime:
    """Return *instant* if it is a decent one, else the beginning of the next decent hours.

    Holidays are decent: people are at home. Raises ValueError for an instant without a zone.
    """
    here = local(calendar, instant)
    begins = time.fromisoformat(hours.since)
    if begins <= here.time() < time.fromisoformat(hours.until):
        return instant
    day = here if here.time() < begins else here + A_DAY
    return datetime.combine(day, begins, here.tzinfo).astimezone(instant.tzinfo)
