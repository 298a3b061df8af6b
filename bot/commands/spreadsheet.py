"""A workbook's first sheet as lines of CSV, so that a registry's file is read in one way only."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

ROWS, COLUMNS = 2**20, 200  # as many rows as a sheet can have, and more columns than a registry
SWOLLEN = 1 << 30  # bytes of all parts together, unpacked
INEXACT = 10**15  # a spreadsheet's number of more digits than fifteen is a rounded one


class UnreadableError(ValueError):
    """The file is no workbook that can be opened."""


def is_workbook(file: Path) -> bool:
    """Say whether *file* is a workbook by its name."""
    return file.suffix.lower() in {".xlsx", ".xlsm"}


def lines_of(file: Path) -> Iterator[str]:
    """Yield every row of the first sheet, also an empty one: a line's number is its row's.

    A number of sixteen digits is written as the rounded one that it is, which no NIK can be read
    from. Raises UnreadableError, which never tells what the file holds.
    """
    _bounded(file)
    width = 0
    with _first_sheet(file) as sheet:
        for number, row in enumerate(_rows(sheet, file), start=1):
            if number > ROWS or len(row) > COLUMNS:
                raise UnreadableError(file.name)
            width = max(width, len(row))
            yield _line([*row, *[None] * (width - len(row))])  # a sheet leaves out what is empty


def _bounded(file: Path) -> None:
    """Open nothing that would swell beyond what a kabupaten's registry takes."""
    try:
        with ZipFile(file) as parts:
            swollen = sum(part.file_size for part in parts.infolist())
    except (BadZipFile, OSError):
        raise UnreadableError(file.name) from None
    if swollen > SWOLLEN:
        raise UnreadableError(file.name)


def _rows(sheet: "ReadOnlyWorksheet", file: Path) -> Iterator[list[object]]:
    sheet.reset_dimensions()  # what a sheet says of its own size is often wrong
    rows = iter(sheet.rows)
    while True:
        try:
            row = next(rows, None)
        except (ParseError, ValueError, LookupError, TypeError, OSError):
            raise UnreadableError(file.name) from None  # its words would tell what a cell holds
        if row is None:
            return
        yield [cell.value for cell in row]


@contextmanager
def _first_sheet(file: Path) -> Iterator["ReadOnlyWorksheet"]:
    from openpyxl import load_workbook  # noqa: PLC0415 - 0.3 s of a start, for who brings a workbook
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - see above

    unreadable = InvalidFileException, BadZipFile, ParseError, ValueError, LookupError, OSError
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
    except unreadable:
        raise UnreadableError(file.name) from None
    try:
        yield sheet
    finally:
        book.close()


def _line(row: Sequence[object]) -> str:
    if all(cell is None for cell in row):
        return "\n"
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(_written(cell) for cell in row)
    return line.getvalue()


def _written(cell: object) -> str:
    match cell:
        case None:
            told = ""
        case bool():
            told = "ya" if cell else "tidak"
        case int() | float() if abs(cell) >= INEXACT:
            told = f"{cell:.14e}"
        case float() if cell.is_integer():
            told = str(int(cell))
        case date():
            told = cell.strftime("%Y-%m-%d")
        case _:
            told = " ".join(str(cell).split())
    return told
