"""Those above hear of a delay: by the clocks of who is late, and by the citizen's own."""

from datetime import timedelta

from msgspec.structs import replace

from referrals import commands as c
from referrals.clocks import Clock
from referrals.district.directory import District, Priority
from referrals.due.dues import due_at
from referrals.due.rising import AT_THE_LATEST
from referrals.due.watching import plan
from referrals.noted import Breached
from referrals.roles import Role, Sensitivity
from referrals.ticket import Actor, TicketState
from tests.referrals.samples import NOW, WORDS, ticket_in
from tests.referrals.story import A_DAY, AN_HOUR, CITIZEN, DESK, Story, names
from tests.referrals.wild import DISTRICT

HOUSING, HEAD = Actor(Role.AGENCY, "dinas-perkim"), Actor(Role.SUPERVISOR, "head")


def quick(days: int = 5) -> District:
    """Return the district where housing takes *days*, and no village has it first."""
    row = replace(DISTRICT.services["RTLH"], resolve_days=days, roles=("dinas_perkim",))
    return replace(DISTRICT, services={"RTLH": row})


def accepted(days: int = 5, *, dated: bool = True) -> Story:
    """Return a ticket that its office has at work."""
    story = Story(district=quick(days))
    story.wait(AN_HOUR)
    story.do(c.Accept(1, story.now.date() if dated else None, words=WORDS), HOUSING)
    return story


def working_days(story: Story) -> list[float]:
    """Return after how many working days of the citizen's clock those above were told."""
    assert story.ticket
    citizen = story.ticket.clock(Clock.CITIZEN)
    assert citizen
    told = [at for name, at in story.told if name == "breached"]
    by_day = {due_at(story.ticket, citizen, story.district, only=n): n for n in range(130)}
    return [max(n for day, n in by_day.items() if day and day <= at) for at in told]


def held(story: Story, time: timedelta) -> None:
    """Let the office put it off again and again for *time*."""
    until = story.now + time
    while story.now < until:
        review = (story.now + 29 * A_DAY).date()
        story.do(c.Hold(1, review, words=WORDS), HOUSING)
        story.wait(30 * A_DAY)


def test_what_is_put_off_for_ever_rises() -> None:
    """A waiting list pauses the office's clock, and not the citizen's: 50, 55 and 60 days."""
    story = accepted()
    held(story, 115 * A_DAY)
    assert working_days(story) == [50, 55, 60]
    assert story.ticket
    assert story.ticket.level == 3


def test_who_was_told_by_the_citizens_clock_is_not_told_again() -> None:
    """When the office goes on and is late itself, its head hears; those above know already."""
    story = accepted()
    held(story, 115 * A_DAY)
    before = len(story.told)
    story.wait(40 * A_DAY)
    assert names(story.told[before:]).count("breached") == 1


def test_what_is_handed_round_rises() -> None:
    """No office is late, each hands it on: it is late after all the times it has, together."""
    story = Story(district=quick())
    for number in range(1, 100):
        story.wait(A_DAY)
        leg = story.ticket.open_leg if story.ticket else None
        assert leg
        who = Actor(Role.AGENCY, leg.agency)
        story.do(c.Return(number, words=WORDS), who)
        story.do(c.ReferAgain(("dinkes", "baznas")[number % 2], "by_hand"), HEAD)
    assert working_days(story) == [10, 15, 60]


def test_what_silent_offices_let_lie_rises() -> None:
    """Nobody accepts, and the desk finds the next one at once: the sekda hears all the same."""
    story = Story(district=quick())
    for number in range(60):
        story.wait(2 * A_DAY)
        if story.ticket and story.ticket.state is TicketState.TRIAGE:
            story.do(c.ReferAgain(("dinkes", "baznas")[number % 2], "by_hand"), HEAD)
    told = working_days(story)
    assert (told[0], told[-1]) == (15, 60)  # level 1 came with the first time to accept
    assert story.ticket
    assert story.ticket.level == 3


def test_two_clocks_of_one_office_are_one_delay() -> None:
    """No first answer and no solution: one letter for each level, and not two."""
    story = accepted(dated=False)
    story.wait(100 * A_DAY)
    assert working_days(story) == [5, 10, 60]
    assert story.ticket
    assert {one.clock for one in story.ticket.clocks} >= {Clock.C3, Clock.C4}


def test_an_answer_that_never_arrives_rises() -> None:
    """Five working days for a person to call, then the desk's head and who stands above it."""
    story = accepted()
    story.do(c.Resolve(1, words=WORDS), HOUSING)
    story.wait(100 * A_DAY)
    assert working_days(story) == [5, 10, 60]
    assert story.ticket
    assert story.ticket.state is TicketState.RESOLVED
    story.reach(by_hand=True)
    assert names(story.wait(10 * A_DAY))[-1] == "auto_confirmed"


def test_a_question_that_never_arrives_rises() -> None:
    """It pauses the clocks of who asked; whoever brings it to the citizen has a clock too."""
    story = accepted()
    story.do(c.Ask(1, words=WORDS), HOUSING)
    asked = story.now
    assert "breached" not in names(story.wait(6 * A_DAY))
    assert names(story.wait(A_DAY)) == ["breached"]
    story.wait(100 * A_DAY)
    assert names(story.told).count("breached") == 3
    assert story.now - asked > 100 * A_DAY


def test_what_arrived_tells_nobody_above() -> None:
    """A receipt, or a call, stops the desk's clock; so does an answer without either."""
    called = accepted()
    called.do(c.Resolve(1, words=WORDS), HOUSING)
    called.wait(4 * A_DAY)
    called.reach(by_hand=True)
    answered = accepted()
    answered.do(c.Ask(1, words=WORDS), HOUSING)
    answered.do(c.AnswerAsk(words=WORDS), CITIZEN)
    for story in (called, answered):
        assert story.ticket
        assert story.ticket.clock(Clock.C11) is None


def test_a_vaults_office_brings_its_answer_itself() -> None:
    """The desk that may not read it is not late; an ordinary answer is the desk's to bring."""
    late = Breached(at=NOW, clock=Clock.C11, leg=0, level=1, due=NOW)
    answered = ticket_in(TicketState.RESOLVED)
    assert late.late(answered) is None
    vault = replace(answered, sensitivity=Sensitivity.VAULT)
    assert late.late(vault) == vault.legs[0]


def test_who_keeps_its_time_is_not_late_by_the_citizens_clock() -> None:
    """Where the target is longer than fifty days, the citizen's clock waits for it too."""
    story = accepted(days=AT_THE_LATEST + 5)
    held(story, 28 * A_DAY)
    story.wait(45 * A_DAY)  # fifty-one working days of the citizen's
    assert "breached" not in names(story.told)


def test_the_waiting_list_is_not_blamed_while_somebody_works() -> None:
    """Of two shares that of the office at work is late by the citizen's clock, else the desk."""
    story = accepted()
    story.do(c.AddAgency("baznas", "by_hand"), DESK)
    story.do(c.Hold(1, (story.now + 29 * A_DAY).date(), words=WORDS), HOUSING)
    story.do(c.Accept(2, story.now.date()), Actor(Role.AGENCY, "baznas"))
    assert blamed(story) == 2
    story.do(c.Resolve(2, words=WORDS), Actor(Role.AGENCY, "baznas"))
    assert blamed(story) == 1
    story.do(c.Recall(1, words=WORDS), DESK)
    assert blamed(story) == 0


def blamed(story: Story) -> int:
    """Return whose delay the next level by the citizen's clock will be."""
    assert story.ticket
    planned = [step.command for step in plan(story.ticket, story.district)]
    late = [one for one in planned if isinstance(one, c.Breach) and one.clock is Clock.CITIZEN]
    return late[0].leg


def test_a_false_end_gets_its_half_time() -> None:
    """After BELUM the office has its time again before its head hears, though it was handed on."""
    story = Story(district=quick(20))
    story.wait(A_DAY)
    story.do(c.Return(1, words=WORDS), HOUSING)
    story.do(c.ReferAgain("baznas", "by_hand"), DESK)
    baznas = Actor(Role.AGENCY, "baznas")
    story.do(c.Accept(2, story.now.date()), baznas)
    story.wait(26 * A_DAY)
    story.do(c.Resolve(2, words=WORDS), baznas)
    story.wait(2 * A_DAY)
    story.reach(by_hand=True)
    story.wait(8 * A_DAY)
    story.do(c.NotYet(words=WORDS), CITIZEN)
    assert "breached" not in names(story.wait(9 * A_DAY))


def test_what_may_be_taken_back_is_late_for_nobody() -> None:
    """An objection with an alarm word has hours for days, and no head hears of it in its day."""
    row = DISTRICT.services["DTSEN_SANGGAH"]
    story = Story(row.code)
    assert story.ticket
    story.ticket = replace(story.ticket, priority=Priority.P1)
    assert names(story.wait(A_DAY - AN_HOUR)) == []
    assert names(story.wait(AN_HOUR)) == ["referred"]
