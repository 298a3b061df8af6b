"""Passing a question over by number, where the number is no answer, and by word where it is."""

import pytest

from conversations.forms.fields.table import FIRST
from conversations.forms.skipping import skips, with_skip
from conversations.say import Say
from handlers import sms_text
from referrals.district.directory import FieldKind, Option
from tests.conversations.forms.questions import asked, both, message, read

ANSWERED_BY_ONE = (
    *((FieldKind.WORDS, {}), (FieldKind.DIGITS, {}), (FieldKind.DIGITS, {"maximum": 4})),
    *((FieldKind.NUMBER, {}), (FieldKind.NUMBER, {"minimum": 1, "maximum": 30})),
)
OPTIONS = (Option("bocor", both("Bocor")), Option("baik", both("Masih baik")))
NOT_ANSWERED_BY_ONE = (
    *((kind, {}) for kind in FieldKind if kind not in {k for k, _ in ANSWERED_BY_ONE}),
    *((FieldKind.DIGITS, {"minimum": 8}), (FieldKind.NUMBER, {"minimum": 2000})),
    *((FieldKind.NUMBER, {"minimum": 2}), (FieldKind.CHOICE, {"options": OPTIONS})),
)


@pytest.mark.parametrize(("kind", "row"), ANSWERED_BY_ONE)
def test_one_that_may_be_an_answer_is_one(
    say: Say, kind: FieldKind, row: dict[str, object]
) -> None:
    """Where "1" may be the answer itself, it is; skipping is offered by its word, unnumbered."""
    question, asking = asked(say.in_brief, kind, required=False, **row), FIRST[kind]
    reply = with_skip(asking.question(question), question, asking)
    assert sms_text.render(reply) == "Apa?\nAtau ketik LEWATI"
    assert not any(skips(question, asking, message(one)) for one in ("1", "1.", "no 1"))
    assert read(question, "1").value == "1"
    assert skips(question, asking, message("lewati"))


@pytest.mark.parametrize(("kind", "row"), NOT_ANSWERED_BY_ONE)
def test_one_that_is_no_answer_picks_what_is_numbered(
    say: Say, kind: FieldKind, row: dict[str, object]
) -> None:
    """Of every other question the number before "Lewati" skips, and no other number does."""
    question, asking = asked(say.in_brief, kind, required=False, **row), FIRST[kind]
    reply = with_skip(asking.question(question), question, asking)
    number = len(reply.choices)
    assert f"{number}. Lewati" in sms_text.render(reply)
    assert all(skips(question, asking, message(f"{said}{number}")) for said in ("", "no "))
    assert not skips(question, asking, message(str(number - 1)))
    assert not skips(question, asking, message(f"no {number + 1}"))
