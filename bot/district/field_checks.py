"""What must be true of the questions of a service's form."""

import re

from bot.district.calendar_checks import HOUR
from bot.district.findings import Notes, Trail
from conversations.hearing.choices import is_number
from referrals.district.directory import PRIVACY, Field, FieldKind, Option, Privacy, SafeTime
from referrals.district.personal import PERSONAL

KEY = re.compile(r"[a-z][a-z0-9_]{0,19}")
VALUE = re.compile(r"[a-z0-9_]+")
TAP = 64  # bytes of what a tap sends back, Telegram's limit
COUNTED = {FieldKind.NUMBER, FieldKind.DIGITS}
BOUNDED = COUNTED | {FieldKind.WORDS}
FEWEST = 2
MOST = 10  # rows of a WhatsApp list


def check_fields(trail: Trail, fields: tuple[Field, ...], notes: Notes) -> None:
    """Note every mistake in the questions at *trail*."""
    numbered = tuple(enumerate(fields))
    _privacy(trail, fields, notes)
    notes.twice(((*trail, "fields", at, "key"), field.key) for at, field in numbered)
    for at, field in numbered:
        _field((*trail, "fields", at), field, notes)
        _only_if((*trail, "fields", at), field, fields[:at], notes)


def _field(trail: Trail, field: Field, notes: Notes) -> None:
    if not KEY.fullmatch(field.key):
        notes.at((*trail, "key"), "must be at most 20 small letters, digits and _")
    if field.kind is FieldKind.CHOICE:
        _options(trail, field, notes)
    elif field.options:
        notes.at((*trail, "options"), f"only a choice has options, this is a {field.kind.value}")
    if field.kind not in BOUNDED and field.minimum:
        notes.at(trail, "only a number, digits and words have a minimum")
    if field.kind not in COUNTED and field.maximum:
        notes.at(trail, "only a number and digits have a maximum")
    if field.lettered and field.kind is not FieldKind.WORDS:
        notes.at(trail, "only words are lettered")
    if field.maximum and field.maximum < field.minimum:
        notes.at((*trail, "maximum"), "must not be less than the minimum")


def _privacy(trail: Trail, fields: tuple[Field, ...], notes: Notes) -> None:
    """Note a choice of privacy that means nothing, or that another question breaks."""
    options = [
        ((*trail, "fields", at, "options", n, "value"), option.value)
        for at, field in enumerate(fields)
        for n, option in enumerate(field.options)
        if field.key == PRIVACY
    ]
    for place, value in options:
        if value not in set(Privacy):
            notes.at(place, f"'{value}' is no kind of privacy")
    if Privacy.ANONIM not in {value for _, value in options}:
        return
    for at, field in enumerate(fields):
        if field.required and field.kind in PERSONAL:
            notes.at((*trail, "fields", at, "kind"), "nobody is anonymous who must tell this")


def _only_if(trail: Trail, field: Field, before: tuple[Field, ...], notes: Notes) -> None:
    """Note a condition on what is no choice asked before, or that no answer to it fulfils."""
    if field.only_if is None:
        return
    choices = {each.key: each for each in before if each.kind is FieldKind.CHOICE}
    choice = choices.get(field.only_if.key)
    if choice is None:
        notes.at((*trail, "only_if"), f"no choice '{field.only_if.key}' is asked before this")
        return
    if not field.only_if.values:
        notes.at((*trail, "only_if", "values"), "must name an answer")
    for value in set(field.only_if.values) - {option.value for option in choice.options}:
        notes.at((*trail, "only_if", "values"), f"'{choice.key}' has no option '{value}'")


def _options(trail: Trail, field: Field, notes: Notes) -> None:
    if not FEWEST <= len(field.options) <= MOST:
        count = f"a choice has {FEWEST} to {MOST} options, this has {len(field.options)}"
        notes.at((*trail, "options"), count)
    trails = tuple(((*trail, "options", at), option) for at, option in enumerate(field.options))
    notes.twice(((*place, "value"), option.value) for place, option in trails)
    for language in ("id", "en"):
        notes.twice(
            ((*place, "label", language), option.label.in_language(language).casefold())
            for place, option in trails
        )
    for place, option in trails:
        _option(place, field, option, notes)


def _option(trail: Trail, field: Field, option: Option, notes: Notes) -> None:
    if not VALUE.fullmatch(option.value):
        notes.at((*trail, "value"), "must be small letters, digits and _")
    if len(f"fill.{field.key}:{option.value}".encode()) > TAP:
        notes.at((*trail, "value"), f"too long: with its field's key it passes {TAP} bytes")
    for language in ("id", "en"):
        if is_number(option.label.in_language(language)):
            notes.at((*trail, "label", language), "must not be a number: choices are numbered")
    if option.safe and not _is_time(option.safe):
        notes.at((*trail, "safe"), 'must be minutes, or from and to such as "06:00" on one day')


def _is_time(safe: SafeTime) -> bool:
    """Tell whether *safe* names either minutes or hours of one day."""
    hours = (safe.since, safe.until)
    if safe.minutes:
        return safe.minutes > 0 and hours == ("", "")
    return all(HOUR.fullmatch(hour) for hour in hours) and safe.since < safe.until
