"""A registry's file that is a workbook."""

from datetime import date
from pathlib import Path
from traceback import format_exception
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from xlsxwriter import Workbook

from bot.cli import main
from bot.commands.spreadsheet import UnreadableError, lines_of
from registry_client.csv_rows import RefusedRow, read_rows
from registry_client.person import Person
from tests.bot.playing import KEY

HEADER = ("NIK", "No KK", "Nama", "Tgl Lahir", "Kode Desa", "Desil", "PKH")
SITI = ("9901014107800001", "9901010101100001", "SITI\nAMINAH", date(1980, 7, 1))
VILLAGE = "9901012001"


def workbook(path: Path, *rows: tuple[object, ...]) -> Path:
    """Write *rows* as they are: a number as a number, a date as a date."""
    with Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def test_a_row_is_read_as_from_csv(tmp_path: Path) -> None:
    """Dates, numbers and truths become what a CSV file would say; empty rows are passed over."""
    rows = (), HEADER, (), (*SITI, VILLAGE, 2, True)
    (person,) = read_rows(lines_of(workbook(tmp_path / "a.xlsx", *rows)))
    assert isinstance(person, Person)
    assert (person.nik.digits, person.kk.digits, person.name) == (*SITI[:2], "SITI AMINAH")
    assert (person.born, person.area, person.desil) == (SITI[3], "99.01.01.2001", 2)
    assert [programme.code for programme in person.programmes] == ["PKH"]


def test_a_nik_that_is_a_number_is_refused(tmp_path: Path) -> None:
    """A workbook rounds sixteen digits: whoever it was, it may now be somebody else."""
    rows = HEADER, (float(SITI[0]), *SITI[1:], VILLAGE, 2, "YA")
    (row,) = read_rows(lines_of(workbook(tmp_path / "a.xlsx", *rows)))
    assert row == RefusedRow(2, "NIK in scientific notation: the last digits are lost")


def test_the_command_takes_a_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It counts who was taken, names the refused by their rows, and says what is no workbook."""
    for name, value in {"KEY": KEY, "DATA_DIR": str(tmp_path)}.items():
        monkeypatch.setenv(f"SATUPINTU_{name}", value)
    rows = HEADER, (*SITI, VILLAGE, 2, "YA"), ("1", *SITI[1:])
    file = workbook(tmp_path / "dtsen.xlsx", *rows)
    words = "--edition", "DTSEN 2026-T4", "--as-of", "2026-10-01"

    done = CliRunner().invoke(main, ("registry", "import", str(file), *words))
    file.write_bytes(b"no workbook")
    spoilt = CliRunner().invoke(main, ("registry", "import", str(file), *words))

    assert "1 people in the registry, 1 rows refused" in done.output
    assert "dtsen.xlsx:3: NIK 1 digits, not 16" in done.output
    assert (spoilt.exit_code, "no workbook that can be opened" in spoilt.output) == (1, True)


@pytest.mark.parametrize("rows", [[(*HEADER, *["x"] * 300)], [HEADER, tuple("x" * 300)]])
def test_a_sheet_that_is_no_registry_is_refused(
    tmp_path: Path, rows: list[tuple[object, ...]]
) -> None:
    """One cell far to the right makes every row as wide: nobody waits for that."""
    with pytest.raises(UnreadableError):
        list(lines_of(workbook(tmp_path / "a.xlsx", *rows)))


def test_a_spoilt_cell_tells_nothing(tmp_path: Path) -> None:
    """A number that is none ends the reading, and its text stands in no error."""
    file = workbook(tmp_path / "a.xlsx", HEADER, (1, 2))
    parts = {}
    with ZipFile(file) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"<v>1</v></c><c", b"<v>9901 SITI</v></c><c")
    with ZipFile(file, "w") as spoilt:
        for name, content in parts.items():
            spoilt.writestr(name, content)
    with pytest.raises(UnreadableError) as told:
        list(lines_of(file))
    assert "SITI" not in "".join(format_exception(told.value))
