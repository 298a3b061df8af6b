"""The monthly round of proposals."""

from datetime import date

import pytest
from msgspec.structs import replace

from referrals.district.directory import Decider, Milestone, Usul
from referrals.district.words import Words
from referrals.due.usul_calendar import (
    Round,
    ahead,
    current_round,
    is_centres,
    next_approval,
    published,
    reached,
    round_of,
    step_called,
)

STEPS = tuple(Milestone(code, Words(code, code)) for code in ("operator", "musdes", "bupati"))
USUL = Usul(
    services=("USUL",),
    proposals_until=11,
    meeting_until=14,
    approval_from=15,
    approval_until=17,
    milestones=STEPS,
)


@pytest.mark.parametrize(
    ("proposed", "year", "month"),
    [
        (date(2026, 9, 1), 2026, 9),
        (date(2026, 9, 11), 2026, 9),
        (date(2026, 9, 12), 2026, 10),
        (date(2026, 12, 31), 2027, 1),
    ],
)
def test_which_round(proposed: date, year: int, month: int) -> None:
    """What comes by the 11th is in this month's round, what comes later in the next one's."""
    days = [date(year, month, day) for day in (11, 14, 15, 17)]
    assert round_of(USUL, proposed) == Round(*days)


def test_the_round_it_is_in() -> None:
    """A proposal stays in its round until that is approved, and then waits for the next."""
    proposed = date(2026, 9, 5)
    assert current_round(USUL, proposed, date(2026, 9, 17)).closes == date(2026, 9, 11)
    assert current_round(USUL, proposed, date(2026, 9, 18)).closes == date(2026, 10, 11)


def test_the_next_approval() -> None:
    """What left the village is approved by the 17th, after that next month's."""
    assert next_approval(USUL, date(2026, 12, 17)) == date(2026, 12, 17)
    assert next_approval(USUL, date(2026, 12, 18)) == date(2027, 1, 17)


def test_whose_step_it_is() -> None:
    """Central government decides about the steps that its row says so of."""
    centre = Milestone("pusat", Words("pusat", "centre"), by=Decider.CENTRE)
    assert is_centres(centre)
    assert not is_centres(STEPS[0])
    assert not is_centres(None)
    assert step_called(replace(USUL, milestones=(*STEPS, centre)), "pusat") == centre
    assert step_called(USUL, "pusat") is None


def test_the_way() -> None:
    """Milestones stand in the order of the way, and unknown ones are none."""
    assert reached(USUL, ("musdes", "gone", "operator")) == STEPS[:2]
    assert reached(USUL, ()) == ()


@pytest.mark.parametrize(
    ("approved", "result"),
    [
        (date(2026, 12, 17), date(2027, 1, 31)),
        (date(2027, 1, 17), date(2027, 1, 31)),
        (date(2027, 2, 17), date(2027, 4, 30)),
        (date(2026, 11, 17), date(2027, 1, 31)),
    ],
)
def test_no_result_is_promised_before_an_edition(approved: date, result: date) -> None:
    """What was approved shows at the end of the next month with a national edition."""
    assert published(replace(USUL, editions=(1, 4, 7, 10)), approved) == result


def test_without_editions() -> None:
    """A district that names none promises no date."""
    assert published(USUL, date(2026, 12, 17)) is None


def test_what_comes_next() -> None:
    """The next step follows the farthest one; behind the last there is none."""
    assert ahead(USUL, ("",)) == STEPS[0]
    assert ahead(USUL, ("musdes",)) == STEPS[2]
    assert ahead(USUL, ("bupati", "operator")) is None
