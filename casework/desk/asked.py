"""What each step asks of an officer, and the one check of what they gave.

`AgencyDesk` checks whatever it is asked to do; pages and programs ask first, only to say kindly
what is missing.
"""

from collections.abc import Container, Mapping
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from casework.desk.deeds import Brought, Step
from casework.desk.steps import NAMES
from casework.ticket.step_names import StepName
from referrals import commands
from referrals.choosing import Refusal
from referrals.district.days import read_day
from referrals.ticket import DeclineReason

LONGEST = 1000  # characters of one text; a citizen reads it on a telephone
LONGEST_LINE = 200  # characters of what fits on one line
SHORTEST = 3  # letters of words that say something
FARTHEST = timedelta(days=730)  # an expected date beyond that is a slip of the keyboard


class Item(StrEnum):
    """One thing that a step may ask for."""

    WORDS = "words"
    RULE = "rule"  # by which it is declined
    NUMBER = "number"  # under which it goes on elsewhere
    EXPECTED = "expected"  # the day
    REVIEW = "review"  # the day
    BETTER = "better"  # the office that gets it
    SHARE = "share"  # what came back and is to be placed
    LEG = "leg"
    REASON = "reason"
    MILESTONE = "milestone"
    TWIN = "twin"
    SYSTEM = "system"  # where it goes on
    HOW = "how"  # the citizen was reached
    BECAUSE = "because"  # why it is struck out
    FILES = "files"  # counted and looked through by `casework.files`


LINES = frozenset({Item.RULE, Item.NUMBER})
TEXTS = LINES | {Item.WORDS}
DAYS = frozenset({Item.EXPECTED, Item.REVIEW})

ASKED: Mapping[StepName, tuple[Item, ...]] = {
    StepName.ACCEPT: (Item.EXPECTED,),
    StepName.RETURN: (Item.WORDS, Item.BETTER),
    StepName.ASK: (Item.WORDS,),
    StepName.HOLD: (Item.REVIEW, Item.MILESTONE, Item.WORDS),
    StepName.RESUME: (),
    StepName.MILESTONE: (Item.MILESTONE, Item.WORDS),
    StepName.ESCALATE: (Item.BETTER, Item.WORDS),
    StepName.ADD: (Item.SHARE, Item.BETTER, Item.WORDS),
    StepName.RESOLVE: (Item.WORDS, Item.FILES),
    StepName.DECLINE: (Item.REASON, Item.RULE, Item.WORDS),
    StepName.REFER: (Item.SHARE, Item.BETTER, Item.WORDS),
    StepName.OUT_OF_SCOPE: (Item.WORDS,),
    StepName.MERGE: (Item.TWIN, Item.WORDS),
    StepName.RECALL: (Item.LEG, Item.WORDS),
    StepName.HAND_OVER: (Item.SYSTEM, Item.NUMBER, Item.WORDS),
    StepName.REACHED: (Item.HOW, Item.WORDS),
    StepName.REOPEN: (Item.WORDS,),
    StepName.VOID: (Item.BECAUSE, Item.WORDS),
    StepName.OVERTURN: (Item.WORDS,),
    StepName.UPHOLD: (Item.WORDS,),
    StepName.STRIKE: (),
    StepName.SPARE: (),
}
"""What each step asks, in the order of a page."""

OPTIONAL = frozenset(
    {
        (StepName.ACCEPT, Item.EXPECTED),
        (StepName.RETURN, Item.BETTER),
        (StepName.HOLD, Item.MILESTONE),
        (StepName.ADD, Item.SHARE),  # else it is for the one that waits longest
        (StepName.REFER, Item.SHARE),
        (StepName.MILESTONE, Item.MILESTONE),
        (StepName.MILESTONE, Item.WORDS),  # one of the two is needed
        (StepName.MERGE, Item.WORDS),
        (StepName.HAND_OVER, Item.WORDS),
        (StepName.REACHED, Item.WORDS),
    }
)

Values = Mapping[Item, str | date | None]
Offered = Mapping[Item, Container[str]]


class Wrong(StrEnum):
    """What can be wrong with one thing that was asked for."""

    MISSING = "missing"  # or so short that it says nothing
    LONG = "long"
    UNKNOWN = "unknown"  # none of those that can be picked
    UNREADABLE = "unreadable"  # no day of the calendar
    OUT_OF_REACH = "out_of_reach"  # a day that is over, or too far ahead


class Lack(Struct, frozen=True):
    """What somebody has to mend before their step can be done."""

    item: Item
    wrong: Wrong

    @property
    def refusal(self) -> Refusal:
        """What the desk answers to it: "words_missing", "system_unknown"."""
        return Refusal(f"{self.item}_{self.wrong}")


def lack(name: StepName, values: Values, today: date, offered: Offered) -> Lack | None:
    """Return what is wrong first with *values*, which were given for step *name*; else None.

    An item that is no key of *values* cannot be given where it comes from, and is not asked for.
    *offered* is what can be picked; where it has no row, the lifecycle decides.
    """
    for item in ASKED[name]:
        if item in values and (wrong := _wrong(name, item, values, today, offered)):
            return Lack(item, wrong)
    words = values.get(Item.WORDS) or ""
    if Item.WORDS not in ASKED[name] and len(str(words)) > LONGEST:
        return Lack(Item.WORDS, Wrong.LONG)
    return None


def lack_of(step: Step, brought: Brought, today: date, offered: Offered) -> Lack | None:
    """Return what *step* lacks with what was *brought*, None where it can be tried.

    What no officer can want is left to the lifecycle, which refuses it.
    """
    name = NAMES.get(type(step))
    return lack(name, values_of(step, brought), today, offered) if name else None


def values_of(step: Step, brought: Brought) -> Values:
    """Return what *step* and what was *brought* with it say; a rule is asked for on pages only."""
    ruled = {Item.RULE: brought.rule} if brought.rule else {}
    return {**_carried(step), **ruled, Item.WORDS: brought.words.strip()}


def in_reach(day: date, today: date) -> bool:
    """Tell whether something can be expected to be done on *day*."""
    return today <= day <= today + FARTHEST


def can_be_picked(systems: Container[str]) -> Offered:
    """Return what the district itself, whatever the ticket, lets an officer pick from."""
    return {Item.REASON: frozenset(DeclineReason), Item.SYSTEM: systems}


def _carried(step: Step) -> Values:
    """Return what *step* itself carries of the things that can be wrong in any ticket."""
    match step:
        case commands.Accept(expected=day):
            return {Item.EXPECTED: day}
        case commands.Hold(review=day, milestone=milestone):
            return {Item.REVIEW: day, Item.MILESTONE: milestone}
        case commands.ReportMilestone(milestone=milestone):
            return {Item.MILESTONE: milestone}
        case commands.Decline(reason=reason):
            return {Item.REASON: reason}
        case commands.HandOver(system=system, number=number):
            return {Item.SYSTEM: system, Item.NUMBER: number}
        case _:
            return {}


def _wrong(
    name: StepName, item: Item, values: Values, today: date, offered: Offered
) -> Wrong | None:
    value = values[item]
    if not value:
        return None if _may_lack(name, item, values) else Wrong.MISSING
    if item in DAYS:
        return _wrong_day(item, value, today)
    if item in TEXTS:
        return _wrong_text(item, str(value))
    return Wrong.UNKNOWN if item in offered and value not in offered[item] else None


def _may_lack(name: StepName, item: Item, values: Values) -> bool:
    """Tell whether *item* may be left out; of a milestone and words about it not both."""
    if (name, item) == (StepName.MILESTONE, Item.WORDS):
        return bool(values.get(Item.MILESTONE))
    return (name, item) in OPTIONAL


def _wrong_day(item: Item, value: str | date, today: date) -> Wrong | None:
    """Return what is wrong with a day; how far a review may be put off the lifecycle knows."""
    day = read_day(value) if isinstance(value, str) else value
    if day is None:
        return Wrong.UNREADABLE
    near = in_reach(day, today) if item is Item.EXPECTED else today <= day
    return None if near else Wrong.OUT_OF_REACH


def _wrong_text(item: Item, text: str) -> Wrong | None:
    if item is not Item.NUMBER and len(text) < SHORTEST:
        return Wrong.MISSING
    return Wrong.LONG if len(text) > (LONGEST_LINE if item in LINES else LONGEST) else None
