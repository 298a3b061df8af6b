"""A workbook's first sheet as lines of CSV, so that a registry's file is read in one way only."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

INEXACT = 10**15  # a spreadsheet's number of more digits than fifteen is a rounded one


class UnreadableError(ValueError):
    """The file is no workbook that can be opened."""


def is_workbook(file: Path) -> bool:
    """Say whether *file* is a workbook by its name."""
    return file.suffix.lower() in {".xlsx", ".xlsm"}


def rows_in(file: Path) -> int:
    """Return how many rows the first sheet says that it has. Raises UnreadableError."""
    with _first_sheet(file) as sheet:
        return sheet.max_row or 0


def lines_of(file: Path) -> Iterator[str]:
    """Yield every row of the first sheet, also an empty one: a line's number is its row's.

    A number of sixteen digits is written as the rounded one that it is, which no NIK can be read
    from. Raises UnreadableError.
    """
    width = 0
    with _first_sheet(file) as sheet:
        sheet.reset_dimensions()  # what a sheet says of its own size is often wrong
        for row in sheet.rows:
            cells = [cell.value for cell in row]
            width = max(width, len(cells))
            yield _line(
                [*cells, *[None] * (width - len(cells))]
            )  # a sheet leaves out what is empty


@contextmanager
def _first_sheet(file: Path) -> Iterator["ReadOnlyWorksheet"]:
    from openpyxl import load_workbook  # noqa: PLC0415 - 0.3 s of a start, for who brings a workbook
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - see above

    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnreadableError(file.name) from error
    try:
        yield book.worksheets[0]
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
