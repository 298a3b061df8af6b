"""Tables of figures as files. A text that a spreadsheet would reckon with is made a plain text."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

from msgspec import Struct

RECKONED = ("=", "+", "-", "@", "\t", "\r")  # what a formula begins with, in some program
LONGEST = 31  # characters of a sheet's name
UNFIT = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))  # what no sheet's name may hold
WIDE, NARROW = 34, 14  # characters of the first column, of the others

Text = int | str


class Worksheet(Struct, frozen=True):
    """A table in words: its name, what it says of itself, its headings and its lines."""

    name: str
    note: str
    heads: Sequence[str]
    lines: Sequence[Sequence[Text]]


def as_csv(sheet: Worksheet) -> bytes:
    """Return *sheet* as CSV in UTF-8, with the mark by which spreadsheets know that."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([_plain(head) for head in sheet.heads])
    writer.writerows([_plain(text) for text in line] for line in sheet.lines)
    return out.getvalue().encode("utf-8-sig")


def as_workbook(sheets: Sequence[Worksheet]) -> bytes:
    """Return *sheets* as one XLSX workbook: texts are texts, numbers numbers, formulas none."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - 0.4 s of a start, for who takes a file along

    out = BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name.translate(UNFIT)[:LONGEST])
        page.set_column(0, 0, WIDE)
        page.set_column(1, max(len(sheet.heads) - 1, 1), NARROW)
        page.write_string(0, 0, sheet.note)
        for x, head in enumerate(sheet.heads):
            page.write_string(2, x, head, bold)
        for y, line in enumerate(sheet.lines, start=3):
            for x, text in enumerate(line):
                write = page.write_number if isinstance(text, int) else page.write_string
                write(y, x, text)
        page.freeze_panes(3, 1)
    book.close()
    return out.getvalue()


def _plain(text: Text) -> Text:
    """Return *text* so that no spreadsheet takes it for a formula."""
    reckoned = isinstance(text, str) and text.startswith(RECKONED)
    return f"'{text}" if reckoned else text
