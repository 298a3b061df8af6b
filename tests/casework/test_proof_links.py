"""The citizen's link to a proof: short, signed, and over in time."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casework.files.proof_links import VALID, ProofClaim, ProofLinks

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LINKS = ProofLinks(b"k" * 16, "https://satupintu.example")
CLAIM = ProofClaim("482109379", 12)


def test_it_reads_back_and_is_short() -> None:
    """What was signed is shown, and the token leaves most of a text message for words."""
    token = LINKS.token(CLAIM, NOW)
    assert LINKS.read(token, NOW) == CLAIM
    assert len(token) < 45
    assert LINKS.url(CLAIM, NOW) == f"https://satupintu.example/bukti/{token}"


def test_it_runs_out() -> None:
    """It holds for VALID at least, and not a day and a half longer."""
    token = LINKS.token(CLAIM, NOW)
    assert LINKS.read(token, NOW + VALID) == CLAIM
    assert LINKS.read(token, NOW + VALID + timedelta(hours=36)) is None


def test_another_key_shows_nothing() -> None:
    """A token signed by somebody else is no token."""
    assert LINKS.read(ProofLinks(b"x" * 16, "").token(CLAIM, NOW), NOW) is None


@given(st.text() | st.from_regex(r"\A\d{9}\.\d{1,3}\.\d{5}\.[\w-]{20}\Z"))
def test_rubbish_is_no_token(text: str) -> None:
    """Whatever is typed after /bukti/ is read without an error, and shows nothing."""
    assert LINKS.read(text, NOW) is None
