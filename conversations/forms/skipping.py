"""Passing a question over: by tap, number or word, where the row allows it.

A bare number is first of all an answer. Where "1" may be one, skipping is offered by its word.
"""

from msgspec.structs import replace

from conversations.forms.drafts import next_open, noted
from conversations.forms.fields.asked import Asked, Asking, Unclear
from conversations.hearing.choices import exact, is_number
from conversations.hearing.spelling import words_of
from conversations.hearing.unknown import not_known
from conversations.messages import Choice, Inbound, Reply
from conversations.say import Say
from conversations.turn import Answered, Draft
from referrals.district.directory import Field, FieldKind, Service

SKIP = "lewati"
SKIPPING = frozenset({"lewati", "lewat", "lewatkan", "skip"})
NEEDLESS = frozenset({FieldKind.PHOTO, FieldKind.PHONE})
"""What a telephone that knows only SMS cannot send, and what we see without asking."""
NOTHING = frozenset(
    {"tidak", "tidak ada", "tidak punya", "tidak tahu", "tidak perlu", "belum punya", "belum ada"}
    | {"no", "none", "nothing", "not sure"}
)


def skip_choice(asked: Asked, asking: Asking) -> tuple[Choice, ...]:
    """Return the choice to skip, or nothing; the safe path leaves every question free."""
    if not asking.skippable or (asked.field.required and not asked.service.safe_path):
        return ()
    return (asked.choice(SKIP, "form.skip_word" if asking.takes_one(asked) else "form.skip"),)


def with_skip(reply: Reply, asked: Asked, asking: Asking) -> Reply:
    """Return *reply*, the question, with the choice to skip; unnumbered where "1" answers it."""
    skip = skip_choice(asked, asking)
    numbers = (0,) if skip and asking.takes_one(asked) else ()
    return replace(reply, choices=reply.choices + skip, numbers=numbers)


def skips(asked: Asked, asking: Asking, message: Inbound) -> bool:
    """Say whether *message* passes the question over."""
    skip = skip_choice(asked, asking)
    if not skip or message.attachments or message.place:
        return False
    if message.picked is not None or not is_number(message.text):
        return exact(skip, message) is not None or _passes(asking, message.text)
    choices = asking.question(asked).choices
    if exact((*choices, *skip), message) not in skip:
        return False
    return bool(choices) or isinstance(asking.read(asked, message), Unclear)


def wants_to_skip(message: Inbound) -> bool:
    """Say whether *message* asks to pass over whatever was asked, allowed or not."""
    return message.picked is None and " ".join(words_of(message.text)) in SKIPPING


def unasked(draft: Draft, service: Service, say: Say) -> Draft:
    """Return *draft* with what is not asked next of who pays by the message passed over.

    They send no photos, and we see their number; either may be answered from the summary. The
    safe path asks on.
    """
    if not say.brief or service.safe_path:
        return draft
    while (field := next_open(draft, service)) and _needless(field):
        draft = noted(draft, Answered(field.key, "", say("form.skipped")))
    return draft


def _needless(field: Field) -> bool:
    return field.kind in NEEDLESS and not field.required


def _passes(asking: Asking, text: str) -> bool:
    said = " ".join(words_of(text))
    return said in SKIPPING or (asking.refusable and said in NOTHING) or lacks(asking, text)


def lacks(asking: Asking, text: str) -> bool:
    """Say whether a number was asked for that the citizen does not have at hand."""
    return asking.takes_digits and asking.refusable and not_known(text)
