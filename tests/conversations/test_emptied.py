"""A conversation that is emptied: nothing that was said is left, and who agreed still has."""

import pytest
from msgspec.structs import replace

from conversations import codec
from conversations.menu import Menu
from conversations.messages import Address, Channel
from conversations.session import Session
from conversations.status.check_status import AskProof
from conversations.turn import Answered, Draft
from registry_client.nik import Nik

SITI = Address(Channel.SMS, "+6281200000001")
STORY = Draft("RTLH", (Answered("story", "bocor", "bocor"),))
KNOWN = replace(codec.fresh(SITI, "en"), state=Menu(), consent="2026-1")


@pytest.mark.parametrize(
    "session",
    [replace(KNOWN, kept=STORY), replace(KNOWN, state=AskProof(Nik("9901014107800001")))],
    ids=["form", "question"],
)
def test_what_was_said_goes(session: Session) -> None:
    """Unfinished forms and whatever a question holds are gone; language and consent stay."""
    assert codec.emptied(codec.dump(session)) == KNOWN


@pytest.mark.parametrize(
    "body", [codec.dump(KNOWN), codec.dump(codec.fresh(SITI, "id")), b"\x01nonsense"]
)
def test_where_nothing_was_said_nothing_changes(body: bytes) -> None:
    """A menu, a greeting that was never answered, a body that nobody can read."""
    assert codec.emptied(body) is None
