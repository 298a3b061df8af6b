"""All open questions in one text message, for who begins in one line and pays for each message."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from conversations.forms.fill import Fill, Summary
from conversations.forms.several import Several, begin
from conversations.messages import Address, Channel, Inbound
from conversations.turn import Answered, Draft, Said
from tests.conversations.forms.met import with_district
from tests.conversations.town import DISTRICT, SAY

BRIEF = SAY.in_brief
SENDER = Address(Channel.SMS, "+6281100011")
STATE = Several(Draft("BANSOS_MASALAH", (Answered("nik", "9901014107800001", "...0001"),)))


def said(text: str) -> Said:
    """Return *text* as an SMS."""
    at = datetime(2026, 11, 23, 3, tzinfo=UTC)
    message = Inbound(sender=SENDER, message_id="1", received_at=at, text=text)
    return Said(message, "0" * 32)


def test_the_rest_is_asked_by_itself() -> None:
    """Parts that are missing or cannot be read are asked one by one; what was read is kept."""
    turn = STATE.heard(said("Sukamaju#xyzzy#2"), BRIEF)
    assert isinstance(turn.state, Fill)
    assert turn.state.key == "programme"
    assert [answer.key for answer in turn.state.draft.answers] == ["nik", "area", "problem"]


def test_only_what_must_be_told() -> None:
    """What may be skipped is not asked, but who may know who it was."""
    turn = begin("BANSOS_MASALAH", BRIEF, ())
    assert isinstance(turn.state, Several)
    assert {a.key for a in turn.state.draft.answers} == {"channel", "details"}
    complaint = begin("PUNGLI", BRIEF, ())
    assert isinstance(complaint.state, Several)
    assert [answer.key for answer in complaint.state.draft.answers] == ["evidence"]


def test_one_question_is_asked_as_always() -> None:
    """Where a single question is open, and where none is, nothing is asked at once."""
    known = (Answered("story", "lampu mati", "lampu mati"), Answered("place", "masjid", "masjid"))
    assert isinstance(begin("LAIN", BRIEF, known).state, Summary)
    assert isinstance(begin("LAIN", BRIEF, known[:1]).state, Fill)


def test_nothing_is_asked_that_may_be_skipped_alone() -> None:
    """Where only what may be skipped is open, by SMS the summary comes at once."""
    needed = ("nik", "area", "programme", "problem", "since")
    known = tuple(Answered(key, "1", "1") for key in needed)
    assert isinstance(begin("BANSOS_MASALAH", BRIEF, known).state, Summary)


def test_a_service_that_is_gone() -> None:
    """A form that the district no longer has ends kindly."""
    gone = with_district(services={}).in_brief
    assert STATE.prompt(gone).text == gone("form.changed")
    assert not isinstance(STATE.heard(said("1#2"), gone).state, Several)


@pytest.mark.parametrize("text", ["1#2#Mei", "1 * 2 * Mei", "1\n2\nMei", "1, 2, Mei", "1;2;Mei"])
def test_what_parts_the_answers(text: str) -> None:
    """Lines or commas do as well as #, where there are as many answers as questions."""
    area = Answered("area", "99.01.01.2001", "Desa Sukamaju")
    state = begin("BANSOS_MASALAH", BRIEF, (*STATE.draft.answers, area)).state
    assert isinstance(state.heard(said(text), BRIEF).state, Summary)
    assert isinstance(state.heard(said("1, 2"), BRIEF).state, Fill)


def test_the_safe_path_asks_one_thing() -> None:
    """Of violence one thing is asked at a time, and nothing that tells a story."""
    safe = next(s.code for s in DISTRICT.services.values() if s.safe_path)
    assert begin(safe, BRIEF, ()).state.safe
    assert replace(STATE) == STATE


def test_an_emergency_begins_with_the_numbers() -> None:
    """Ahead of all questions of an emergency at once stand the numbers to call."""
    turn = begin("BENCANA", BRIEF, ())
    assert isinstance(turn.state, Several)
    told = turn.replies[0].text
    assert told.index("112") < told.index("#")


def test_danger_among_the_answers_brings_the_numbers() -> None:
    """Who answers all at once that a life is at stake is told whom to call, once."""
    house = begin("RTLH", BRIEF, ()).state
    assert isinstance(house, Several)
    told = house.heard(said("1#1"), BRIEF).replies[0].text
    assert "112" in told
    assert "112" not in house.heard(said("3#1"), BRIEF).replies[0].text
