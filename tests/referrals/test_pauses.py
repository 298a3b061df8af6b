"""Clocks that stand still: each pause is left out, and nobody else's business ends it."""

from datetime import timedelta

from referrals import commands as c
from referrals.clocks import Clock
from tests.referrals.samples import GOOD, NOW, WORDS
from tests.referrals.test_legs import BOTH, refusal
from tests.referrals.test_lifecycle import CITIZEN, OFFICER, SENT, B, played

ASK = (c.Ask(1, words=WORDS), OFFICER)
ANSWER = (c.AnswerAsk(words=WORDS), CITIZEN)


def test_every_pause_is_left_out() -> None:
    """Two questions to the citizen are two pauses of the agency's clock, not the last one only."""
    ticket = played(*SENT, (GOOD[c.Accept], OFFICER), ASK, ANSWER, ASK, ANSWER)
    c4 = ticket.clock(Clock.C4, 1)
    assert c4
    hours = [(one.since - NOW, one.until and one.until - NOW) for one in c4.pauses]
    hour = timedelta(hours=1)
    assert hours == [(3 * hour, 4 * hour), (5 * hour, 6 * hour)]


def test_another_agencys_going_on_answers_no_question() -> None:
    """While one agency waits for the citizen, the other takes up its own leg and no other."""
    hold = (c.Hold(2, NOW.date() + timedelta(days=9), words=WORDS), B)
    ticket = played(*BOTH, hold, ASK, (c.Resume(2), B))
    c4 = {one.leg for one in ticket.clocks if one.clock is Clock.C4 and one.paused}
    assert c4 == {1}


def test_a_questions_patience_is_the_tickets_own() -> None:
    """Whichever agency asks, one C6 runs, and it is no leg's."""
    asked = played(*BOTH, (c.Ask(2, words=WORDS), B))
    assert [one.leg for one in asked.clocks if one.clock is Clock.C6] == [0]


def test_who_asks_waits_for_the_answer() -> None:
    """An agency does nothing more about its share before the citizen answered, the others may."""
    asked = played(*BOTH, ASK)
    later = NOW.date() + timedelta(days=9)
    for wish in (
        c.Resolve(1, words=WORDS),
        c.Return(1, words=WORDS),
        c.Hold(1, later, words=WORDS),
    ):
        assert refusal(asked, wish, OFFICER) == "not_now"
    assert refusal(asked, c.Resolve(2, words=WORDS), B) is None
