"""How a ticket stands in lists of work: whose turn, by when, as a whole and for each office."""

from datetime import date, timedelta

from msgspec.structs import replace

from referrals import commands as c
from referrals.district.replies import Canned
from referrals.district.words import Words
from referrals.district.working_days import WorkCalendar
from referrals.due.listing import Share, shares
from referrals.ticket import DeclineReason, TicketState
from tests.referrals.samples import WORDS
from tests.referrals.story import A_DAY, AN_HOUR, CITIZEN, DESK, OFFICER, VILLAGE, Story
from tests.referrals.wild import DISTRICT


def of(story: Story) -> tuple[Share, ...]:
    """Return how the ticket of *story* stands."""
    assert story.ticket
    return shares(story.ticket, story.district)


def at_the_village() -> Story:
    """Return a ticket that its village has to accept."""
    story = Story()
    story.wait(AN_HOUR)
    return story


def test_a_new_share_is_its_offices_turn() -> None:
    """It is due when it must be accepted, and at risk once a quarter of that is left."""
    story = at_the_village()
    whole, share = of(story)
    assert (whole.leg, whole.agency, whole.turn) == (0, VILLAGE, "agency")
    assert (share.leg, share.agency, share.turn) == (1, VILLAGE, "agency")
    assert share.state is TicketState.REFERRED
    assert share.due == whole.due
    assert share.due is not None
    assert share.risk is not None
    assert story.now < share.risk < share.due


def test_a_share_at_work_reads_so() -> None:
    """Its office sees it in progress; what is due next is its first answer."""
    story = at_the_village()
    before = of(story)[1].due
    story.do(c.Accept(1, words=WORDS), OFFICER)
    share = of(story)[1]
    assert share.state is TicketState.IN_PROGRESS
    assert share.due is not None
    assert before is not None
    assert share.due > before


def test_a_question_is_the_citizens_turn_for_who_asked() -> None:
    """Its clocks stand still, so nothing is due; another office's share goes on."""
    story = at_the_village()
    story.do(c.Accept(1, words=WORDS), OFFICER)
    story.do(c.AddAgency("dinas-perkim", "by_hand", words=WORDS), OFFICER)
    story.do(c.Ask(1, words=WORDS), OFFICER)
    whole, asked, other = of(story)
    assert (whole.turn, asked.turn, other.turn) == ("citizen", "citizen", "agency")
    assert asked.state is TicketState.NEEDS_INFO
    assert asked.due is None
    assert other.due is not None


def test_what_is_answered_waits_for_its_citizen() -> None:
    """The office that did it still sees it, without a deadline of its own."""
    story = at_the_village()
    story.resolved()
    whole, share = of(story)
    assert (whole.turn, share.turn) == ("citizen", "citizen")
    assert share.due is None


def test_what_is_over_is_nobodys_turn() -> None:
    """Neither the ticket nor a share of it is due."""
    story = at_the_village()
    story.resolved()
    story.do(c.Confirm(), CITIZEN)
    assert {(one.turn, one.due, one.risk) for one in of(story)} == {("nobody", None, None)}


def test_what_came_back_is_the_desks_alone() -> None:
    """The office that returned it has nothing to do; the desk has until its clock ends."""
    story = at_the_village()
    story.do(c.Return(1, words=WORDS), OFFICER)
    whole, share = of(story)
    assert (whole.turn, whole.agency) == ("desk", "")
    assert whole.due is not None
    assert (share.turn, share.due) == ("nobody", None)


def test_what_was_taken_back_names_no_office() -> None:
    """An office from which a share was recalled sees it in no list."""
    story = at_the_village()
    story.do(c.Recall(1, words=WORDS), DESK)
    share = of(story)[1]
    assert (share.agency, share.turn) == ("", "nobody")


def test_a_waiting_list_is_on_hold() -> None:
    """While it waits for its review nothing of it is overdue."""
    story = at_the_village()
    story.do(c.Accept(1, words=WORDS), OFFICER)
    review = (story.now + timedelta(days=20)).date()
    story.do(c.Hold(1, review=review, words=WORDS), OFFICER)
    share = of(story)[1]
    assert (share.state, share.due) == (TicketState.ON_HOLD, None)


def test_news_that_does_not_arrive_becomes_the_desks() -> None:
    """Once it is known that no message reaches the citizen, somebody has to call in time."""
    story = at_the_village()
    story.resolved()
    assert of(story)[0].due is None
    story.wait(4 * A_DAY)
    assert of(story)[0].due is not None


def test_an_unknown_year_is_never_guessed() -> None:
    """Where the calendar ends nothing is said to be due."""
    calendar = replace(DISTRICT.calendar, years=frozenset({2020}), holidays=frozenset[date]())
    story = at_the_village()
    assert story.ticket
    bare = replace(DISTRICT, calendar=calendar)
    assert isinstance(calendar, WorkCalendar)
    assert {(one.due, one.risk) for one in shares(story.ticket, bare)} == {(None, None)}


def test_an_appeal_is_the_desks_turn_for_all() -> None:
    """The office that refused sees that somebody else decides."""
    story = at_the_village()
    story.do(c.Accept(1, words=WORDS), OFFICER)
    story.do(c.Decline(1, reason=DeclineReason.OTHER, words=WORDS), OFFICER)
    story.reach()
    story.do(c.Appeal(words=WORDS), CITIZEN)
    assert {one.turn for one in of(story)} == {"desk"}


def test_a_canned_text_fits_where_its_row_says() -> None:
    """Its step must be the same; states and services narrow it, and none of them are any."""
    words = Words(id="Mohon", en="Please")
    narrow = Canned(
        code="a", step="ask", states=("submitted",), services=("RTLH",), label=words, text=words
    )
    wide = Canned(code="b", step="ask", label=words, text=words)
    assert narrow.fits("ask", "submitted", "RTLH")
    assert not narrow.fits("ask", "submitted", "USAHA")
    assert not narrow.fits("ask", "triage", "RTLH")
    assert not narrow.fits("hold", "submitted", "RTLH")
    assert wide.fits("ask", "triage", "USAHA")


def test_a_share_of_the_desks_own_office_is_the_desks_turn() -> None:
    """It stands in the first list of who is to work on it, until it is resolved."""
    story = at_the_village()
    story.do(c.Accept(1, words=WORDS), OFFICER)
    story.do(c.AddAgency(DISTRICT.desk, "by_hand", words=WORDS), OFFICER)
    assert [one.turn for one in of(story)] == ["desk", "agency", "agency"]
