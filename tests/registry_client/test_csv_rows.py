"""Registry files as districts send them: people, or the reason why a row is refused."""

from collections.abc import Iterable
from datetime import date

import pytest

from bot.demo.families import people
from registry_client.answers import Programme
from registry_client.csv_rows import RefusedRow, read_rows, rows_of
from registry_client.person import Person

SITI, KK = "9901014107800001", "9901010101100001"


def read(text: str) -> list[Person | RefusedRow]:
    """Return what the rows of *text* are."""
    return list(read_rows(text.splitlines(keepends=True)))


def one(text: str) -> Person:
    """Return the only person in *text*."""
    (person,) = read(text)
    assert isinstance(person, Person)
    return person


def refused(rows: Iterable[Person | RefusedRow]) -> list[tuple[int, str]]:
    """Return the lines that were refused, and why."""
    return [(row.line, row.reason) for row in rows if isinstance(row, RefusedRow)]


def test_what_we_write_we_read_back() -> None:
    """People written as CSV are the same people when they are read."""
    everybody = list(people(("99.01.01.2001", "99.01.02.2001"), 300))
    assert list(read_rows(rows_of(everybody))) == everybody


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_and_byte_order_mark(delimiter: str) -> None:
    """Whatever parts the columns, and whatever Excel puts before the first, is understood."""
    text = "\ufeffNIK,No. KK,Nama\n" + f"{SITI},{KK},SITI\n"
    person = one(text.replace(",", delimiter))
    assert (person.nik.digits, person.kk.digits, person.name) == (SITI, KK, "SITI")


def test_excels_own_first_line() -> None:
    """A line sep=; and empty lines before the header are skipped, and lines counted with them."""
    assert refused(read(f"sep=;\n\nnik;no_kk\n{SITI};{KK}\n123;{KK}\n")) == [
        (5, "NIK 3 digits, not 16")
    ]


@pytest.mark.parametrize(
    "header",
    [
        "nomor_induk_kependudukan,nomor_kartu_keluarga,desil_nasional",
        "NIK,NO_KK,DESIL",
        "nik,nokk,desil",
        "Nomor Induk Kependudukan,Nomor Kartu Keluarga,Desil Nasional",
    ],
)
def test_columns_by_any_usual_name(header: str) -> None:
    """Districts name the same column differently."""
    person = one(f"{header}\n{SITI},{KK},3\n")
    assert (person.nik.digits, person.desil) == (SITI, 3)


@pytest.mark.parametrize(
    "nik",
    [
        f"'{SITI}",
        f'"=""{SITI}"""',
        f" {SITI} ",
        "9901 0141 0780 0001",
        "9901.0141.0780.0001",
        f"\u2019{SITI}",
    ],
)
def test_a_nik_that_lost_no_digit_is_repaired(nik: str) -> None:
    """Apostrophes, formulas, spaces and dots go; the sixteen digits stay."""
    assert one(f"nik,no_kk\n{nik},{KK}\n").nik.digits == SITI


def test_a_number_with_decimals_is_repaired_where_it_was_exact() -> None:
    """Up to 2**53 a spreadsheet keeps every digit of a number; above, the last may be rounded."""
    assert one(f"nik,no_kk\n3301014107800001.0,{KK}\n").nik.digits == "3301014107800001"
    assert refused(read(f"nik,no_kk\n{SITI}.0,{KK}\n")) == [
        (2, "NIK saved as a number: the last digit may be rounded")
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (f"9.90101E+15,{KK}", "NIK in scientific notation: the last digits are lost"),
        (f'"9,90101E+15",{KK}', "NIK in scientific notation: the last digits are lost"),
        (f"990101410780000,{KK}", "NIK 15 digits, not 16"),
        (f",{KK}", "NIK empty"),
        (f"tidak ada,{KK}", "NIK not all digits"),
        (f"{SITI},", "KK number empty"),
        (f"{SITI},9.90101E+15", "KK number in scientific notation: the last digits are lost"),
        (f"{KK},{KK}", "the KK number stands in the place of the NIK"),
        (f"{SITI}", "fewer columns than the header"),
        (f"\u0669901014107800001,{KK}", "NIK not all digits"),
    ],
)
def test_a_row_is_refused_with_its_reason(row: str, reason: str) -> None:
    """A row without a sure NIK and KK number is refused; the reason never holds what it says."""
    rows = read(f"nik,no_kk\n{row}\n3301014107800009,{KK}\n")
    assert refused(rows) == [(2, reason)]
    assert isinstance(rows[1], Person)


def test_the_same_nik_again_is_refused() -> None:
    """Of two rows with one NIK the first counts, and the second names its line."""
    rows = read(f"nik,no_kk,desil\n{SITI},{KK},2\n'{SITI},{KK},5\n")
    assert isinstance(rows[0], Person)
    assert rows[0].desil == 2
    assert refused(rows) == [(3, "the NIK of line 2 again")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nama,desil\nSITI,2\n", "no column holds the NIK and the KK number"),
        ("nik,nama\n1,SITI\n", "no column holds the KK number"),
        ("", "no column holds the NIK and the KK number"),
        ("\n\n", "no column holds the NIK and the KK number"),
    ],
)
def test_a_file_without_its_columns_is_refused_once(text: str, reason: str) -> None:
    """A file that cannot be read at all gives one reason, not one per row."""
    assert [row for _, row in refused(read(text))] == [reason]


@pytest.mark.parametrize(
    ("written", "desil"),
    [
        ("1", 1), ("10", 10), ("Desil 4", 4), ("3.0", 3), ("02", 2),
        ("BELUM ADA DESIL", None), ("", None), ("-", None), ("0", None),
    ],
)  # fmt: skip
def test_the_desil_in_any_spelling(written: str, desil: int | None) -> None:
    """A desil is 1 to 10, or not there yet."""
    assert one(f"nik,no_kk,desil\n{SITI},{KK},{written}\n").desil == desil


@pytest.mark.parametrize("written", ["11", "empat", "1,5"])
def test_a_desil_that_is_none_is_refused(written: str) -> None:
    """A wrong desil would mislead a family: the row is refused."""
    rows = read(f'nik,no_kk,desil\n{SITI},{KK},"{written}"\n')
    assert refused(rows) == [(2, "desil not from 1 to 10")]


@pytest.mark.parametrize(
    ("flag", "active"),
    [
        ("YA", True), ("1", True), ("Aktif", True), ("TRUE", True), ("x", True),
        ("TIDAK AKTIF", False), ("non-aktif", False), ("NONAKTIF", False),
        ("TIDAK", None), ("0", None), ("", None), ("-", None),
    ],
)  # fmt: skip
def test_a_programmes_flag_in_any_spelling(flag: str, active: bool | None) -> None:  # noqa: FBT001 - a column of the table
    """YA is a running programme, NONAKTIF one that has stopped, TIDAK none."""
    person = one(f"nik,no_kk,bpnt\n{SITI},{KK},{flag}\n")
    expected = () if active is None else (Programme("SEMBAKO", active=active),)
    assert person.programmes == expected


def test_programmes_and_their_periods() -> None:
    """Each programme has its own column, and may have one for the last period."""
    text = f"nik,no_kk,pkh,pkh_periode,pbi_nas,pbi_pemda\n{SITI},{KK},YA,OKT 2026,TIDAK,YA\n"
    assert one(text).programmes == (
        Programme("PKH", active=True, period="OKT 2026"),
        Programme("PBI-PEMDA", active=True),
    )


def test_a_flag_that_says_nothing_is_refused() -> None:
    """A column that is neither yes nor no is not guessed at."""
    assert refused(read(f"nik,no_kk,pkh\n{SITI},{KK},MUNGKIN\n")) == [
        (2, "a programme's column is neither YA nor TIDAK")
    ]


@pytest.mark.parametrize(
    ("written", "born"),
    [
        ("1980-07-01", date(1980, 7, 1)),
        ("01-07-1980", date(1980, 7, 1)),
        ("1/7/1980", date(1980, 7, 1)),
        ("1980-07-01 00:00:00", date(1980, 7, 1)),
        ("29403", date(1980, 7, 1)),
        ("31-02-1980", None),
        ("tidak tahu", None),
        ("", None),
    ],
)
def test_dates_of_birth(written: str, born: date | None) -> None:
    """Dates come in several spellings; one that cannot be read is left out, the person stays."""
    assert one(f"nik,no_kk,tgl_lahir\n{SITI},{KK},{written}\n").born == born


@pytest.mark.parametrize(
    ("written", "area"),
    [
        ("99.01.01.2001", "99.01.01.2001"), ("9901012001", "99.01.01.2001"),
        ("'9901012001", "99.01.01.2001"), ("990101", ""), ("Sukamaju", ""),
    ],
)  # fmt: skip
def test_village_codes(written: str, area: str) -> None:
    """A village's code is taken with or without its dots."""
    assert one(f"nik,no_kk,kode_desa\n{SITI},{KK},{written}\n").area == area


@pytest.mark.parametrize(
    ("matched", "status", "expected"),
    [
        ("YA", "", (False, False)),
        ("TIDAK PADAN", "", (True, False)),
        ("0", "", (True, False)),
        ("", "Meninggal dunia", (False, True)),
        ("PADAN", "data anomali", (False, True)),
        ("", "suami meninggal", (False, False)),
    ],
)
def test_records_that_need_care(matched: str, status: str, expected: tuple[bool, bool]) -> None:
    """What does not match Dukcapil, and whoever is recorded as dead, is told apart."""
    person = one(f"nik,no_kk,padan,status_data\n{SITI},{KK},{matched},{status}\n")
    assert (person.not_matched, person.needs_person) == expected


def test_a_quotation_mark_never_closed_spoils_its_own_line() -> None:
    """It is told as what it is, and every row after it is read or counted."""
    last = "3301014107800001"
    rows = read(
        "nik,no_kk,nama\n\n,,\n"
        f'{SITI},{KK},SITI\n3301014107800020,{KK},"BUDI\nx\n{last},{KK},"ANI"\n'
    )
    assert refused(rows) == [
        (5, "a quotation mark is never closed"),
        (6, "fewer columns than the header"),
    ]
    assert [row.nik.digits for row in rows if isinstance(row, Person)] == [SITI, last]


def test_a_name_may_hold_commas_and_quotes() -> None:
    """Well-made CSV is read as it is meant, whatever ends its lines."""
    rows = read(f'nik,no_kk,nama\r\n{SITI},{KK},"SITI, ""IBU"" AMINAH"\r\n1,{KK},X\r\n')
    assert isinstance(rows[0], Person)
    assert rows[0].name == 'SITI, "IBU" AMINAH'
    assert refused(rows) == [(3, "NIK 1 digits, not 16")]


def test_a_cell_of_a_workbook_may_hold_a_line_break() -> None:
    """A sheet's row comes as one line, with what somebody broke within a cell of it."""
    rows = list(read_rows(["nik,no_kk,nama\n", f'{SITI},{KK},"SITI\nAMINAH"\n']))
    assert isinstance(rows[0], Person)
    assert rows[0].name == "SITI\nAMINAH"


def test_a_cell_beyond_all_measure_is_refused() -> None:
    """A cell of more than 128 KiB is refused, and reading goes on after it."""
    rows = read(f"nik,no_kk,nama\n1,2,{'x' * 140_000}\n{SITI},{KK},SITI\n")
    assert refused(rows) == [(2, "not readable as CSV")]
    assert isinstance(rows[1], Person)
