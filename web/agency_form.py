"""What an officer wrote on the agency's page, read into a command or into what is missing."""

from collections.abc import Mapping
from datetime import date, timedelta

from msgspec import Struct

from casework.steps import sent_on
from casework.views import LegView
from conversations.cleaning import clean
from referrals.commands import Accept, Ask, Command, Decline, Resolve, Return

LONGEST = 1000  # characters of one text; a citizen reads it on a telephone
SHORTEST = 3
FARTHEST = timedelta(days=730)  # an expected date beyond that is a slip of the keyboard
BY_HAND = "by_hand"  # the rule that a leg carries when a person chose its agency


class Filled(Struct, frozen=True):
    """A form that can be done: the command, and the words that go with it."""

    command: Command
    words: str = ""


class Fault(Struct, frozen=True):
    """What is wrong with a form: which field, and the wording key that says so kindly."""

    action: str
    field: str
    key: str


Read = Filled | Fault


def read(form: Mapping[str, str], view: LegView, today: date) -> Read:
    """Return what *form* asks for on the leg of *view*; an unknown action is a Fault too."""
    words = clean(form.get("words", "")).strip()
    match action := form.get("action", ""):
        case "accept":
            return _accept(form.get("expected", ""), view.leg, today)
        case "return" | "refer":
            return _sent_on(action, form.get("better", ""), words, view)
        case "decline":
            return _decline(form.get("reason", ""), words, view)
        case "ask":
            return _worded(action, words) or Filled(Ask(leg=view.leg), words)
        case "resolve":
            return _worded(action, words) or Filled(Resolve(leg=view.leg), words)
        case _:
            return Fault("", "", "agency.fault_action")


def _accept(expected: str, leg: int, today: date) -> Read:
    if not expected:
        return Filled(Accept(leg=leg, expected=None))
    try:
        day = date.fromisoformat(expected)
    except ValueError:
        return Fault("accept", "expected", "agency.fault_date")
    if not today <= day <= today + FARTHEST:
        return Fault("accept", "expected", "agency.fault_date_range")
    return Filled(Accept(leg=leg, expected=day))


def _sent_on(action: str, better: str, words: str, view: LegView) -> Read:
    known = better in dict(view.agencies) or (action == "return" and not better)
    if not known:
        return Fault(action, "better", "agency.fault_agency")
    if fault := _worded(action, words):
        return fault
    if action == "return":
        return Filled(Return(leg=view.leg, better=better), words)
    return Filled(sent_on(view.state, better, BY_HAND), words)


def _decline(reason: str, words: str, view: LegView) -> Read:
    if reason not in dict(view.decline_reasons):
        return Fault("decline", "reason", "agency.fault_reason")
    return _worded("decline", words) or Filled(Decline(leg=view.leg, reason=reason), words)


def _worded(action: str, words: str) -> Fault | None:
    if len(words) < SHORTEST:
        return Fault(action, "words", "agency.fault_words")
    if len(words) > LONGEST:
        return Fault(action, "words", "agency.fault_long")
    return None
