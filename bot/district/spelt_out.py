"""The rows of a district's folder spelt out, such as an agency for each desa."""

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec.structs import asdict, replace

from bot.district.alarm_rows import alarms_of
from bot.district.files import CalendarFile, Each, EachRow, KecamatanRow, Rows
from referrals.district.directory import Agency, Area, District
from referrals.district.ways import Way
from referrals.district.words import Words
from referrals.district.working_days import WorkCalendar


def district_of(rows: Rows) -> District:
    """Return the District that *rows* describe; of codes that stand twice the last one counts."""
    areas = tuple(areas_of(rows.areas))
    return District(
        **asdict(rows.district),
        groups=rows.groups,
        services={service.code: service for service in rows.services},
        agencies={
            agency.code: agency
            for agency in (*each_agency(rows.agencies.each, areas), *rows.agencies.agencies)
        },
        areas={area.code: area for area in areas},
        hotlines=rows.hotlines,
        alarms=alarms_of(rows.alarms),
        calendar=calendar_of(rows.calendar),
        staff_roles={role.code: role for role in rows.roles},
        replies=rows.replies,
    )


def areas_of(rows: Iterable[KecamatanRow]) -> Iterator[Area]:
    """Yield each kecamatan, followed by its villages."""
    for row in rows:
        yield Area(code=row.code, name=row.name, kind="kecamatan", aliases=row.aliases)
        for one in row.desa:
            yield Area(
                code=one.code,
                name=one.name,
                kind=one.kind.value,
                parent=row.code,
                aliases=one.aliases,
            )


def each_agency(rows: Iterable[EachRow], areas: tuple[Area, ...]) -> Iterator[Agency]:
    """Yield the agencies of the rows that stand for one agency per area."""
    names = {area.code: area.name for area in areas}
    often = Counter(area.name for area in areas if area.parent)
    for row in rows:
        for area in areas:
            if (area.parent == "") == (row.area is Each.KECAMATAN):
                shared = f" ({names[area.parent]})" if often[area.name] > 1 else ""
                yield _agency(row, area, area.name + shared)


def _agency(row: EachRow, area: Area, name: str) -> Agency:
    fill = {"{code}": area.code.replace(".", ""), "{kind}": area.kind.title(), "{name}": name}
    return Agency(
        code=_filled(row.code, fill),
        name=_filled_words(row.name, fill),
        roles=row.roles,
        level=row.level,
        areas=(area.code,),
        office=_filled_words(row.office, fill) if row.office else None,
        ways=tuple(_filled_way(way, fill) for way in row.ways),
    )


def _filled_way(way: Way, fill: dict[str, str]) -> Way:
    texts = {key: value for key, value in asdict(way).items() if isinstance(value, str)}
    return replace(way, **{key: _filled(value, fill) for key, value in texts.items()})


def _filled_words(words: Words, fill: dict[str, str]) -> Words:
    brief = _filled_words(words.brief, fill) if words.brief else None
    return Words(id=_filled(words.id, fill), en=_filled(words.en, fill), brief=brief)


def _filled(text: str, fill: dict[str, str]) -> str:
    for mark, value in fill.items():
        text = text.replace(mark, value)
    return text


def calendar_of(row: CalendarFile) -> WorkCalendar:
    """Return the calendar with its closed days, whatever closes them."""
    return WorkCalendar(
        zone=row.zone,
        weekdays=frozenset(row.weekdays),
        opens=row.opens,
        closes=row.closes,
        holidays=frozenset(day.on for year in row.years for day in year.days),
        years=frozenset(year.year for year in row.years),
    )
