"""A registry file as CSV: people out of rows, and rows out of people."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from msgspec import Struct

from registry_client.answers import Programme
from registry_client.csv_columns import Columns, columns_of, differs, gone, programme
from registry_client.csv_values import Unfit, born_on, desil_of, sixteen, village
from registry_client.nik import KkNumber, Nik
from registry_client.person import Person

DELIMITERS = ";\t|,"  # the last one where none stands in the header
HEADER = (
    "nik,no_kk,nama,tgl_lahir,kode_desa,desil,pkh,pkh_periode,sembako,sembako_periode,"
    "pbi_jk,pbi_jk_periode,padan,status_data"
)
WRITTEN = ("PKH", "SEMBAKO", "PBI-JK")


class RefusedRow(Struct, frozen=True):
    """A row that cannot be taken: its line, counted from 1, and why; never what it holds."""

    line: int
    reason: str


def read_rows(lines: Iterable[str]) -> Iterator[Person | RefusedRow]:
    """Yield each row of a CSV file as a Person, or the reason why it is none.

    Comma, semicolon, tab and bar are recognised by the header, and so is a byte order mark. Of
    rows with the same NIK the first counts.
    """
    rest = iter(lines)
    above, header = _header(rest)
    delimiter = max(DELIMITERS, key=lambda one: (header.count(one), one == ","))
    columns = columns_of(next(csv.reader([header], delimiter=delimiter), []))
    if columns.missing:
        yield RefusedRow(above, f"no column holds {columns.missing}")
        return
    seen: dict[str, int] = {}
    for line, cells in _cells(rest, delimiter, above):
        yield _once(line, _row(line, cells, columns), seen)


def _header(lines: Iterator[str]) -> tuple[int, str]:
    """Return the first line that names columns, and its number; Excel's sep= goes before."""
    number = 0
    for number, line in enumerate(lines, start=1):
        bare = line.strip().strip("\ufeff")
        if bare and not bare.startswith("sep="):
            return number, bare
    return max(number, 1), ""


def _cells(
    lines: Iterator[str], delimiter: str, above: int
) -> Iterator[tuple[int, list[str] | Unfit]]:
    """Yield the cells of each row that is not empty, with its line."""
    for number, line in enumerate(lines, start=above + 1):
        cells = _split(line, delimiter)
        if isinstance(cells, Unfit) or any(cells):
            yield number, cells


def _split(line: str, delimiter: str) -> list[str] | Unfit:
    """Return the cells of *line*. A row ends with its line: whatever comes after is read on."""
    reader = csv.reader((line, ""), delimiter=delimiter)
    try:
        cells = next(reader)
    except csv.Error:
        return Unfit("not readable as CSV")
    return Unfit("a quotation mark is never closed") if reader.line_num > 1 else cells


def _once(line: int, person: Person | RefusedRow, seen: dict[str, int]) -> Person | RefusedRow:
    if isinstance(person, RefusedRow):
        return person
    before = seen.setdefault(person.nik.digits, line)
    return person if before == line else RefusedRow(line, f"the NIK of line {before} again")


class _Named(Struct, frozen=True):
    """The cells of one row by what they hold; empty where the file has no such column."""

    cells: Sequence[str]
    columns: Columns

    def __getitem__(self, key: str) -> str:
        at = self.columns.places.get(key)
        return "" if at is None else self.cells[at]

    def programmes(self) -> Iterator[Programme | Unfit | None]:
        """Yield what the row says of each programme."""
        for code, flag, period in self.columns.programmes:
            yield programme(code, self.cells[flag], "" if period is None else self.cells[period])


def _row(line: int, cells: list[str] | Unfit, columns: Columns) -> Person | RefusedRow:
    if isinstance(cells, Unfit):
        return RefusedRow(line, cells.reason)
    if len(cells) < columns.width:
        return RefusedRow(line, "fewer columns than the header")
    places = columns.places
    nik, kk = sixteen(cells[places["nik"]]), sixteen(cells[places["kk"]])
    if isinstance(nik, Unfit):
        return RefusedRow(line, f"NIK {nik.reason}")
    if isinstance(kk, Unfit):
        return RefusedRow(line, f"KK number {kk.reason}")
    if nik == kk:
        return RefusedRow(line, "the KK number stands in the place of the NIK")
    return _person(line, nik, kk, _Named(cells, columns))


def _person(line: int, nik: str, kk: str, row: _Named) -> Person | RefusedRow:
    desil = desil_of(row["desil"])
    if isinstance(desil, Unfit):
        return RefusedRow(line, f"desil {desil.reason}")
    programmes: list[Programme] = []
    for one in row.programmes():
        if isinstance(one, Unfit):
            return RefusedRow(line, f"a programme's column is {one.reason}")
        if one is not None:
            programmes.append(one)
    return Person(
        nik=Nik(nik),
        kk=KkNumber(kk),
        name=row["name"].strip(),
        born=born_on(row["born"]),
        area=village(row["area"]),
        desil=desil,
        programmes=tuple(programmes),
        not_matched=differs(row["matched"]),
        needs_person=gone(row["status"]),
    )


def rows_of(people: Iterable[Person]) -> Iterator[str]:
    """Yield *people* as lines of CSV, the header first; `read_rows` reads them back."""
    yield HEADER + "\n"
    for person in people:
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(_written(person))
        yield line.getvalue()


def _written(person: Person) -> Iterable[str]:
    held = {programme.code: programme for programme in person.programmes}
    flags = (_flag(held.get(code)) for code in WRITTEN)
    return (
        person.nik.digits,
        person.kk.digits,
        person.name,
        person.born.isoformat() if person.born else "",
        person.area,
        str(person.desil or ""),
        *chain.from_iterable(flags),
        "TIDAK" if person.not_matched else "YA",
        "ANOMALI" if person.needs_person else "",
    )


def _flag(programme: Programme | None) -> tuple[str, str]:
    if programme is None:
        return "TIDAK", ""
    return "YA" if programme.active else "NONAKTIF", programme.period
