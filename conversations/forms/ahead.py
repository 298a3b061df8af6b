"""What one line tells beside its story: numbers and a place, read as the form reads them."""

from collections.abc import Iterable

from msgspec.structs import replace

from conversations.forms import drafts
from conversations.forms.fields.asked import Asked
from conversations.forms.fields.table import FIRST
from conversations.messages import Inbound
from conversations.say import Say
from conversations.turn import Answered, Draft
from referrals.directory import FieldKind, Service

TELLING = (FieldKind.NIK, FieldKind.KK, FieldKind.PHONE, FieldKind.AREA)
"""The kinds of questions whose answers cannot be taken for each other's."""


def ahead(
    service: Service, parts: Iterable[str], message: Inbound, say: Say
) -> tuple[Answered, ...]:
    """Return those answers to *service*'s form that *parts* of *message* give beyond doubt."""
    draft = drafts.opened(service)
    for part in parts if not service.safe_path else ():
        draft = _placed(draft, service, replace(message, text=part), say)
    return draft.answers


def _placed(draft: Draft, service: Service, message: Inbound, say: Say) -> Draft:
    """Return *draft* with *message* as the answer to the first question that reads it, if any."""
    for field in drafts.in_play(draft, service):
        if field.kind in TELLING and draft.answer(field.key) is None:
            read = FIRST[field.kind].read(Asked(service, field, draft, say), message)
            if isinstance(read, Answered):
                return drafts.noted(draft, read)
    return draft
