"""The district's working days: deadlines are counted in them, never in hours of the night."""

from datetime import date

from msgspec import Struct


class WorkCalendar(Struct, frozen=True, kw_only=True):
    """When the district's offices work. Years without holidays are a mistake, never a guess."""

    zone: str  # IANA name: Asia/Jakarta (WIB), Asia/Makassar (WITA) or Asia/Jayapura (WIT)
    weekdays: frozenset[int] = frozenset({1, 2, 3, 4, 5})  # ISO weekdays, Monday is 1
    opens: str = "08:00"
    closes: str = "15:30"
    holidays: frozenset[date] = frozenset()  # national holidays, cuti bersama, local closures
    years: frozenset[int] = frozenset()  # the years whose holidays are known
