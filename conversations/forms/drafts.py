"""A form as far as it is filled in: what is open, what is noted, how urgent it is."""

from operator import attrgetter

from msgspec.structs import replace

from conversations.hearing.stories import FIRST_WORDS
from conversations.turn import Answered, Draft
from referrals.district.alarms import Danger
from referrals.district.directory import District, Field, FieldKind, OnlyIf, Priority, Service

CONDITION, KEY = attrgetter("only_if"), attrgetter("key")

# On the safe path nothing is kept that a person could tell a story with.
SAFE_KINDS = frozenset({FieldKind.CHOICE, FieldKind.PHONE, FieldKind.AREA, FieldKind.NUMBER})


def fields_of(service: Service) -> tuple[Field, ...]:
    """Return the fields of *service* that the chat asks for."""
    if not service.safe_path:
        return service.fields
    return tuple(field for field in service.fields if field.kind in SAFE_KINDS)


def in_play(draft: Draft, service: Service) -> tuple[Field, ...]:
    """Return the fields that *draft* is asked for: those whose condition is not ruled out.

    A question that was not answered, or was passed over, rules nothing out.
    """
    fields = fields_of(service)
    if not any(map(CONDITION, fields)):
        return fields
    return tuple(
        [
            field
            for field in fields
            if field.only_if is None or not _ruled_out(field.only_if, draft)
        ]
    )


def _ruled_out(asked: OnlyIf, draft: Draft) -> bool:
    answer = draft.answer(asked.key)
    return answer is not None and not is_skipped(answer) and answer.value not in asked.values


def field_of(service: Service, key: str) -> Field | None:
    """Return the field *key* of *service*, or None where its rows no longer have it."""
    return next((field for field in fields_of(service) if field.key == key), None)


def next_open(draft: Draft, service: Service) -> Field | None:
    """Return the first field that was neither answered nor skipped, or None."""
    answered = {*map(KEY, draft.answers)}
    for field in in_play(draft, service):
        if field.key not in answered:
            return field
    return None


def to_ask(draft: Draft, service: Service) -> tuple[Field, ...]:
    """Return the questions that the form has for this citizen, the answered ones among them.

    What was told before its turn is none of them, then and ever after: so a count of them goes on
    by one, and how many there are does not grow.
    """
    places = {answer.key: place for place, answer in enumerate(draft.answers)}
    asked: list[Field] = []
    latest = 0
    for field in in_play(draft, service):
        place = places.get(field.key, len(places))
        if place >= latest:
            asked.append(field)
            latest = place
    return tuple(asked)


def opened(service: Service) -> Draft:
    """Return a new form of *service*."""
    return _urgent_as(service, Draft(service.code))


def known(draft: Draft, service: Service, answers: tuple[Answered, ...]) -> Draft:
    """Return *draft* with those of *answers* that its open fields ask for, and the first words."""
    first = next((answer for answer in answers if answer.key == FIRST_WORDS), draft.first)
    draft = replace(draft, first=first)
    wanted = (a for a in answers if field_of(service, a.key) and not draft.answer(a.key))
    return noted(draft, *wanted)


def resumed(kept: Draft, service: Service, district: District) -> Draft:
    """Return *kept* without the answers that no longer fit the rows."""
    fits = tuple(answer for answer in kept.answers if _fits(answer, service, district))
    return _urgent_as(service, replace(kept, answers=fits))


def noted(draft: Draft, *answers: Answered) -> Draft:
    """Return *draft* with *answers*, each in the place of an earlier one to the same field."""
    for answer in answers:
        others = [answer if old.key == answer.key else old for old in draft.answers]
        if draft.answer(answer.key) is None:
            others.append(answer)
        draft = replace(draft, answers=tuple(others))
    return draft


def without(draft: Draft, key: str) -> Draft:
    """Return *draft* with field *key* open again."""
    return replace(draft, answers=tuple(a for a in draft.answers if a.key != key))


def urgent(draft: Draft, priority: Priority | None) -> Draft:
    """Return *draft* made as urgent as *priority*; what was more urgent before stays so."""
    if priority is None:
        return draft
    return replace(draft, priority=min(draft.priority or priority, priority))


def alarmed(draft: Draft, danger: Danger) -> Draft:
    """Return *draft* as urgent as can be, with the numbers for *danger* shown."""
    return replace(urgent(draft, Priority.P1), danger=danger)


def urgency_of(service: Service, answered: Answered) -> Priority | None:
    """Return how urgent the option picked in *answered* makes the ticket, or None.

    An option can only raise: None where the service itself is as urgent already.
    """
    field = field_of(service, answered.key)
    options = field.options if field else ()
    picked = (option.priority for option in options if option.value == answered.value)
    priority = next(picked, None)
    return priority if priority and priority < service.priority else None


def is_skipped(answered: Answered) -> bool:
    """Say whether the citizen passed this question over."""
    return not (answered.value or answered.attachments or answered.place)


def to_file(draft: Draft, service: Service) -> Draft:
    """Return *draft* with only what was answered to the fields that are in play."""
    keys = {field.key for field in in_play(draft, service)}
    answers = tuple(a for a in draft.answers if a.key in keys and not is_skipped(a))
    return replace(draft, answers=answers)


def _urgent_as(service: Service, draft: Draft) -> Draft:
    """Return *draft* known to be urgent already where its service always is, and what it shows."""
    shown = service.danger if service.emergency else draft.danger
    draft = replace(draft, danger=shown)
    return urgent(draft, Priority.P1) if service.priority is Priority.P1 else draft


def _fits(answered: Answered, service: Service, district: District) -> bool:
    field = field_of(service, answered.key)
    if field is None or is_skipped(answered):
        return field is not None and not field.required
    if field.kind is FieldKind.CHOICE:
        return any(option.value == answered.value for option in field.options)
    return field.kind is not FieldKind.AREA or answered.value in district.areas
