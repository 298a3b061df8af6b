"""What an officer wrote on the agency's page, read into a step or into what is missing."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from msgspec import Struct

from casework.desk.deeds import Merge, Propose, Spare, Step, Strike
from casework.desk.steps import BY_HAND, sent_on
from casework.ticket.views import LegView, Told
from conversations.hearing.cleaning import clean
from referrals import commands
from referrals.ticket import ClosedBecause

LONGEST = 1000  # characters of one text; a citizen reads it on a telephone
LONGEST_LINE = 200  # characters of what fits on one line
SHORTEST = 3
FARTHEST = timedelta(days=730)  # an expected date beyond that is a slip of the keyboard
SYSTEMS = ("SP4N-LAPOR!", "Ombudsman RI")  # where a case can go on under a number of theirs
REACHED_BY = ("phone", "visit")

FIELDS: Mapping[str, tuple[str, ...]] = {
    "accept": ("expected",),
    "return": ("words", "better"),
    "ask": ("words",),
    "hold": ("review", "milestone", "words"),
    "resume": (),
    "milestone": ("milestone", "words"),
    "escalate": ("better", "words"),
    "add": ("share", "better", "words"),
    "resolve": ("words", "files"),
    "decline": ("reason", "rule", "words"),
    "refer": ("share", "better", "words"),
    "out_of_scope": ("words",),
    "merge": ("twin", "words"),
    "recall": ("leg", "words"),
    "hand_over": ("system", "number", "words"),
    "reached": ("how", "words"),
    "reopen": ("words",),
    "void": ("because", "words"),
    "overturn": ("words",),
    "uphold": ("words",),
    "strike": (),
    "spare": (),
}
"""What each step asks, in the order of the page."""

OPTIONAL = frozenset(
    {
        ("accept", "expected"),
        ("return", "better"),
        ("hold", "milestone"),
        ("add", "share"),  # else it is for the one that waits longest
        ("refer", "share"),
        ("milestone", "milestone"),
        ("milestone", "words"),  # one of the two is needed
        ("merge", "words"),
        ("hand_over", "words"),
        ("reached", "words"),
    }
)
LINES = frozenset({"rule", "number"})

BECAUSE: Mapping[str, ClosedBecause | None] = {
    "void": None,
    "abuse": ClosedBecause.ABUSE,
    "subject_gone": ClosedBecause.SUBJECT_GONE,
}
"""For what two people end a ticket that nobody answered."""

Choices = tuple[tuple[str, Told], ...]
PICKED: Mapping[str, Callable[[LegView], Choices]] = {
    "better": lambda view: view.agencies,
    "reason": lambda view: view.decline_reasons,
    "milestone": lambda view: view.milestones,
    "leg": lambda view: view.legs,
    "share": lambda view: view.shares if len(view.shares) > 1 else (),
    "twin": lambda view: tuple((twin.code, twin.service_label) for twin in view.twins),
    "system": lambda _: tuple((name, name) for name in SYSTEMS),
    "how": lambda _: tuple((how, how) for how in REACHED_BY),
    "because": lambda _: tuple((name, name) for name in BECAUSE),
}


class Filled(Struct, frozen=True):
    """A form that can be done: the step, and the words that go with it."""

    step: Step
    words: str = ""


class FormFault(Struct, frozen=True):
    """What is wrong with a form: which field, and the wording key that says so kindly."""

    action: str
    field: str
    key: str


Read = Filled | FormFault
Form = Mapping[str, str]


def read(form: Form, view: LegView, today: date) -> Read:
    """Return what *form* asks for on the page of *view*; an unknown action is a FormFault too."""
    action = form.get("action", "")
    if action not in FIELDS:
        return FormFault("", "", "agency.fault_action")
    for field in FIELDS[action]:
        if key := _fault(action, field, form, view, today):
            return FormFault(action, field, key)
    words = _text(form, "words")
    if action == "milestone" and not words and not form.get("milestone"):
        return FormFault(action, "words", "agency.fault_words")
    if action == "decline":
        words = f"{words} ({_text(form, 'rule')})"
    return Filled(STEP_OF[action](form, view), words)


def choices(action: str, field: str, view: LegView) -> Choices:
    """Return what can be picked in *field* of *action*: its values and what they are called."""
    if (action, field) == ("escalate", "better"):
        return view.above
    return PICKED[field](view) if field in PICKED else ()


def _fault(action: str, field: str, form: Form, view: LegView, today: date) -> str:
    """Return the wording key of what is wrong with *field*, empty where nothing is."""
    optional = (action, field) in OPTIONAL
    if field in {"expected", "review"}:
        return _date_fault(field, form.get(field, ""), today, optional=optional)
    if field == "files":
        return ""  # `web.offices.agency` counts them
    if field == "words" or field in LINES:
        return _text_fault(field, _text(form, field), optional=optional)
    rows = choices(action, field, view)
    given = form.get(field, "")
    return "" if given in dict(rows) or (optional and not given) else f"agency.fault_{field}"


def _date_fault(field: str, text: str, today: date, *, optional: bool) -> str:
    if not text:
        return "" if optional else f"agency.fault_{field}"
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return "agency.fault_date"
    if field == "expected":
        return "" if today <= day <= today + FARTHEST else "agency.fault_date_range"
    return "" if today <= day else "agency.fault_review"


def _text_fault(field: str, text: str, *, optional: bool) -> str:
    if not text and optional:
        return ""
    if len(text) < (SHORTEST if field != "number" else 1):
        return f"agency.fault_{field}"
    return "agency.fault_long" if len(text) > _longest(field) else ""


def _longest(field: str) -> int:
    return LONGEST_LINE if field in LINES else LONGEST


def _text(form: Form, field: str) -> str:
    return clean(form.get(field, "")).strip()


def _day(form: Form, field: str) -> date:
    return date.fromisoformat(form[field])


def _share(form: Form) -> int:
    """Return the share that is to be placed, 0 where it was not asked which."""
    return int(form.get("share") or 0)


def _accept(form: Form, view: LegView) -> Step:
    expected = _day(form, "expected") if form.get("expected") else None
    return commands.Accept(leg=view.leg, expected=expected)


STEP_OF: Mapping[str, Callable[[Form, LegView], Step]] = {
    "accept": _accept,
    "return": lambda form, view: commands.Return(leg=view.leg, better=form.get("better", "")),
    "ask": lambda _, view: commands.Ask(leg=view.asked_leg),
    "hold": lambda form, view: commands.Hold(
        leg=view.leg, review=_day(form, "review"), milestone=form.get("milestone", "")
    ),
    "resume": lambda _, view: commands.Resume(leg=view.leg),
    "milestone": lambda form, _: commands.ReportMilestone(milestone=form.get("milestone", "")),
    "escalate": lambda form, view: commands.Escalate(
        leg=view.leg, agency=form["better"], rule=BY_HAND
    ),
    "add": lambda form, _: commands.AddAgency(
        agency=form["better"], rule=BY_HAND, share=_share(form)
    ),
    "resolve": lambda _, view: commands.Resolve(leg=view.leg),
    "decline": lambda form, view: commands.Decline(leg=view.asked_leg, reason=form["reason"]),
    "refer": lambda form, view: sent_on(view.state, form["better"], BY_HAND, _share(form)),
    "out_of_scope": lambda *_: commands.MarkOutOfScope(),
    "merge": lambda form, _: Merge(form["twin"]),
    "recall": lambda form, _: commands.Recall(leg=int(form["leg"])),
    "hand_over": lambda form, _: commands.HandOver(
        system=form["system"], number=_text(form, "number")
    ),
    "reached": lambda _, view: commands.Reach(of=view.awaited, by_hand=True),
    "reopen": lambda *_: commands.Reopen(),
    "void": lambda form, _: Propose(BECAUSE[form["because"]]),
    "overturn": lambda *_: commands.Overturn(),
    "uphold": lambda *_: commands.Uphold(),
    "strike": lambda *_: Strike(),
    "spare": lambda *_: Spare(),
}
"""Each step as the lifecycle knows it, or the desk."""
