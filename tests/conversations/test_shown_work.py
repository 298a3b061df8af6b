"""Notices with what an office shows for its work, and news for who filed the same case."""

import pytest
from msgspec.structs import replace

from conversations.messages import Reply
from conversations.news.notices import notice, passed_on
from handlers.sms_text import segments
from referrals import events
from referrals.roles import Sensitivity
from referrals.ticket import TicketState
from tests.conversations import limits
from tests.conversations.test_notices import HOUSE, NOW
from tests.conversations.town import VOICES

LINK = "https://satupintu.contoh.go.id/bukti/482109379.7.20500.abcdefghijklmnopqrst"


@pytest.mark.parametrize("language", VOICES)
def test_a_proof_is_shown_with_the_question(language: str) -> None:
    """The link stands between the office's words and how to answer, whole, in one message."""
    solved = events.Resolved(leg=1, at=NOW)
    told = notice(solved, replace(HOUSE, state=TicketState.RESOLVED), "", VOICES[language], LINK)
    assert isinstance(told, Reply)
    assert LINK in told.text
    assert told.text.index(LINK) < told.text.index("SUDAH")
    assert segments(told.text).count <= 3
    limits.check(told)


@pytest.mark.parametrize("language", VOICES)
def test_a_missing_proof_is_said_in_the_question(language: str) -> None:
    """Who is asked whether it is done reads that nothing was shown, where a proof is wanted."""
    say, ticket = VOICES[language], replace(HOUSE, state=TicketState.RESOLVED)
    said = say("notice.no_proof")
    for event in (events.Resolved(leg=1, at=NOW), events.LegDone(leg=1, at=NOW)):
        bare = notice(event, ticket, "", say)
        shown = notice(event, ticket, "", say, LINK)
        talk = notice(event, replace(ticket, service="PETUGAS"), "", say)
        unknown = notice(event, replace(ticket, service="GONE"), "", say)
        assert isinstance(bare, Reply)
        assert said in bare.text
        assert segments(bare.text).count <= 2
        for other in (shown, talk, unknown):
            assert isinstance(other, Reply)
            assert said not in other.text


@pytest.mark.parametrize("language", VOICES)
@pytest.mark.parametrize("state", TicketState)
def test_followers_hear_in_short(state: TicketState, language: str) -> None:
    """However the ticket stands, they hear so in a text or two and are asked for nothing."""
    news = passed_on(
        replace(HOUSE, state=state, sensitivity=Sensitivity.SENSITIVE), VOICES[language]
    )
    assert news.choices == ()
    assert news.unasked
    assert "4821" in news.text
    assert "{" not in news.text
    assert segments(news.text).count <= 2
    limits.check(news)
