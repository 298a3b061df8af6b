"""How long a citizen's answer is waited for, and what their silence means."""

from referrals import commands as c
from referrals.due.watching import next_at
from referrals.ticket import ClosedBecause, TicketState
from tests.referrals.samples import WORDS
from tests.referrals.story import (
    A_DAY,
    AN_HOUR,
    CITIZEN,
    OFFICER,
    Story,
    days,
    names,
)
from tests.referrals.wild import DISTRICT


def test_the_citizen_is_reminded_and_then_taken_at_their_silence() -> None:
    """Days 1, 5 and 9 after the notice arrived; on day 10 it is closed; after 28 days asked."""
    story = Story()
    story.resolved()
    story.wait(A_DAY)
    story.reach()
    since = story.now
    assert list(days(story.wait(40 * A_DAY), since)) == [
        ("reminded", 1.0),
        ("reminded", 5.0),
        ("reminded", 9.0),
        ("auto_confirmed", 10.0),
        ("outcome_asked", 38.0),
    ]
    assert story.ticket
    assert story.ticket.closed_because is ClosedBecause.AUTO_CONFIRMED
    assert story.wait(300 * A_DAY) == []
    story.do(c.ReceivedAfterAll(), CITIZEN)
    assert next_at(story.ticket, DISTRICT) is None


def test_nobody_is_reminded_of_what_never_arrived() -> None:
    """Without a receipt for three days a person must call; the ticket stays open, never silent."""
    story = Story()
    story.resolved()
    since = story.now
    done = list(days(story.wait(60 * A_DAY), since))
    assert done[0] == ("not_reached", 3.0)
    assert set(names(story.told[-4:])) == {"breached", "still_waiting"}
    assert story.ticket
    assert story.ticket.state is TicketState.RESOLVED
    story.reach(by_hand=True)
    assert names(story.wait(10 * A_DAY))[-1] == "auto_confirmed"


def test_a_question_is_repeated_three_times_before_it_ends() -> None:
    """Working days 3, 6 and 9 after it arrived, and the end on the tenth."""
    story = Story()
    story.wait(AN_HOUR)
    story.do(c.Ask(1, words=WORDS), OFFICER)
    story.reach()
    since = story.now
    done = list(days(story.wait(20 * A_DAY), since))
    assert [(name, round(day)) for name, day in done] == [
        ("reminded", 3),
        ("reminded", 8),
        ("reminded", 11),
        ("waiting_ended", 14),
    ]
    assert story.ticket
    assert story.ticket.closed_because is ClosedBecause.NO_RESPONSE


def test_late_reminders_come_a_day_apart() -> None:
    """After a week in which the machine was off nobody gets three reminders in one hour."""
    story = Story()
    story.resolved()
    story.reach()
    story.now += 20 * A_DAY
    since = story.now
    assert list(days(story.wait(5 * A_DAY), since)) == [
        ("reminded", 0.0),
        ("reminded", 1.0),
        ("reminded", 2.0),
        ("auto_confirmed", 3.0),
    ]
