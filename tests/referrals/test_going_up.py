"""A case that leaves the village: when, and not before somebody above was told."""

from datetime import timedelta

from msgspec.structs import replace

from referrals import commands as c
from referrals.district.directory import District, Priority
from referrals.due.watching import plan
from referrals.roles import Sensitivity
from tests.referrals.story import A_DAY, AN_HOUR, OFFICER, SYSTEM, Story, days, names
from tests.referrals.test_rising import accepted as late
from tests.referrals.test_rising import held, working_days
from tests.referrals.wild import DISTRICT


def of_five_days() -> District:
    """Return the demo district, whose house repairs have five working days."""
    return replace(DISTRICT, services={"RTLH": replace(DISTRICT.services["RTLH"], resolve_days=5)})


def accepted(district: District | None = None) -> Story:
    """Return the story of a case that its village took on."""
    story = Story(district=district or of_five_days())
    story.wait(AN_HOUR)
    story.do(c.Accept(1, story.now.date()), OFFICER)
    return story


def test_a_case_goes_up_five_working_days_after_its_breach() -> None:
    """On the day on which level 2 hears, and neither at the breach nor later."""
    story = accepted()
    done = list(days(story.wait(15 * A_DAY), story.now - 15 * A_DAY))
    assert [name for name, _ in done] == ["breached", "breached", "escalated"]
    assert done[1][1] == done[2][1]


def test_what_goes_up_was_due_when_level_two_was_told() -> None:
    """The plan names that instant, not the breach itself five working days before."""
    story = accepted()
    assert story.ticket
    while not isinstance((step := plan(story.ticket, story.district)[0]).command, c.Escalate):
        story.now = step.at
        story.do(step.command, SYSTEM)
    assert (story.told[-1][0], story.told[-1][1]) == ("breached", step.at)


def test_after_an_outage_level_two_hears_before_the_case_goes_up() -> None:
    """Late clocks tell the village's head first, a day later who is above, and then go up."""
    story = accepted()
    story.now += timedelta(days=60)
    assert names(story.wait(3 * A_DAY))[:3] == ["breached", "breached", "escalated"]


def test_lives_at_stake_pass_the_village_from_the_start() -> None:
    """What is urgent is planned for the first office of the whole district."""
    urgent = replace(DISTRICT.services["RTLH"], priority=Priority.P1)
    story = Story(district=replace(DISTRICT, services={"RTLH": urgent}))
    story.wait(AN_HOUR)
    assert story.ticket
    assert story.ticket.legs[0].agency == "dinas-perkim"


def test_a_vaults_case_goes_up_into_a_vault() -> None:
    """Where a village keeps a vault, what it does not do in time goes to a vault above it."""
    service = of_five_days().services["RTLH"]
    vault = replace(service, sensitivity=Sensitivity.VAULT)
    offices = {code: replace(one, vault=True) for code, one in DISTRICT.agencies.items()}
    story = accepted(replace(DISTRICT, services={"RTLH": vault}, agencies=offices))
    assert "escalated" in names(story.wait(16 * A_DAY))


def test_a_long_target_moves_all_three_levels() -> None:
    """Where resolving alone has sixty days, those above hear on day 65, 70 and 75."""
    story = late(60)
    held(story, 160 * A_DAY)
    assert working_days(story) == [65, 70, 75]


def test_whom_a_ticket_is_about_gets_it_neither_first_nor_later() -> None:
    """Neither by the rule of its village nor when it goes up."""
    story = Story(district=of_five_days())
    assert story.ticket
    story.ticket = replace(story.ticket, kept_out=("pemdes",))
    story.wait(AN_HOUR)
    assert [leg.agency for leg in story.ticket.legs] == ["dinas-perkim"]
