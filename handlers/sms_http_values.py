"""Values in what a gateway says: found by path, with times in the notation of its row."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Final
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import msgspec

from handlers.arrival import NotUnderstood, plausible
from handlers.mended import mended
from handlers.sms_http_row import Calls, Only, Shape

MOST_FIELDS: Final = 100  # of a form
UNITS: Final = {"unix": 1, "milliseconds": 1000}  # in a second

_pattern = cache(re.compile)  # rows are few


def document(body: bytes, shape: Shape) -> object:
    """Return what *body* says; a form's fields are texts. Raises NotUnderstood."""
    try:
        if shape is Shape.JSON:
            return _json(body)
        text = body.decode(errors="replace")  # one odd letter costs nobody their message
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except (ValueError, RecursionError):
        raise NotUnderstood("neither JSON nor a form") from None


def _json(body: bytes) -> object:
    """Return the JSON in *body*; half a letter in one message costs none of the others."""
    try:
        return msgspec.json.decode(body)
    except msgspec.DecodeError:
        return msgspec.json.decode(mended(body))


def items(body: bytes, calls: Calls) -> list[object]:
    """Return what one call brings: the list that its row names, or the whole.

    However many they are, a body's bound is theirs. Raises NotUnderstood.
    """
    found = document(body, calls.shape)
    listed = value(found, calls.each) if calls.each else [found]
    if not isinstance(listed, list):
        raise NotUnderstood("the list is missing")
    return listed


def value(found: object, path: str) -> object:
    """Return what stands at *path* in *found*, None where nothing does."""
    if isinstance(found, Mapping) and path in found:
        return found[path]
    for part in path.split("."):
        if isinstance(found, Mapping):
            found = found.get(part)
        elif isinstance(found, list) and part.isdecimal() and int(part) < len(found):
            found = found[int(part)]
        else:
            return None
    return found


def text(found: object, path: str) -> str:
    """Return what stands at *path* as text; empty where there is nothing, or more than a word."""
    match value(found, path) if path else None:
        case bool(truth):
            return str(truth).lower()
        case str() | int() | float() as one:
            return str(one)
        case _:
            return ""


def fits(pattern: str, told: str) -> bool:
    """Say whether *told* is as a whole what *pattern* describes."""
    return _pattern(pattern).fullmatch(told) is not None


def within(pattern: str, told: str) -> str | None:
    """Return what *pattern* finds within *told*: its first group where it has one."""
    found = _pattern(pattern).search(told)
    return found[min(1, found.re.groups)] if found else None


def meant(item: object, only: tuple[Only, ...]) -> bool:
    """Say whether *item* is of the kind that a row wants to hear of."""
    return all(fits(one.matches, text(item, one.at)) for one in only)


def when(told: str, calls: Calls, now: datetime) -> datetime:
    """Return the time *told*, or *now* where it cannot be read or cannot be true."""
    try:
        return plausible(_read(told.strip(), calls).astimezone(UTC), now)
    except (ValueError, OverflowError, OSError):
        return now


def _read(told: str, calls: Calls) -> datetime:
    if unit := UNITS.get(calls.time):
        return datetime.fromtimestamp(float(told) / unit, UTC)
    if calls.time == "iso":
        found = datetime.fromisoformat(told)
    else:
        found = datetime.strptime(told, calls.time)  # noqa: DTZ007 - its zone follows
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(calls.zone))
