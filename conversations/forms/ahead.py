"""What one line tells beside its story: numbers and a place, read as the form reads them."""

from collections.abc import Iterable

from msgspec.structs import replace

from conversations.forms import drafts
from conversations.forms.fields.areas import at, surely
from conversations.forms.fields.asked import Asked, Outcome
from conversations.forms.fields.table import FIRST
from conversations.forms.gazetteer import villages
from conversations.forms.places_told import Told, mentioned
from conversations.messages import Inbound
from conversations.say import Say
from conversations.turn import Answered, Draft
from referrals.district.directory import PRIVACY, FieldKind, Service

SEVERAL = 2  # parts; a single one may be a village that the form does not ask for
TELLING = (FieldKind.NIK, FieldKind.KK, FieldKind.PHONE, FieldKind.AREA, FieldKind.PLACE)
"""The kinds of questions whose answers cannot be taken for each other's.

A place is one that names a desa, and only where the form has no open question for an area.
"""


def ahead(
    service: Service, parts: Iterable[str], message: Inbound, say: Say
) -> tuple[Answered, ...]:
    """Return those answers to *service*'s form that *parts* of *message* give beyond doubt."""
    draft = drafts.opened(service)
    for part in parts if not service.safe_path else ():
        draft = _placed(draft, service, replace(message, text=part), say)
    return draft.answers


def placed(
    draft: Draft, service: Service, parts: Iterable[str], message: Inbound, say: Say
) -> tuple[Draft, list[str]]:
    """Return *draft* with what its open questions read beyond doubt in *parts*, and what is left.

    So a number or a desa finds its question though it stands in another's place.
    """
    left: list[str] = []
    for part in parts:
        after = _placed(draft, service, replace(message, text=part), say)
        left += [part] if after is draft else []
        draft = after
    return draft, left


def located(
    service: Service, known: tuple[Answered, ...], happened: Inbound, say: Say
) -> tuple[tuple[Answered, ...], tuple[str, ...]]:
    """Return *known* with the desa that *happened* names, and codes of those that may be meant.

    Where no area is asked for, it tells where something is; in an emergency that is asked all
    the same, for a desa is too large to search.
    """
    draft = drafts.known(drafts.opened(service), service, known)
    open_ = [f for f in drafts.in_play(draft, service) if draft.answer(f.key) is None]
    asked = {field.kind: Asked(service, field, draft, say) for field in reversed(open_)}
    area, place = asked.get(FieldKind.AREA), asked.get(FieldKind.PLACE)
    wanted = not service.safe_path and (area or (place and not service.emergency))
    found = mentioned(happened.text, say.district) if wanted else None
    match (found, area, place):
        case (Told(_, (desa,)), Asked(), _):
            return (*known, at(area, desa)), ()
        case (Told(_, several), Asked(), _):
            return known, tuple(each.code for each in several)
        case (Told(words, (_,)), None, Asked()):
            read = FIRST[FieldKind.PLACE].read(place, replace(happened, text=words))
            return (*known, read) if isinstance(read, Answered) else known, ()
        case _:
            return known, ()


def named(service: Service, happened: Inbound, say: Say) -> tuple[Answered, ...]:
    """Return which of the dangers that *service* helps in a cry for help names, if just one."""
    draft = drafts.opened(service)
    choices = (f for f in drafts.in_play(draft, service) if f.kind is FieldKind.CHOICE)
    field = next(choices, None) if service.emergency else None
    read = _read(Asked(service, field, draft, say), happened) if field else None
    return (read,) if isinstance(read, Answered) else ()


def in_order(
    service: Service,
    known: tuple[Answered, ...],
    parts: tuple[str, ...],
    message: Inbound,
    say: Say,
) -> tuple[Answered, ...]:
    """Return *known* and what else several *parts* tell that no other question could have placed.

    They are taken for the answers to the questions that must be asked, in their order.
    """
    left = [part for part in parts if not ahead(service, (part,), message, say)]
    if service.safe_path or len(left) < SEVERAL:
        return known
    draft = drafts.known(drafts.opened(service), service, known)
    open_ = [f for f in drafts.in_play(draft, service) if draft.answer(f.key) is None]
    asked = (f for f in open_ if f.required or f.key == PRIVACY)
    for field, part in zip(asked, left, strict=False):
        read = FIRST[field.kind].read(
            Asked(service, field, draft, say), replace(message, text=part)
        )
        draft = drafts.noted(draft, read) if isinstance(read, Answered) else draft
    return (*known, *(answer for answer in draft.answers if answer not in known))


def _placed(draft: Draft, service: Service, message: Inbound, say: Say) -> Draft:
    """Return *draft* with *message* as the answer to the first question that reads it, if any."""
    for field in drafts.in_play(draft, service):
        if field.kind in TELLING and draft.answer(field.key) is None:
            read = _read(Asked(service, field, draft, say), message)
            if isinstance(read, Answered):
                return drafts.noted(draft, read)
    return draft


def _read(asked: Asked, message: Inbound) -> Outcome | None:
    """Return what *message* answers, None where it names no desa beyond doubt."""
    kind = asked.field.kind
    if kind is FieldKind.AREA:
        return surely(asked, message.text)
    if kind is FieldKind.PLACE and not _is_place(asked, message.text):
        return None
    return FIRST[kind].read(asked, message)


def _is_place(asked: Asked, text: str) -> bool:
    """Say whether *text* tells where something is, and not in which area somebody lives.

    Two desa of one name tell no place.
    """
    fields = drafts.in_play(asked.draft, asked.service)
    areas = (field.key for field in fields if field.kind is FieldKind.AREA)
    if any(asked.draft.answer(key) is None for key in areas):
        return False
    return len(villages(text, asked.say.district.areas.values())) == 1
