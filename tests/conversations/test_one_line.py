"""One line that asks for a whole thing, however its parts are separated and ordered."""

from datetime import date

import pytest

from conversations import one_line
from conversations.hearing import answer_words, words
from conversations.hearing.answer_words import Verb, Wanted
from conversations.one_line import Family, Tale
from conversations.personal import rights
from conversations.turn import Door
from registry_client.nik import Nik

TODAY = date(2026, 9, 3)
CODE = "482109379"
SARI = Nik("9901014107800001")  # a woman's day of birth
BUDI = Nik("9901010205750003")
CHILD = Nik("9901010309200002")
KK = "9901011203190007"
CHECKS = (
    "CEK#9901014107800001#0007",
    "cek 9901014107800001 0007",
    "Cek*9901014107800001*0007",
    "cek,9901014107800001,0007",
    "cek;9901014107800001;0007",
    "cek/9901014107800001/0007",
    "cek: 9901014107800001: 0007",
    "CEK#0007#9901014107800001",
    "9901014107800001#0007#CEK",
    "0007 9901014107800001 cek",
    "CEK # 9901 0141 0780 0001 # 0007",
    "cek 9901 0141 0780 0001 0007",
    "cek 0007 9901 0141 0780 0001",
    "cek 9901.0141.0780.0001.0007",
    "cek\n9901 0141 0780\n0001 0007",
    "CEK 99010141078000010007",
    "cek9901014107800001#0007",
    "ckE#99O1014107800001#0007",
    "cke#9901014107800001#0007",
    "STATUS#9901014107800001#0007",
    "tolong cek nik 9901014107800001 no kk 0007",
    f"CEK#9901014107800001#{KK}",
    f"CEK#{KK}#9901014107800001",
)
TALES = [
    ("LAPOR lampu jalan mati", Tale(Door.COMPLAINT, "lampu jalan mati", sure=False)),
    ("lapor, lampu jalan mati", Tale(Door.COMPLAINT, "lampu jalan mati", sure=False)),
    ("LAPOR#lampu jalan mati", Tale(Door.COMPLAINT, "lampu jalan mati", sure=True)),
    ("lapro*lampu jalan mati", Tale(Door.COMPLAINT, "lampu jalan mati", sure=True)),
    ("BANTU atap bocor", Tale(Door.NEED, "atap bocor", sure=False)),
    ("bnatu#atap bocor, dinding miring", Tale(Door.NEED, "atap bocor, dinding miring", sure=True)),
    ("laporkan lampu mati", Tale(Door.COMPLAINT, "lampu mati", sure=False)),
    ("ngadu lampu mati", Tale(Door.COMPLAINT, "lampu mati", sure=False)),
    ("komplain lampu mati", Tale(Door.COMPLAINT, "lampu mati", sure=False)),
    ("usulkan ibu saya", Tale(Door.NEED, "ibu saya", sure=False)),
    ("usul tetangga saya lansia", Tale(Door.NEED, "tetangga saya lansia", sure=False)),
]
NO_TALES = (
    *("", "LAPOR", "lapor#", "BANTU 12", "lapar sekali pak", "saya mau lapor", "bantuan pkh"),
    *("mengaku miskin", "pengadaan lampu jalan"),
)


@pytest.mark.parametrize("text", CHECKS)
def test_check(text: str) -> None:
    """CEK, a NIK and four digits are understood with any separator and in any order."""
    assert one_line.family(text, TODAY) == Family(SARI, "0007")
    found = one_line.command(text)
    assert found
    assert (found.door, found.text) == (Door.CHECK, text)


def test_numbers_without_the_word() -> None:
    """Where nothing else was asked, the two numbers alone are enough; a year is no proof."""
    assert one_line.family("9901014107800001 0007", TODAY) == Family(SARI, "0007")
    assert one_line.command("9901014107800001 0007") is None
    told = "NIK 9901014107800001 dari tahun 2024 belum dapat"
    assert one_line.family(told, TODAY) == Family(SARI)
    assert one_line.command(told) is None
    assert one_line.family("cek bansos", TODAY) is None
    behind = "nama saya siti, 9901 0141 0780 0001 0007"
    assert one_line.family(behind, TODAY) == Family(SARI, "0007")
    named = "cek bansos nik sy 9901014107800001 blkg kk 0007 ya min"
    assert one_line.family(named, TODAY) == Family(SARI, "0007")


def test_two_whole_numbers() -> None:
    """Of two whole numbers the one that can only be a person's is the NIK, else the first."""
    assert one_line.family(f"CEK#{BUDI.digits}#{KK}", TODAY) == Family(BUDI, "0007")
    assert one_line.family(f"CEK#{KK}#{BUDI.digits}", TODAY) == Family(BUDI, "0007")
    assert one_line.family(f"CEK#{CHILD.digits}#{KK}", TODAY) == Family(CHILD, "0007")


def test_the_nik_where_the_kk_belongs() -> None:
    """The NIK typed twice is known as such."""
    assert one_line.family(f"CEK#{SARI.digits}#{SARI.digits}", TODAY) == Family(SARI, twice=True)


@pytest.mark.parametrize(("text", "tale"), TALES)
def test_told(text: str, tale: Tale) -> None:
    """BANTU and LAPOR are understood with any separator and a slip; # is never a sentence's."""
    assert one_line.told(text) == tale
    assert bool(one_line.command(text)) is tale.sure
    assert one_line.likely(text)


def test_told_with_more() -> None:
    """Numbers and a place may stand beside the story, in any order."""
    beside = (SARI.digits, "Desa Sukamaju")
    assert one_line.told(f"BANTU#{SARI.digits}#atap bocor#Desa Sukamaju") == Tale(
        Door.NEED, "atap bocor", sure=True, parts=beside
    )


@pytest.mark.parametrize("mark", [" ", ", ", "; "])
def test_told_with_numbers_in_a_sentence(mark: str) -> None:
    """Whole numbers leave the story, and what follows the last of them may be a village."""
    line = mark.join((f"BANTU atap bocor{mark}{SARI.digits}", KK, "Sukamaju"))
    beside = (SARI.digits, KK, "Sukamaju")
    assert one_line.told(line) == Tale(Door.NEED, "atap bocor Sukamaju", sure=False, parts=beside)


@pytest.mark.parametrize(
    ("text", "story", "parts"),
    [
        ("tolong lapor pkh ga cair nik 9901014107800001", "tolong lapor pkh ga cair", ()),
        ("9901 0141 0780 0001 0007 lapor pkh ga cair", "lapor pkh ga cair", ()),
        ("NIK: 9901014107800001, no kk 0007 mau ngadu", "mau ngadu", ()),
        (f"pkh ga cair, lapor nik 9901014107800001 kk {KK} Sukamaju", "", (KK,)),
    ],
)
def test_reported_beside_a_nik(text: str, story: str, parts: tuple[str, ...]) -> None:
    """A complaint is a report wherever LAPOR stands; the numbers leave its story."""
    tale = one_line.reported(text)
    assert tale is not None
    assert tale.door is Door.COMPLAINT
    assert tale.story == story or not story
    assert tale.parts[: len(parts) + 1] == (SARI.digits, *parts)


@pytest.mark.parametrize(
    "text",
    ["lapor pkh ga cair", "cek 9901014107800001", "pkh ga cair 9901014107800001"],
)
def test_reported_nothing(text: str) -> None:
    """Without a NIK, or without a word of reporting, nothing is reported beside a NIK."""
    assert one_line.reported(text) is None


@pytest.mark.parametrize("text", NO_TALES)
def test_told_nothing(text: str) -> None:
    """A verb without a story, and words that only look like one, begin no form."""
    assert one_line.told(text) is None
    assert one_line.likely(text) is None


@pytest.mark.parametrize("mark", ["#", "*", " ", ",", ", ", ";", ":", "/", " # ", "-", "."])
@pytest.mark.parametrize(
    ("word", "verb"),
    [
        ("STATUS", Verb.STATUS),
        ("Sudah", Verb.SOLVED),
        ("BELUM", Verb.NOT_SOLVED),
        ("banding", Verb.APPEAL),
        ("BATAL", Verb.WITHDRAW),
    ],
)
def test_tickets(word: str, verb: Verb, mark: str) -> None:
    """What is wanted with a ticket is understood with any separator, code first or last."""
    assert answer_words.read(f"{word}{mark}{CODE}") == Wanted(verb, CODE)
    assert answer_words.read(f"{CODE}{mark}{word}") == Wanted(verb, CODE)
    if verb in {Verb.NOT_SOLVED, Verb.APPEAL}:
        reason = Wanted(verb, CODE, "masih mati")
        assert answer_words.read(f"{word}{mark}4821 0937 9{mark}masih mati") == reason
        assert answer_words.read(f"{CODE}{mark}{word}{mark}masih mati") == reason


@pytest.mark.parametrize("text", ["DARURAT", "STOP", "#STOP", "stop.", "UNREG", "MULAI", "Mulai#"])
def test_words(text: str) -> None:
    """The words of one line are heard whatever stands around them."""
    assert words.sure(text)


def test_hapus() -> None:
    """HAPUS leads to erasing."""
    assert rights.wanted("#HAPUS") == rights.ERASING


def test_prints_masked() -> None:
    """Neither numbers nor stories reach a log by being printed."""
    assert repr(Family(SARI, "0007")) == "Family(Nik(9901…))"
    assert repr(Tale(Door.NEED, "atap bocor", sure=True)) == "Tale(need)"
