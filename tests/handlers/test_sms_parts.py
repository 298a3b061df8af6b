"""Laying out long texts: where parts and messages end."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conversations.messages import Choice, Reply
from handlers.sms_parts import MOST_PARTS, lay_out, messages
from handlers.sms_text import EXTENSION, segments

LETTER = (
    "Terima kasih, Bapak/Ibu. Laporan Anda sudah kami terima. Kode tiket: 7KQ2-M4XD-P. Simpan "
    "kode ini. Kantor menjawab paling lambat hari Senin, tanggal 30 November 2026. Telepon 0274 "
    "123 4567.\n1. Cek status\n2. Tambah keterangan\n3. Petugas\nBalas dengan angka."
)
# Words, numbers with spaces in them, codes, signs of two septets, letters beyond the alphabet.
WORDS = st.sampled_from(
    ["ya", "tiket", "7KQ2-M4XD-P", "0274 123 4567", "Rp 600.000", "{€}", "[~]", "9901014107800001",
     "berkas-berkas", "https://pintu.example.go.id/lacak/7KQ2M4XDP?t=0123456789abcdef", "a."]
)  # fmt: skip
SIGNS = st.sampled_from([" ", " ", " ", "\n", ". ", ".\n\n", "\n1. ", "  "])
TEXTS = st.builds(
    lambda pairs, odd: "".join(word + sign for word, sign in pairs) + odd,
    st.lists(st.tuples(WORDS, SIGNS), max_size=300),
    st.sampled_from(["", "", "\ua9b2", "\U0001f64f"]),
)
ATOM = re.compile(r"\d+(?: \d+)*|\S+")  # what must stay whole, as a reader sees it


def as_cut(message: str) -> list[str]:
    """Return the parts of *message* as gateways cut it, who only count."""
    counted = segments(message)
    parts, start = [], 0
    for room in counted.parts:
        end, used = start, 0
        while end < len(message) and used < room:
            wide = (
                message[end] in EXTENSION
                if counted.encoding == "gsm7"
                else message[end] > "\uffff"
            )
            used += 1 + wide
            end += 1
        parts.append(message[start:end])
        start = end
    return parts


def plain(text: str) -> str:
    """Return *text* with every stretch of space as one."""
    return " ".join(text.split())


def test_what_fits_into_one_stays_as_it_is() -> None:
    """Nothing is touched where nothing is cut."""
    assert lay_out("a" * 160) == ("a" * 160,)
    assert lay_out("\ua9b2" * 70) == ("\ua9b2" * 70,)
    assert messages(Reply("Apa?", (Choice("a", "Cek"),))) == ("Apa?\n1. Cek",)
    assert lay_out("") == ("",)


def test_a_part_ends_where_a_word_does() -> None:
    """The word that would be torn begins the next part, on a line of its own."""
    first, second = as_cut(*lay_out(LETTER[:180]))
    assert first == LETTER[: LETTER.index(" November")].ljust(152) + "\n"
    assert second.startswith("November 2026.")


def test_a_part_ends_with_a_line_where_that_costs_nothing() -> None:
    """Among the cuts that cost no segment more, the end of a line is the kindest."""
    (message,) = lay_out(f"{LETTER[:100]}\n{LETTER[100:240]}")
    assert as_cut(message)[0] == LETTER[:100].ljust(152) + "\n"
    (message,) = lay_out(f"Halo.\n{LETTER}")
    assert as_cut(message)[0].startswith("Halo.\nTerima kasih")


@pytest.mark.parametrize("whole", ["0274 123 4567", "Rp 600.000", "7KQ2-M4XD-P", "\n2. Tambah"])
@pytest.mark.parametrize("before", range(138, 160))
def test_a_number_or_code_is_never_torn(before: int, whole: str) -> None:
    """Wherever the part's end falls, it does not fall inside."""
    words = ("aa " * 60)[: before - 1] + ("" if whole.startswith("\n") else " ")
    (message,) = lay_out(f"{words}{whole} {'lalu ' * 6}".rstrip())
    assert sum(whole.strip() in part for part in as_cut(message)) == 1


def test_only_what_is_longer_than_a_part_is_torn() -> None:
    """A link of 150 signs moves whole; one of 200 cannot."""
    link = "https://pintu.example.go.id/" + "x" * 122
    assert as_cut(*lay_out(f"Silakan buka {link} ya"))[1].startswith(link)
    assert len(as_cut(*lay_out("y" * 200))) == 2


def test_signs_of_two_places_are_not_torn() -> None:
    """An escape or a surrogate pair that would not fit goes to the next part as a whole."""
    assert as_cut(*lay_out("a" * 152 + "\N{EURO SIGN}" * 9))[0] == "a" * 152 + " "
    (message,) = lay_out("\U0001f64f" * 40)
    assert as_cut(message)[0] == "\U0001f64f" * 33 + " "


def test_what_needs_more_than_six_parts_goes_in_several_messages() -> None:
    """They are cut where a sentence ends, and come in order."""
    text = "Ini kalimat yang cukup panjang untuk dibaca orang. " * 40
    found = lay_out(text)
    assert len(found) == 3
    assert all(message.endswith("dibaca orang.") for message in found)


def test_one_letter_beyond_the_alphabet_costs_its_own_message_alone() -> None:
    """Messages before and after it stay in the cheap alphabet."""
    found = lay_out("Kalimat pendek saja. " * 50 + "\ua9b2. " + "Kalimat pendek saja. " * 60)
    assert [segments(message).encoding for message in found].count("ucs2") == 1


@settings(deadline=None, max_examples=200)
@given(TEXTS)
@example("x " * 3000)
def test_nothing_is_lost_torn_or_too_long(text: str) -> None:
    """Whatever the text: the same words in the same order, whole, six parts a message at most."""
    found = lay_out(text)
    assert plain(" ".join(found)) == plain(text)
    for message in found:
        cut = as_cut(message)
        assert len(cut) <= MOST_PARTS
        assert "".join(cut) == message
        whole = {plain(atom) for atom in ATOM.findall(message)}
        assert whole >= {plain(atom) for part in cut for atom in ATOM.findall(part)}
