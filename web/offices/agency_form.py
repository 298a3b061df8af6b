"""The forms of an officer's steps: drawn, and read into a step or into what is missing."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from msgspec import Struct

from casework.desk.asked import (
    ASKED,
    LONGEST,
    LONGEST_LINE,
    OPTIONAL,
    TEXTS,
    Item,
    Lack,
    Values,
    Wrong,
    lack,
)
from casework.desk.deeds import Brought, Merge, Propose, Spare, Step, Strike
from casework.desk.steps import BY_HAND, sent_on
from casework.files.evidence import MOST_FILES
from casework.ticket.step_names import STEP_NAMES, StepName
from casework.ticket.views import LegView, Told
from conversations.hearing.cleaning import clean
from referrals import commands
from referrals.ticket import ClosedBecause
from web.offices.steps import now_key, offered

REACHED_BY = ("phone", "visit")

BECAUSE: Mapping[str, ClosedBecause | None] = {
    "void": None,
    "abuse": ClosedBecause.ABUSE,
    "subject_gone": ClosedBecause.SUBJECT_GONE,
}
"""For what two people end a ticket that nobody answered."""

Choices = tuple[tuple[str, Told], ...]
PICKED: Mapping[Item, Callable[[LegView], Choices]] = {
    Item.BETTER: lambda view: view.agencies,
    Item.REASON: lambda view: view.decline_reasons,
    Item.MILESTONE: lambda view: view.milestones,
    Item.LEG: lambda view: view.legs,
    Item.SHARE: lambda view: view.shares if len(view.shares) > 1 else (),
    Item.TWIN: lambda view: tuple((twin.code, twin.service_label) for twin in view.twins),
    Item.SYSTEM: lambda view: tuple((name, name) for name in view.systems),
    Item.HOW: lambda _: tuple((how, how) for how in REACHED_BY),
    Item.BECAUSE: lambda _: tuple((name, name) for name in BECAUSE),
}


class Filled(Struct, frozen=True):
    """A form that can be done: the step, and the words that go with it."""

    step: Step
    brought: Brought = Brought()


class FormFault(Struct, frozen=True):
    """What is wrong with a form: which field, and the wording key that says so kindly."""

    action: str
    field: str
    key: str


Read = Filled | FormFault
Form = Mapping[str, str]


def read(form: Form, view: LegView, today: date) -> Read:
    """Return what *form* asks for on the page of *view*; an unknown action is a FormFault too."""
    named = form.get("action", "")
    if named not in STEP_NAMES:
        return FormFault("", "", "agency.fault_action")
    action = StepName(named)
    offered = {item: dict(choices(action, item, view)) for item in PICKED}
    if found := lack(action, _values(action, form), today, offered):
        return FormFault(action, found.item, _key(found))
    asked = ASKED[action]
    return Filled(
        STEP_OF[action](form, view),
        Brought(
            words=_text(form, Item.WORDS) if Item.WORDS in asked else "",
            rule=_text(form, Item.RULE) if Item.RULE in asked else "",
        ),
    )


def drawn_with(view: LegView, today: date) -> dict[str, object]:
    """Return what templates draw the forms of *view* with; *today* is the district's own day."""
    return {
        "steps": offered(view),
        "now_key": now_key(view),
        "fields": ASKED,
        "optional": OPTIONAL,
        "choices": choices,
        "today": today,
        "tomorrow": today + timedelta(days=1),
        "longest": LONGEST,
        "longest_line": LONGEST_LINE,
        "most_files": MOST_FILES,
    }


def choices(action: StepName, field: Item, view: LegView) -> Choices:
    """Return what can be picked in *field* of *action*: its values and what they are called."""
    if (action, field) == (StepName.ESCALATE, Item.BETTER):
        return view.above
    return PICKED[field](view) if field in PICKED else ()


def _values(action: StepName, form: Form) -> Values:
    """Return what *form* gives for each item of *action*; files are counted elsewhere."""
    asked = (item for item in ASKED[action] if item is not Item.FILES)
    return {item: _text(form, item) if item in TEXTS else form.get(item, "") for item in asked}


def _key(found: Lack) -> str:
    """Return the wording that says kindly what is to be mended."""
    match found:
        case Lack(wrong=Wrong.UNREADABLE):
            return "agency.fault_date"
        case Lack(wrong=Wrong.LONG):
            return "agency.fault_long"
        case Lack(item=Item.EXPECTED, wrong=Wrong.OUT_OF_REACH):
            return "agency.fault_date_range"
        case _:
            return f"agency.fault_{found.item}"


def _text(form: Form, field: Item) -> str:
    return clean(form.get(field, "")).strip()


def _day(form: Form, field: Item) -> date:
    return date.fromisoformat(form[field])


def _share(form: Form) -> int:
    """Return the share that is to be placed, 0 where it was not asked which."""
    return int(form.get(Item.SHARE) or 0)


def _accept(form: Form, view: LegView) -> Step:
    expected = _day(form, Item.EXPECTED) if form.get(Item.EXPECTED) else None
    return commands.Accept(leg=view.leg, expected=expected)


STEP_OF: Mapping[StepName, Callable[[Form, LegView], Step]] = {
    StepName.ACCEPT: _accept,
    StepName.RETURN: lambda form, view: commands.Return(
        leg=view.leg, better=form.get(Item.BETTER, "")
    ),
    StepName.ASK: lambda _, view: commands.Ask(leg=view.asked_leg),
    StepName.HOLD: lambda form, view: commands.Hold(
        leg=view.leg, review=_day(form, Item.REVIEW), milestone=form.get(Item.MILESTONE, "")
    ),
    StepName.RESUME: lambda _, view: commands.Resume(leg=view.leg),
    StepName.MILESTONE: lambda form, _: commands.ReportMilestone(
        milestone=form.get(Item.MILESTONE, "")
    ),
    StepName.ESCALATE: lambda form, view: commands.Escalate(
        leg=view.leg, agency=form[Item.BETTER], rule=BY_HAND
    ),
    StepName.ADD: lambda form, _: commands.AddAgency(
        agency=form[Item.BETTER], rule=BY_HAND, share=_share(form)
    ),
    StepName.RESOLVE: lambda _, view: commands.Resolve(leg=view.leg),
    StepName.DECLINE: lambda form, view: commands.Decline(
        leg=view.asked_leg, reason=form[Item.REASON]
    ),
    StepName.REFER: lambda form, view: sent_on(
        view.state, form[Item.BETTER], BY_HAND, _share(form)
    ),
    StepName.OUT_OF_SCOPE: lambda *_: commands.MarkOutOfScope(),
    StepName.MERGE: lambda form, _: Merge(form[Item.TWIN]),
    StepName.RECALL: lambda form, _: commands.Recall(leg=int(form[Item.LEG])),
    StepName.HAND_OVER: lambda form, _: commands.HandOver(
        system=form[Item.SYSTEM], number=_text(form, Item.NUMBER)
    ),
    StepName.REACHED: lambda _, view: commands.Reach(of=view.awaited, by_hand=True),
    StepName.REOPEN: lambda *_: commands.Reopen(),
    StepName.VOID: lambda form, _: Propose(BECAUSE[form[Item.BECAUSE]]),
    StepName.OVERTURN: lambda *_: commands.Overturn(),
    StepName.UPHOLD: lambda *_: commands.Uphold(),
    StepName.STRIKE: lambda *_: Strike(),
    StepName.SPARE: lambda *_: Spare(),
}
"""Each step as the lifecycle knows it, or the desk."""
