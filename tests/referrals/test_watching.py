"""What the clocks plan, and what becomes of a ticket when only they act."""

from datetime import UTC, datetime
from itertools import pairwise

from msgspec.structs import replace

from referrals import chores
from referrals import commands as c
from referrals.choosing import Refusal
from referrals.clocks import Clock
from referrals.district.directory import Priority
from referrals.due.watching import next_at, plan
from referrals.lifecycle import decide, evolve
from referrals.roles import Role, Sensitivity
from referrals.ticket import Actor, TicketState
from tests.referrals.samples import CODE, NOW, WORDS
from tests.referrals.story import (
    A_DAY,
    AN_HOUR,
    CITIZEN,
    DESK,
    OFFICER,
    SUKAMAJU,
    VILLAGE,
    Story,
    days,
    names,
)
from tests.referrals.wild import DISTRICT


def test_what_consent_or_time_released_is_routed() -> None:
    """A ticket that no person looks at goes to whom the rules find, at once."""
    story = Story()
    assert names(story.wait(AN_HOUR)) == ["referred"]
    assert story.ticket
    assert story.ticket.legs[0].agency == VILLAGE
    assert story.ticket.legs[0].local


def test_what_may_be_taken_back_waits_a_day() -> None:
    """An objection is forwarded after 24 hours, past the village, unless it was taken back."""
    story = Story("DTSEN_SANGGAH")
    assert list(days(story.wait(A_DAY), NOW)) == [("referred", 1.0)]
    assert story.ticket
    assert story.ticket.legs[0].agency != VILLAGE
    story = Story("DTSEN_SANGGAH")
    story.wait(A_DAY - AN_HOUR)
    story.do(c.Withdraw(), CITIZEN)
    assert story.wait(60 * A_DAY) == []


def test_what_a_person_looks_at_is_left_to_them() -> None:
    """No rule, or a question: the desk routes, and C1 tells its head when it does not."""
    asked = Story("DTSEN_SANGGAH")
    asked.do(c.Ask(0, words=WORDS), DESK)
    asked.do(c.AnswerAsk(words=WORDS), CITIZEN)
    nobody = Story(district=replace(DISTRICT, agencies={"satu-pintu": DISTRICT.agencies["bpbd"]}))
    gone = Story("DTSEN_SANGGAH")
    gone.district = replace(DISTRICT, services={})
    for story in (asked, nobody, gone):
        done = list(days(story.wait(16 * A_DAY), NOW))
        assert ("breached", 3.0) in done
        assert "referred" not in names(story.told)


def test_nobody_who_is_asked_for_consent_waits_for_ever() -> None:
    """Seven days without a word mean no."""
    ask = c.SubmitForAnother(
        CODE, "RTLH", SUKAMAJU, Priority.P3, Sensitivity.ORDINARY, "child", "reply", words=WORDS
    )
    events = decide(None, ask, Actor(Role.FACILITATOR), NOW)
    assert not isinstance(events, Refusal)
    (step,) = plan(evolve(None, events[0]), DISTRICT)
    assert (step.at, step.command) == (NOW + 7 * A_DAY, c.RefuseConsent())


def test_who_does_not_accept_is_told_of_and_then_loses_the_leg() -> None:
    """Two working days, its head; two more, triage; one more, the desk's head."""
    story = Story()
    assert list(days(story.wait(7 * A_DAY), NOW))[1:] == [
        ("acceptance_overdue", 2.0),
        ("leg_expired", 4.0),
        ("breached", 7.0),
    ]
    assert story.ticket
    assert story.ticket.level == 1


def test_a_vaults_leg_stays_and_three_levels_hear_of_it() -> None:
    """Nobody takes a violence ticket away; each breach rises, and then the others' clocks do."""
    story = Story("PPA")
    done = story.wait(3 * A_DAY)
    assert names(done).count("acceptance_overdue") == 3
    assert story.ticket
    assert story.ticket.state is TicketState.REFERRED
    assert story.ticket.level == 3


def test_a_late_case_rises_and_leaves_the_village() -> None:
    """At the breach the head, five working days later the sekda, and the case goes up."""
    service = replace(DISTRICT.services["RTLH"], resolve_days=5)
    story = Story(district=replace(DISTRICT, services={"RTLH": service}))
    story.wait(AN_HOUR)
    story.do(c.Accept(1, story.now.date(), words=WORDS), OFFICER)
    done = list(days(story.wait(15 * A_DAY), NOW))
    assert done[:2] == [("breached", 7.0), ("breached", 14.0)]
    assert names(story.told)[-1] == "escalated"
    assert story.ticket
    assert story.ticket.legs[1].agency == "dinas-perkim"
    assert story.ticket.level == 2


def test_nothing_goes_up_from_where_there_is_no_up() -> None:
    """An office of the whole district keeps its leg, as does who is the only one."""
    service = replace(DISTRICT.services["RTLH"], resolve_days=5, roles=("dinas_perkim",))
    story = Story(district=replace(DISTRICT, services={"RTLH": service}))
    story.wait(AN_HOUR)
    story.do(c.Accept(1), Actor(Role.AGENCY, "dinas-perkim"))
    assert "escalated" not in names(story.wait(30 * A_DAY))
    alone = replace(service, roles=("pemdes",))
    story = Story(district=replace(DISTRICT, services={"RTLH": alone}))
    story.wait(AN_HOUR)
    story.do(c.Accept(1), OFFICER)
    assert "escalated" not in names(story.wait(30 * A_DAY))
    story.district = replace(DISTRICT, services={})
    assert "escalated" not in names(story.wait(30 * A_DAY))


def test_the_inspectorate_hears_after_sixty_working_days() -> None:
    """Level 3 waits for sixty working days of the citizen's clock, and for level 2's time."""
    service = replace(DISTRICT.services["RTLH"], resolve_days=5, roles=("dinas_perkim",))
    story = Story(district=replace(DISTRICT, services={"RTLH": service}))
    story.wait(AN_HOUR)
    story.do(c.Accept(1, story.now.date()), Actor(Role.AGENCY, "dinas-perkim"))
    done = [at for name, at in story.wait(120 * A_DAY) if name == "breached"]
    assert len(done) == 3
    assert done[2].date().isoformat() == "2027-02-22"  # 60 working days after 23 November
    assert story.ticket
    assert story.ticket.level == 3


def test_the_inspectorate_does_not_hear_before_level_two_had_its_time() -> None:
    """Where the target itself is sixty working days, level 3 comes five days after level 2."""
    service = replace(DISTRICT.services["RTLH"], roles=("dinas_perkim",))
    story = Story(district=replace(DISTRICT, services={"RTLH": service}))
    story.wait(AN_HOUR)
    story.do(c.Accept(1, story.now.date()), Actor(Role.AGENCY, "dinas-perkim"))
    done = [at.date().isoformat() for name, at in story.wait(130 * A_DAY) if name == "breached"]
    assert done == ["2027-02-22", "2027-03-01", "2027-03-16"]


def test_after_an_outage_one_level_a_day_hears() -> None:
    """Clocks that nobody read for months tell one above after the other, a day apart."""
    service = replace(DISTRICT.services["RTLH"], resolve_days=5, roles=("dinas_perkim",))
    story = Story(district=replace(DISTRICT, services={"RTLH": service}))
    story.wait(AN_HOUR)
    story.do(c.Accept(1, story.now.date()), Actor(Role.AGENCY, "dinas-perkim"))
    story.now += 120 * A_DAY
    back = story.now
    done = [at - back for name, at in story.wait(9 * A_DAY) if name == "breached"]
    assert done == [0 * A_DAY, 1 * A_DAY, 2 * A_DAY]


def test_after_an_outage_lives_have_a_level_an_hour() -> None:
    """Of a P1, whose clocks read hours for days, the next above hears an hour later."""
    story = Story("BENCANA")
    story.wait(AN_HOUR)
    (leg,) = story.ticket.legs if story.ticket else ()
    story.do(c.Accept(1, story.now.date()), Actor(Role.AGENCY, leg.agency))
    story.now += 30 * A_DAY
    back = story.now
    done = [at - back for name, at in story.wait(A_DAY) if name == "breached"]
    assert done == [0 * AN_HOUR, 1 * AN_HOUR, 2 * AN_HOUR]


def test_a_waiting_list_is_looked_at_on_its_day() -> None:
    """On the day of the review, when the offices open, work goes on; C4 was paused so long."""
    story = Story()
    story.wait(AN_HOUR)
    story.do(c.Accept(1), OFFICER)
    review = NOW.date() + 21 * A_DAY
    story.do(c.Hold(1, review, words=WORDS), OFFICER)
    done = story.wait(30 * A_DAY)
    assert names(done)[:2] == ["still_waiting", "resumed"]
    assert done[1][1] == datetime(2026, 12, 14, 1, tzinfo=UTC)  # eight by WIB
    assert story.ticket
    c4 = story.ticket.clock(Clock.C4, 1)
    assert c4
    assert not c4.paused


def test_nobody_is_left_silent() -> None:
    """While nothing happens the citizen hears from us within 14 days, for as long as it takes."""
    story = Story()
    story.wait(AN_HOUR)
    story.do(c.Accept(1, story.now.date()), OFFICER)
    heard = [at for _, at in [*story.told, *story.wait(80 * A_DAY)]]
    assert max(b - a for a, b in pairwise(heard)) <= 14 * A_DAY


def test_without_a_calendar_somebody_is_still_told() -> None:
    """In a year that nobody knows no date of working days is planned, but signs of life are."""
    story = Story(district=replace(DISTRICT, services={"RTLH": DISTRICT.services["RTLH"]}))
    story.wait(AN_HOUR)
    story.now = datetime(2028, 2, 1, tzinfo=UTC)
    calendar = replace(DISTRICT.calendar, years=frozenset())
    story.district = replace(story.district, calendar=calendar)
    assert story.ticket
    assert [type(step.command) for step in plan(story.ticket, story.district)] == [
        chores.Heartbeat
    ]
    story.do(c.Accept(1), OFFICER)
    story.do(c.Ask(1, words=WORDS), OFFICER)
    story.reach()
    assert names(story.wait(30 * A_DAY)) == ["still_waiting", "still_waiting"]


def test_level_three_needs_the_sixtieth_day() -> None:
    """Where the calendar ends before the sixtieth working day, level 3 is not guessed."""
    service = replace(DISTRICT.services["RTLH"], resolve_days=5, roles=("dinas_perkim",))
    calendar = replace(DISTRICT.calendar, years=frozenset({2026}))
    story = Story(district=replace(DISTRICT, services={"RTLH": service}, calendar=calendar))
    story.wait(AN_HOUR)
    story.do(c.Accept(1, story.now.date()), Actor(Role.AGENCY, "dinas-perkim"))
    assert names(story.wait(60 * A_DAY)).count("breached") == 2


def test_what_is_over_has_nothing_planned() -> None:
    """A ticket struck out is left alone."""
    story = Story()
    story.do(c.Void("dpo-2", words=WORDS), Actor(Role.DATA_PROTECTION, "dpo-1"))
    assert story.ticket
    assert plan(story.ticket, DISTRICT) == ()
    assert next_at(story.ticket, DISTRICT) is None
