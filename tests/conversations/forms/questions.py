"""A question of each kind by itself, and what is answered to it."""

from typing import Any

from conversations.forms.drafts import noted
from conversations.forms.fields.asked import Asked, Asking
from conversations.forms.fields.table import FIRST
from conversations.messages import Address, Channel, Inbound
from conversations.say import Say
from conversations.turn import Answered, Draft
from referrals.district.directory import Field, FieldKind, Level, Priority, Service
from referrals.district.words import Words
from tests.conversations.forms.citizens import MONDAY

SITI = "9901014107800001"
CHILD = "9901010101150001"
CARD = "9901010101100001"


def both(text: str) -> Words:
    """Return *text* in both languages."""
    return Words(text, text)


def asked(say: Say, kind: FieldKind, *answers: Answered, **more: object) -> Asked:
    """Return a question of *kind* in a form that also asks for a KK number."""
    field = Field(key="it", kind=kind, ask=both("Apa?"), label=both("Itu"), **more)
    card = Field(key="kk", kind=FieldKind.KK, ask=both("KK?"), label=both("KK"))
    service = Service(
        code="COBA",
        group="data",
        kind="need",
        label=both("Coba"),
        description=both("Coba"),
        level=Level.DIRECT,
        priority=Priority.P3,
        respond_days=1,
        resolve_days=2,
        roles=(),
        fields=(field, card),
    )
    return Asked(service, field, noted(Draft("COBA"), *answers), say)


def message(text: str = "", channel: Channel = Channel.TELEGRAM, **more: object) -> Inbound:
    """Return a message of a citizen with an Indonesian number."""
    sender = Address(channel, "6281234567890")
    return Inbound(sender=sender, message_id="1", received_at=MONDAY, text=text, **more)


def read(question: Asked, text: str = "", asking: Asking | None = None, **more: object) -> Any:  # noqa: ANN401 - whatever the answer is
    """Return what *text* answers to *question*."""
    return (asking or FIRST[question.field.kind]).read(question, message(text, **more))
