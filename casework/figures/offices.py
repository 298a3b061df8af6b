"""Offices as lines of a table: the many of villages and kecamatan stand together."""

from collections import Counter
from collections.abc import Mapping

from referrals.district.directory import District, Level

VILLAGES, SUBDISTRICTS = "villages", "subdistricts"


def together(counts: Mapping[str, int], district: District) -> Counter[str]:
    """Return *counts* by agency with all villages in one line and all sub-districts in another."""
    found: Counter[str] = Counter()
    for code, n in counts.items():
        found[_line(code, district)] += n
    return found


def rows_of(first: Mapping[str, int], *others: Mapping[str, int]) -> list[str]:
    """Return every line there is, those with the most of *first* on top."""
    every = {name for counts in (first, *others) for name in counts}
    return sorted(every, key=lambda name: (-first.get(name, 0), name))


def _line(code: str, district: District) -> str:
    row = district.agencies.get(code)
    if row is None or not row.areas:
        return code
    return VILLAGES if row.level is Level.VILLAGE else SUBDISTRICTS
