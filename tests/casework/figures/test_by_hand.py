"""What each figure counts, on histories that were written by hand. See docs/figures.md."""

from datetime import date, timedelta

from casework.figures.counting import tally
from casework.figures.kinds import Kind
from referrals import commands as c
from referrals.roles import Role
from referrals.ticket import Actor
from tests.casework.figures.history import CITIZEN, DESK, DINAS, SYSTEM, VILLAGE, History
from tests.referrals.samples import CODE, NOW, WORDS
from tests.referrals.wild import DISTRICT


def solved(who: Actor = VILLAGE, day: float = 3) -> History:
    """Return a ticket that *who* called done on *day*, and whose citizen has heard so."""
    told = History().sent(0.1, who).do(1, who, c.Accept(1, words=WORDS))
    return told.do(day, who, c.Resolve(1, words=WORDS)).reached(day)


def test_a_village_solves_what_its_citizen_confirms() -> None:
    """One solved at the village, one confirmed for its office, one closed."""
    done = solved().do(4, CITIZEN, c.Confirm(5))
    assert done.counts(Kind.FILED) == [(0, "", 0)]
    assert done.counts(Kind.RECEIVED) == [(0, VILLAGE.id, 0)]
    assert done.counts(Kind.SOLVED) == [(4, VILLAGE.id, 1)]
    assert done.counts(Kind.CONFIRMED) == [(4, VILLAGE.id, 0)]
    assert done.counts(Kind.ENDED) == [(4, VILLAGE.id, 0)]
    assert not done.rows(Kind.OPEN, Kind.HELD, Kind.PROMISED, Kind.UNHEARD)


def test_what_a_dinas_solves_is_not_solved_at_the_village() -> None:
    """Nor is what both of them did a share of."""
    assert solved(DINAS).do(4, CITIZEN, c.Confirm(5)).counts(Kind.SOLVED) == [(4, DINAS.id, 0)]
    both = History().sent(0, VILLAGE).do(1, VILLAGE, c.Accept(1, words=WORDS))
    both.do(1, VILLAGE, c.AddAgency(DINAS.id, "by_hand")).do(2, DINAS, c.Accept(2, words=WORDS))
    both.do(3, VILLAGE, c.Resolve(1, words=WORDS)).do(4, DINAS, c.Resolve(2, words=WORDS))
    both.reached(4).do(5, CITIZEN, c.Confirm(5))
    assert both.counts(Kind.SOLVED) == [(5, DINAS.id, 0)]
    assert both.counts(Kind.CONFIRMED) == [(5, VILLAGE.id, 0), (5, DINAS.id, 0)]


def test_a_first_answer_says_something() -> None:
    """A receipt does not; a date does. It is counted once, in hours from filing."""
    waits = History().sent(0, VILLAGE).do(1, VILLAGE, c.Accept(1, words=WORDS))
    assert not waits.rows(Kind.FIRST_ANSWER)
    waits.do(2.5, VILLAGE, c.Resolve(1, words=WORDS))
    assert waits.counts(Kind.FIRST_ANSWER) == [(2, VILLAGE.id, 60)]
    dated = History().sent(0, VILLAGE)
    dated.do(1, VILLAGE, c.Accept(1, date(2026, 12, 1), words=WORDS))
    dated.do(2, VILLAGE, c.Resolve(1, words=WORDS))
    assert dated.counts(Kind.FIRST_ANSWER) == [(1, VILLAGE.id, 24)]


def test_an_answer_within_the_services_days_is_in_time() -> None:
    """Working days of the citizen's clock; the second answer is not asked about again."""
    days = DISTRICT.services["RTLH"].resolve_days
    early, late = solved(day=days), solved(day=days * 2)
    assert early.counts(Kind.ANSWERED) == [(days, VILLAGE.id, 1)]
    assert late.counts(Kind.ANSWERED) == [(days * 2, VILLAGE.id, 0)]
    early.do(days + 1, CITIZEN, c.NotYet(words=WORDS))
    early.do(days * 2, VILLAGE, c.Resolve(1, words=WORDS))
    assert early.counts(Kind.ANSWERED) == [(days, VILLAGE.id, 1)]


def test_time_in_which_the_citizen_is_asked_is_not_the_offices() -> None:
    """The promise moves by as much."""
    days = DISTRICT.services["RTLH"].resolve_days
    asked = History().sent(0, VILLAGE).do(1, VILLAGE, c.Accept(1, words=WORDS))
    promised = asked.counts(Kind.PROMISED)[0][0]
    asked.do(2, VILLAGE, c.Ask(1, words=WORDS))
    assert not asked.rows(Kind.PROMISED)
    asked.do(2 + days, CITIZEN, c.AnswerAsk(words=WORDS))
    assert asked.counts(Kind.PROMISED)[0][0] > promised
    asked.do(promised + 1, VILLAGE, c.Resolve(1, words=WORDS))
    assert [value for *_, value in asked.counts(Kind.ANSWERED)] == [1]


def test_belum_and_nothing_received_come_back_to_their_office() -> None:
    """BELUM at once, a false closure weeks later, and both are counted when they are said."""
    back = solved().do(4, CITIZEN, c.NotYet(words=WORDS))
    back.do(6, VILLAGE, c.Resolve(1, words=WORDS)).reached(6).do(7, CITIZEN, c.Confirm(3))
    back.do(36, SYSTEM, c.AskOutcome()).do(37, CITIZEN, c.ReportNotReceived(words=WORDS))
    assert back.counts(Kind.NOT_SOLVED) == [(4, VILLAGE.id, 0)]
    assert back.counts(Kind.FALSE_CLOSURE) == [(37, VILLAGE.id, 0)]
    assert back.counts(Kind.SOLVED) == [(7, VILLAGE.id, 1)]
    assert back.counts(Kind.OPEN) == [(0, VILLAGE.id, 0)]


def test_a_waiting_list_of_the_office_waits_for_its_budget() -> None:
    """Until work goes on; what central government decides about stands apart."""
    listed = History().sent(0, DINAS).do(1, DINAS, c.Accept(1, words=WORDS))
    review = NOW.date() + timedelta(days=20)
    listed.do(2, DINAS, c.Hold(1, review, words=WORDS))
    assert listed.counts(Kind.WAITLISTED) == [(2, DINAS.id, 0)]
    assert not listed.rows(Kind.AT_CENTRE)
    listed.do(5, DINAS, c.Resume(1, words=WORDS))
    assert not listed.rows(Kind.WAITLISTED)


def test_only_a_refusal_for_want_of_means_is_unmet_need() -> None:
    """Who was not eligible, or was helped already, is not in the budget's figures."""
    for reason, counted in (("no_budget", 1), ("quota", 1), ("not_eligible", 0)):
        refused = History().sent(0, DINAS).do(1, DINAS, c.Accept(1, words=WORDS))
        refused.do(2, DINAS, c.Decline(1, reason, words=WORDS))
        assert len(refused.rows(Kind.UNFUNDED)) == counted


def test_two_weeks_without_a_word_are_a_silence() -> None:
    """The program's own news end none; an office's next word does, and the desk counts too."""
    quiet = History().sent(0, DINAS).do(1, DINAS, c.Accept(1, words=WORDS))
    quiet.do(14, SYSTEM, c.Heartbeat())
    assert quiet.counts(Kind.UNHEARD) == [(1, DINAS.id, 0)]
    quiet.do(16, DINAS, c.Resolve(1, words=WORDS))
    assert quiet.counts(Kind.SILENCE) == [(16, DINAS.id, 15)]
    assert not quiet.rows(Kind.UNHEARD)
    short = History().sent(13, DINAS)
    assert not short.rows(Kind.SILENCE)
    slow = History().sent(14, DINAS)
    assert slow.counts(Kind.SILENCE) == [(14, DISTRICT.desk, 14)]


def test_what_was_never_a_ticket_counts_for_nothing() -> None:
    """Struck out by two, or refused by whom it was for."""
    struck = History().sent(0, VILLAGE)
    struck.do(1, Actor(Role.DATA_PROTECTION, "d"), c.Void(second="s", words=WORDS))
    assert tally(CODE, struck.entries, DISTRICT).rows == ()


def test_a_merged_case_has_the_older_clock() -> None:
    """Its duplicate was filed and ended, and nothing else."""
    twin = History().do(1, DESK, c.MarkDuplicate("123456789", words=WORDS))
    assert {row.kind for row in twin.rows(*Kind)} == {Kind.FILED, Kind.ENDED}
    master = History().do(1, DESK, c.Join("123456789", NOW - timedelta(days=9)))
    assert master.counts(Kind.OPEN) == [(-9, DISTRICT.desk, 0)]


def test_a_violence_ticket_has_no_place() -> None:
    """Not in its rows, so not in any table either."""
    assert tally(CODE, History("PPA").entries, DISTRICT).area == ""
    assert tally(CODE, History().entries, DISTRICT).area == "99.01.01"
    assert tally(CODE, History(area="").entries, DISTRICT).area == ""
