"""The words understood at every step."""

import pytest

from conversations.hearing.words import Word, likely, sure


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("MENU", Word.MENU),
        (" menu utama ", Word.MENU),
        ("Batal!", Word.CANCEL),
        ("kembalii", Word.BACK),
        ("bantaun", Word.HELP),
        ("/petugas", Word.PERSON),
        ("/bahasa@SatuPintuBot", Word.LANGUAGE),
        ("/start utm_poster", Word.START),
        ("bahaya", Word.EMERGENCY),
        ("EMERGENCI", Word.EMERGENCY),
        ("STOP", Word.STOP),
        ("\uff4denu", Word.MENU),
        ("menuu", None),
        ("saya mau batal", None),
        ("menu dong", Word.MENU),
        ("mau batal", Word.CANCEL),
        ("ya batalkan", None),
        ("ya, berhenti saja", None),
        ("berhenti saja", None),
        ("mau berhenti", None),
        ("", None),
        ("/", None),
        ("🙏", None),
    ],
)
def test_sure(text: str, word: Word | None) -> None:
    """A word is heard in any case, as a command, and with one slip where it is long."""
    assert sure(text) is word


@pytest.mark.parametrize(
    ("text", "word"),
    [("menuu", Word.MENU), ("btal", Word.CANCEL), ("strat", Word.START), ("so", None)],
)
def test_likely(text: str, word: Word | None) -> None:
    """A short word misspelt counts only where nothing else was meant; the shortest never."""
    assert likely(text) is word


def test_taps() -> None:
    """Every word has a value that a button can carry."""
    assert [word.tap for word in Word] == [f"word:{word.value}" for word in Word]
