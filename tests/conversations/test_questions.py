"""What is asked before anything is filed."""

import pytest

from conversations.hearing.questions import asks, asks_outright


@pytest.mark.parametrize(
    "text",
    [
        "berapa biayanya bikin KTP?",
        "bikin ktp bayar ga",
        "apakah gratis urus KIS?",
        "gratis?",
        "syaratnya apa",
        "syarat daftar pkh",
        "dokumen apa yang harus dibawa untuk usul bansos",
        "brp lama prosesnya ya",
        "kapan jadinya ktp saya",
        "how long does it take",
        "how much does a ktp cost",
    ],
)
def test_asks(text: str) -> None:
    """Whoever asks for the price, the papers or the days is heard, however short it is put."""
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "saya disuruh bayar berapa pun oleh oknum",
        "berkas saya hilang di kantor desa",
        "sudah berapa lama ktp saya belum jadi",
        "tidak bisa bayar sekolah anak",
        "bantuan gratis dari desa untuk anak sekolah",
        "dokumen kependudukan anak kami terbakar semua waktu itu",
        "rumah saya bocor",
        "mau bikin bpjs gratis, ga sanggup bayar",
        "saya mau tanya kalau anak saya dua masih sekolah semua dan suami kerja bayar apa",
    ],
)
def test_tells(text: str) -> None:
    """Whoever tells of what happened, or of a need, asks nothing before it."""
    assert not asks(text)


@pytest.mark.parametrize("text", ["syaratnya apa saja", "syarat?", "kapan jadinya", "gratis ga"])
def test_asks_outright(text: str) -> None:
    """A word or a mark that asks makes a question of it, wherever it is said."""
    assert asks_outright(text)


@pytest.mark.parametrize("text", ["berkas kelurahan", "syarat daftar pkh", "disuruh bayar berapa"])
def test_may_be_an_answer(text: str) -> None:
    """Papers that are only named may be an answer, and who tells what happened asks nothing."""
    assert not asks_outright(text)
