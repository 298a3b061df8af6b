"""What must be true of when people are written to, and who hears when an office is late."""

from bot.district.calendar_checks import HOUR
from bot.district.files import Header
from bot.district.findings import Notes
from referrals.district.directory import District

BOUNDS = (
    ("ring_every", range(1, 61), "must be from 1 to 60 minutes"),
    ("most_open", range(3, 101), "must be from 3 to 100 tickets"),
    ("lease_hours", range(1, 81), "must be from 1 to 80 hours"),
    ("looks_a_day", range(20, 1001), "must be from 20 to 1000 people"),
)


def check_notices(header: Header, district: District, notes: Notes) -> None:
    """Note hours that are none, and levels at which nobody would hear."""
    hours = header.decent_hours
    for key, hour in (("from", hours.since), ("to", hours.until)):
        if not HOUR.fullmatch(hour):
            notes.at(("district", "decent_hours", key), 'must be a time such as "07:00"')
    if hours.until <= hours.since:
        notes.at(("district", "decent_hours", "to"), "must be after it begins, on the same day")
    for key in ("level_2", "level_3"):
        code = getattr(header.escalation, key)
        if code and code not in district.agencies:
            notes.at(("district", "escalation", key), f"no agency '{code}'")
    for key, span, problem in BOUNDS:
        if getattr(header, key) not in span:
            notes.at(("district", key), problem)
