"""A PIN, a one-time code or a password reaches no office, and whoever wrote it is warned."""

import pytest

from conversations.hearing.secrets import unsaid
from tests.conversations.test_session import HOME, said
from tests.conversations.town import SAY, VOICES


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            "pkh blm cair pin atm saya 123456 tolong cek",
            "pkh blm cair pin atm saya ... tolong cek",
        ),
        (
            "LAPOR#pkh kosong pin 123456#9999010101900001",
            "LAPOR#pkh kosong pin ...#9999010101900001",
        ),
        ("PIN: 1234", "PIN: ..."),
        ("pinnya 12 34 56", "pinnya ..."),
        ("kode otp 884412 baru masuk", "kode otp ... baru masuk"),
        ("123456 itu pin kartu ibu", "... itu pin kartu ibu"),
        ("password saya rahasia123", "password saya ..."),
        ("my pin is 4321", "my pin is ..."),
    ],
)
def test_a_secret_is_taken_out(text: str, kept: str) -> None:
    """Only the secret goes: the rest is what an office needs."""
    assert unsaid(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "lupa pin atm kks, nik 9999010101900001",
        "pin 9999 0101 0190 0001",
        "pin kartu 9999010101900001",
        "pin salah 3 kali sejak 2024",
        "pinjam 500000 di koperasi",
        "pin terblokir hubungi 081200009999",
        "bansos 600000 pin lupa",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    """Numbers of persons and telephones, sums and years are left as they are."""
    assert unsaid(text) == text


def test_a_pin_is_kept_nowhere_and_warned_of_once() -> None:
    """Neither the session nor the form that begins has the PIN; the next message is as always."""
    session, turn = HOME.step(said("pkh sy blm cair pin atm saya 123456 tolong cek"), VOICES)
    assert turn.replies[0].text.startswith(SAY("session.secret"))
    assert "atm saya ... tolong" in repr(session.state)
    _, after = session.step(said("lupa pin kks"), VOICES)
    assert SAY("session.secret") not in after.replies[0].text
