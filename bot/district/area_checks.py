"""What must be true of a district's kecamatan and villages."""

import re
from collections.abc import Iterator

from bot.district.files import KecamatanRow, Rows, VillageKind, VillageRow
from bot.district.findings import Notes, Trail
from bot.district.texts import check_text

DISTRICT = re.compile(r"\d\d\.\d\d")
SUFFIXES = {  # the fourth group of a Kemendagri code says what a village is
    VillageKind.KELURAHAN: re.compile(r"\.1\d{3}"),
    VillageKind.DESA: re.compile(r"\.[23]\d{3}"),  # 3 is a desa adat
}
NAME = 40  # characters


def check_areas(rows: Rows, notes: Notes) -> None:
    """Note every area whose code, name or place in the tree is wrong."""
    above = rows.district.code
    if not DISTRICT.fullmatch(above):
        notes.at(("district", "code"), "must be a Kemendagri code such as 99.01")
    notes.twice(_codes(rows))
    for at, row in enumerate(rows.areas):
        _kecamatan(("areas", at), row, above, notes)


def _codes(rows: Rows) -> Iterator[tuple[Trail, str]]:
    for at, row in enumerate(rows.areas):
        yield ("areas", at, "code"), row.code
        for place, village in enumerate(row.desa):
            yield ("areas", at, "desa", place, "code"), village.code


def _kecamatan(trail: Trail, row: KecamatanRow, above: str, notes: Notes) -> None:
    if not re.fullmatch(rf"{re.escape(above)}\.\d\d", row.code):
        notes.at((*trail, "code"), f"must be {above} and two digits more")
    check_text((*trail, "name"), row.name, NAME, notes)
    if not row.desa:
        notes.at((*trail, "desa"), "a kecamatan has villages")
    villages = tuple(((*trail, "desa", at), one) for at, one in enumerate(row.desa))
    notes.twice(((*place, "name"), one.name.casefold()) for place, one in villages)
    for place, one in villages:
        _village(place, one, row.code, notes)


def _village(trail: Trail, row: VillageRow, above: str, notes: Notes) -> None:
    suffix = row.code.removeprefix(above)
    if not SUFFIXES[row.kind].fullmatch(suffix):
        notes.at((*trail, "code"), f"a {row.kind.value} here is {above} and four digits more")
    check_text((*trail, "name"), row.name, NAME, notes)
