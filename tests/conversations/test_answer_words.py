"""How people say what they want with a ticket: in any order, with slips, by tap or in one line."""

import pytest

from conversations.hearing.answer_words import Verb, Wanted, read, read_tap

CODE = "482109379"
SAID = [
    ("sudah 4821 0937 9", Verb.SOLVED, ""),
    ("SUDAH#482109379", Verb.SOLVED, ""),
    ("SUDAH#482109379#4", Verb.SOLVED, "4"),
    ("sdh482109379", Verb.SOLVED, ""),
    ("sudh 482109379", Verb.SOLVED, ""),
    ("sudah saya terima 482109379 terima kasih", Verb.SOLVED, ""),
    ("tiket 482109379 sudah selesai", Verb.SOLVED, ""),
    ("belum 482109379 lampu masih mati", Verb.NOT_SOLVED, "lampu masih mati"),
    ("sampun 482109379 matur nuwun pak", Verb.SOLVED, ""),
    ("durung 482109379 isih bocor", Verb.NOT_SOLVED, "isih bocor"),
    ("482109379 blm, lampu masih mati", Verb.NOT_SOLVED, "lampu masih mati"),
    ("belum terima 482109379", Verb.NOT_SOLVED, ""),
    ("not solved 482109379", Verb.NOT_SOLVED, ""),
    ("trima 482109379", Verb.ACCEPT, ""),
    ("banding 482109379 rumah mau roboh", Verb.APPEAL, "rumah mau roboh"),
    ("bandng 482109379", Verb.APPEAL, ""),
    ("tidak setuju 482109379", Verb.APPEAL, ""),
    ("jawab 482109379 ya", Verb.ANSWER, "ya"),
    ("tolong batalkan tiket 482109379 dah beres", Verb.WITHDRAW, "dah beres"),
    ("buka lagi 482109379 mati lagi", Verb.REOPEN, "mati lagi"),
    ("STATUS#482109379", Verb.STATUS, ""),
    ("482109379 sudah 3 bulan tidak ada kabar", Verb.STATUS, ""),
    ("terima 482109379 tapi kecewa", Verb.STATUS, ""),
    ("petugas 482109379", Verb.PERSON, ""),
]
CODELESS = [
    ("sudah", Verb.SOLVED, ""),
    ("sudah selesai pak", Verb.SOLVED, ""),
    ("belum lampu masih mati", Verb.NOT_SOLVED, "belum lampu masih mati"),
    ("saya mau banding", Verb.APPEAL, ""),
    ("tidak terima", Verb.APPEAL, ""),
    ("jawab di belakang masjid", Verb.ANSWER, "di belakang masjid"),
    ("batalkan tiket saya", Verb.WITHDRAW, ""),
    ("cabut sanggahan saya", Verb.WITHDRAW, ""),
    ("saya mau mencabut pengaduan", Verb.WITHDRAW, ""),
    ("tarik laporan saya", Verb.WITHDRAW, ""),
    ("saya tidak jadi sanggah", Verb.WITHDRAW, ""),
    ("gak jadi usul bu", Verb.WITHDRAW, ""),
    ("buka lagi", Verb.REOPEN, ""),
    ("cek tiket", Verb.STATUS, ""),
]
NOTHING = (
    *("", " ", "...", "batal", "buka", "status", "terima kasih", f"{CODE} terima kasih"),
    *("saya belum makan", "sudah makan", "tidak tahu", "tidak", CODE, "9901014107800001"),
    *("rumah saya bocor", "saya mau ke kantor desa besok", "saya", "kode 123", "xyzzy 482109379"),
    *("tarik persetujuan", "cabut", "tidak jadi", "tidak jadi makan", "sudah lapor"),
    *("buka pintu 12", "saya mau minta tolong ya pak", "sudah 482109370", "482109370 sudah"),
)


@pytest.mark.parametrize(("text", "verb", "reason"), SAID, ids=str)
def test_with_a_code(text: str, verb: Verb, reason: str) -> None:
    """Verb and code stand in either order; a settling word amid others only shows the ticket."""
    assert read(text) == Wanted(verb, CODE, reason)


@pytest.mark.parametrize(("text", "verb", "reason"), CODELESS, ids=str)
def test_without_a_code(text: str, verb: Verb, reason: str) -> None:
    """A verb alone, or with what only points at a ticket, is an answer too."""
    assert read(text) == Wanted(verb, reason=reason)


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_answer(text: str) -> None:
    """Words that tell of something else, and words of thanks, answer no ticket."""
    assert read(text) is None


def test_taps() -> None:
    """A button means its verb and code; one of another version means nothing."""
    assert read_tap(f"ticket:buka:{CODE}") == Wanted(Verb.REOPEN, CODE)
    assert read_tap(f"ticket:dance:{CODE}") is None
    assert read_tap("ticket:sudah:482109370") is None


def test_wanted_prints_masked() -> None:
    """What somebody wrote reaches no log by being printed."""
    assert "roboh" not in repr(Wanted(Verb.APPEAL, CODE, "rumah roboh"))
