"""Signed links of agencies."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import Signer

from casework.access.links import VALID, Claim, Links
from referrals.roles import Role

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LINKS = Links(b"k" * 16, "http://127.0.0.1:8080")
CLAIM = Claim("482109379", 2)


def test_a_token_reads_back_as_its_claim() -> None:
    """What was signed is what the holder may do, in each role as for an agency."""
    assert LINKS.read(LINKS.token(CLAIM, NOW), NOW) == CLAIM
    for role in Role:
        desk = Claim("482109379", 0, role, "satu-pintu")
        assert LINKS.read(LINKS.token(desk, NOW), NOW) == desk


def test_a_token_runs_out() -> None:
    """A link that is older than VALID opens nothing."""
    token = LINKS.token(CLAIM, NOW)

    assert LINKS.read(token, NOW + VALID - timedelta(seconds=1)) == CLAIM
    assert LINKS.read(token, NOW + VALID) is None


def test_links_of_the_version_before_hold_for_agencies() -> None:
    """An agency's link of the older form opens the same leg; the desk's named no office."""
    signer = Signer(b"k" * 16, salt="agency link", digest_method=sha256)
    ends = int((NOW + timedelta(days=9)).timestamp())

    agencys = signer.sign(f"482109379-2-0-{ends}").decode()
    assert LINKS.read(agencys, NOW) == CLAIM
    desks = signer.sign(f"482109379-2-1-{ends}").decode()
    assert LINKS.read(desks, NOW) is None


def test_another_key_opens_nothing() -> None:
    """A token signed by somebody else is no token."""
    other = Links(b"x" * 16, "http://127.0.0.1:8080")

    assert LINKS.read(other.token(CLAIM, NOW), NOW) is None


@given(st.integers(0, 60), st.characters(codec="ascii"))
def test_a_changed_token_never_grants_more(at: int, letter: str) -> None:
    """A changed character opens nothing, or the same where it spells the same bytes (/ is _)."""
    token = LINKS.token(CLAIM, NOW)
    changed = token[: at % len(token)] + letter + token[at % len(token) + 1 :]

    assert LINKS.read(changed, NOW) in {CLAIM, None}


@given(st.text())
def test_rubbish_is_no_token(text: str) -> None:
    """Whatever is typed after /agency/ is read without an error."""
    assert LINKS.read(text, NOW) is None
