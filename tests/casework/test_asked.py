"""What each step asks, checked in one place for pages, programs and chats alike."""

from datetime import date, timedelta

import pytest

from casework.desk.asked import (
    ASKED,
    FARTHEST,
    LONGEST,
    LONGEST_LINE,
    SHORTEST,
    Item,
    Lack,
    Wrong,
    can_be_picked,
    lack,
    lack_of,
)
from casework.desk.deeds import Brought, Merge, Propose, Spare, Step, Strike
from casework.desk.steps import NAMES
from casework.ticket.step_names import StepName
from referrals import commands as c

TODAY = date(2026, 11, 20)
SAID = "Menunggu blangko dari pusat."
SYSTEMS = ("SP4N-LAPOR!",)
REASON = "quota"

SOUND: list[tuple[Step, Brought]] = [
    (c.Accept(leg=1), Brought()),
    (c.Accept(leg=1, expected=TODAY + FARTHEST), Brought("ok")),  # a program may add a word
    (c.Return(leg=1), Brought(SAID)),
    (c.Hold(leg=1, review=TODAY), Brought(SAID)),
    (c.Resume(leg=1), Brought()),
    (c.ReportMilestone(milestone="musdes"), Brought()),
    (c.ReportMilestone(), Brought(SAID)),
    (c.Decline(leg=1, reason=REASON), Brought("a" * LONGEST, rule="b" * LONGEST_LINE)),
    (c.HandOver(system=SYSTEMS[0], number="7"), Brought()),
    (c.Withdraw(), Brought()),  # no officer's, and the lifecycle's to refuse
    (Merge("482109379"), Brought()),
    (Propose(), Brought("a" * SHORTEST)),
    (Strike(), Brought()),
    (Spare(), Brought()),
]

LACKING: list[tuple[Step, Brought, Lack]] = [
    (c.Accept(leg=1, expected=TODAY - timedelta(days=1)), Brought(),
     Lack(Item.EXPECTED, Wrong.OUT_OF_REACH)),
    (c.Accept(leg=1, expected=TODAY + FARTHEST + timedelta(days=1)), Brought(),
     Lack(Item.EXPECTED, Wrong.OUT_OF_REACH)),
    (c.Accept(leg=1), Brought("a" * (LONGEST + 1)), Lack(Item.WORDS, Wrong.LONG)),
    (c.Return(leg=1), Brought("  x  "), Lack(Item.WORDS, Wrong.MISSING)),
    (c.Route(agency="dinsos", rule="by_hand"), Brought(), Lack(Item.WORDS, Wrong.MISSING)),
    (c.Resolve(leg=1), Brought("a" * (LONGEST + 1)), Lack(Item.WORDS, Wrong.LONG)),
    (c.Hold(leg=1, review=TODAY - timedelta(days=1)), Brought(SAID),
     Lack(Item.REVIEW, Wrong.OUT_OF_REACH)),
    (c.ReportMilestone(), Brought(), Lack(Item.WORDS, Wrong.MISSING)),
    (c.Decline(leg=1, reason="mimpi"), Brought(SAID), Lack(Item.REASON, Wrong.UNKNOWN)),
    (c.Decline(leg=1, reason=REASON), Brought(SAID, rule="b" * (LONGEST_LINE + 1)),
     Lack(Item.RULE, Wrong.LONG)),
    (c.HandOver(system="Bulan", number="7"), Brought(), Lack(Item.SYSTEM, Wrong.UNKNOWN)),
    (c.HandOver(system=SYSTEMS[0], number=""), Brought(), Lack(Item.NUMBER, Wrong.MISSING)),
    (Merge("482109379"), Brought("x"), Lack(Item.WORDS, Wrong.MISSING)),
    (Propose(), Brought(), Lack(Item.WORDS, Wrong.MISSING)),
]  # fmt: skip


@pytest.mark.parametrize(("step", "brought"), SOUND)
def test_what_is_complete_can_be_tried(step: Step, brought: Brought) -> None:
    """Nothing is asked for that a step can do without."""
    assert lack_of(step, brought, TODAY, can_be_picked(SYSTEMS)) is None


@pytest.mark.parametrize(("step", "brought", "found"), LACKING)
def test_what_is_missing_is_named(step: Step, brought: Brought, found: Lack) -> None:
    """Whatever way a step comes by, it lacks the same, and the refusal says what."""
    assert lack_of(step, brought, TODAY, can_be_picked(SYSTEMS)) == found
    assert found.refusal.reason == f"{found.item}_{found.wrong}"


def test_a_day_that_is_none_is_no_day() -> None:
    """What a form has for a day may be anything."""
    values = {Item.REVIEW: "besok", Item.WORDS: SAID}
    assert lack(StepName.HOLD, values, TODAY, {}) == Lack(Item.REVIEW, Wrong.UNREADABLE)


def test_every_step_is_a_wish_of_officers_and_asks_something_or_nothing() -> None:
    """No name stands for nothing, and none is forgotten."""
    assert set(NAMES.values()) == set(ASKED) == set(StepName)
