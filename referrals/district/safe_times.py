"""When somebody whose ticket lies in a vault may be contacted, by what they picked in its form."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from referrals.district.decent_hours import next_decent
from referrals.district.directory import DecentHours, FieldKind, SafeTime, Service
from referrals.district.working_days import WorkCalendar


class Safe(Struct, frozen=True):
    """The *hours* of every day, or the time *until* an instant; neither: they come to us."""

    hours: DecentHours | None = None
    until: datetime | None = None

    def opening(self, calendar: WorkCalendar, now: datetime) -> datetime | None:
        """Return *now* if contact is safe, else when it will be; None for never."""
        if self.until and now <= self.until:
            return now
        return next_decent(self.hours, calendar, now) if self.hours else None


NEVER = Safe()


def safe_times(service: Service, picked: Mapping[str, str], filed_at: datetime) -> Safe:
    """Return when contact is safe by the answers *picked* in the form of *service*."""
    for field in service.fields:
        for option in field.options:
            if option.safe and picked.get(field.key) == option.value:
                return _spelt_out(option.safe, filed_at)
    return NEVER


def unreachable(service: Service, picked: Mapping[str, str]) -> bool:
    """Tell whether the answers ask for a call or message, and give no number that is safe."""
    for field in service.fields:
        wanted = field.only_if and picked.get(field.only_if.key) in field.only_if.values
        if field.kind is FieldKind.PHONE and wanted and not picked.get(field.key):
            return True
    return False


def _spelt_out(row: SafeTime, filed_at: datetime) -> Safe:
    if row.minutes:
        return Safe(until=filed_at + timedelta(minutes=row.minutes))
    return Safe(hours=DecentHours(row.since, row.until))
