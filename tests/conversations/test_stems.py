"""A word with a beginning or an ending is the word it is made of."""

import pytest

from conversations.hearing.stems import stem

KNOWN = frozenset({"kartu", "daftarkan", "daftar", "atap", "sekolah", "bocor", "uang", "ajukan"})


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("kartunya", "kartu"),
        ("daftarin", "daftarkan"),
        ("atapku", "atap"),
        ("sekolahe", "sekolah"),
        ("sekolahna", "sekolah"),
        ("terdaftar", "daftar"),
        ("ngajukan", "ajukan"),
        ("daftarno", "daftar"),
        ("duitnya", "uang"),
        ("kebocoran", "bocor"),
        ("jendela", None),
        ("atap", None),
    ],
)
def test_a_longer_word_is_the_word_it_is_made_of(word: str, root: str | None) -> None:
    """Endings and beginnings are taken off, Javanese and Sundanese too; short words stay."""
    assert stem(word, KNOWN) == root
