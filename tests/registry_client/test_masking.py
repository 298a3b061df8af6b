"""Numbers of persons are hidden in free text, however they are written."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry_client.masking import endless, hidden

NIK = "9901014107800001"
GAPS = st.text("  \t\n.,;:-_/()[]{}+*#|\u00a0\u200b\u2013\u2022", max_size=3)
SCRIPTS = ("0123456789", "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19",
           "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669")  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        f"NIK{NIK}",
        f"{NIK}punya ibu",
        "9901  0141  0780  0001",
        "9901 - 0141 - 0780 - 0001",
        "9901,0141,0780,0001",
        "9901:0141:0780:0001",
        "(9901) (0141) (0780) (0001)",
        "9901\n0141\n0780\n0001",
        "\uff19\uff19\uff10\uff11\uff10\uff11\uff14\uff11\uff10\uff17\uff18\uff10\uff10\uff10\uff10\uff11",
        "9 9 0 1 0 1 4 1 0 7 8 0 0 0 0 1",
        "99O1O14107800OO1",
        "19901014107800001",
        "990101410780001",
        f"{NIK}, 081234567890",
        f"081234567890, {NIK}",
    ],
)
def test_a_number_is_hidden_however_it_is_written(text: str) -> None:
    """Glued, spaced, bracketed, in other digits, one digit short or long: only its end shows."""
    shown = hidden(text)
    assert "..." in shown
    assert "01410780" not in "".join(letter for letter in shown if letter.isdigit())


@given(st.data(), st.text("0123456789", min_size=16, max_size=17))
def test_no_spacing_reveals_a_number(data: st.DataObject, number: str) -> None:
    """Up to three signs between any two digits, in any script, after any word, change nothing."""
    script = data.draw(st.sampled_from(SCRIPTS))
    written = "".join(script[int(digit)] + data.draw(GAPS) for digit in "1" + number[1:])
    shown = hidden(f"{data.draw(st.sampled_from(('', 'NIK', 'nik ')))}{written}")
    assert sum(letter.isdigit() for letter in shown) == 4


@pytest.mark.parametrize(
    "text",
    [
        "telepon 081234567890",
        "solo 081234567890",
        "+62 812-3456-7890",
        "0812-3456-7890, 0813-4567-8901",
        "081234567890 atau 081345678901",
        "081234567 081345678",
        "Rp 1.250.000",
        "Rp 10.000.000 - 15.000.000",
        "20-11-2026",
        "Senin, 20-11-2026, 08.00 - 12.00 WIB",
        "20/11/2026 pukul 08.00, hubungi 0812-3456-7890",
        "2026-11-20 08:30:00",
        "kode 4821 0937 9",
        "RT 02/05, 45123",
        "tanpa nomor",
        "",
        "Oooooooooooooooo",
        "llllllllllllllllllll",
    ],
)
def test_ordinary_numbers_stay(text: str) -> None:
    """What a citizen needs to call, come or pay is nobody's identity."""
    assert hidden(text) == text


@pytest.mark.parametrize("piece", ["0 8 ", "0", "0-", "08.00 ", "(0", "1.000 ", "O0"])
def test_no_text_takes_long(piece: str) -> None:
    """The longest story, written to be slow to read, is read at once."""
    began = time.perf_counter()
    hidden(piece * (4000 // len(piece)) + "x")
    for length in range(60, 82):
        hidden((piece * 40)[:length] + "x")
    assert time.perf_counter() - began < 0.5


def test_who_reads_of_others_sees_no_end_of_a_number() -> None:
    """Neither of one that stands whole, nor of one that was hidden when it was written."""
    told = "NIK 9901014107800001, dulu ...0001, ditulis 2026"
    assert endless(told) == "NIK ..., dulu ..., ditulis 2026"
