"""Fill the blanks of a gateway's row: a message's own, and secrets from the environment."""

import base64
import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from conversations.phones import dialled
from handlers.sms_http_row import Numbers, Sends, Shape

BLANK: Final = re.compile(r"\{([A-Za-z][A-Za-z0-9_]*)\}")
OWN: Final = frozenset({"to", "text", "id", "from"})  # what a message fills in by itself
SECRET: Final = re.compile(r"[A-Z][A-Z0-9_]*")
FORM: Final = "application/x-www-form-urlencoded"

Secret = Callable[[str], str]  # reads an environment variable, empty where there is none


def blanks(text: str) -> set[str]:
    """Return the names of the blanks in *text*."""
    return set(BLANK.findall(text))


def texts(sends: Sends) -> tuple[str, ...]:
    """Return every text of *sends* that may have blanks."""
    pairs = (*sends.headers.items(), *sends.fields.items())
    flat = (one for pair in pairs for one in pair)
    return sends.url, sends.check, sends.user, sends.password, sends.json, *flat


def secrets(sends: Sends) -> tuple[str, ...]:
    """Return the environment variables that *sends* names, sorted."""
    named = {blank for text in texts(sends) for blank in blanks(text)}
    return tuple(sorted(name for name in named if SECRET.fullmatch(name)))


def uses(sends: Sends, blank: str) -> bool:
    """Say whether *sends* has *blank* anywhere."""
    return any(blank in blanks(text) for text in texts(sends))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return *text* with *values* in its blanks; a value's own braces are no blanks."""
    return BLANK.sub(lambda blank: values.get(blank[1], ""), text)


def written(number: str, numbers: Numbers) -> str:
    """Return *number*, which is in E.164, as a gateway wants it."""
    match numbers:
        case Numbers.E164:
            return number
        case Numbers.DIGITS:
            return number.removeprefix("+")
        case Numbers.NATIONAL:
            return dialled(number)


def target(sends: Sends, values: Mapping[str, str]) -> str:
    """Return path and query of the request, blanks filled and escaped."""
    found = escaped(sends.url, values)
    if sends.shape is not Shape.QUERY:
        return found
    return f"{found}{'&' if '?' in found else '?'}{urlencode(_fields(sends, values))}"


def escaped(url: str, values: Mapping[str, str]) -> str:
    """Return path and query of *url*, its blanks filled so that no value breaks out."""
    parts = urlsplit(url)
    path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    return filled(path, {name: quote(value, safe="") for name, value in values.items()})


def body(sends: Sends, values: Mapping[str, str]) -> bytes:
    """Return the request's body, blanks filled so that no value breaks out of its place."""
    match sends.shape:
        case Shape.QUERY:
            return b""
        case Shape.FORM:
            return urlencode(_fields(sends, values)).encode()
        case Shape.JSON if sends.json:
            return msgspec.json.encode(_within(msgspec.json.decode(sends.json), values))
        case Shape.JSON:
            return msgspec.json.encode(_fields(sends, values))


def headers(sends: Sends, values: Mapping[str, str]) -> dict[str, str]:
    """Return the request's headers."""
    found = {"Content-Type": FORM} if sends.shape is Shape.FORM else {}
    if sends.user:
        pair = f"{filled(sends.user, values)}:{filled(sends.password, values)}"
        found["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return found | {name: filled(text, values) for name, text in sends.headers.items()}


def _fields(sends: Sends, values: Mapping[str, str]) -> dict[str, str]:
    return {name: filled(text, values) for name, text in sends.fields.items()}


def _within(found: object, values: Mapping[str, str]) -> object:
    """Return JSON with the blanks in its texts filled."""
    match found:
        case str():
            return filled(found, values)
        case list():
            return [_within(one, values) for one in found]
        case dict():
            return {key: _within(one, values) for key, one in found.items()}
        case _:
            return found
