"""What a log line must not hold: numbers of persons, telephones, tokens, the words in errors."""

import re
from datetime import date
from typing import Any

from registry_client.masking import endless

_BOT_TOKENS = re.compile(r"\d{6,12}:[A-Za-z0-9_-]{20,}")
_AGENCY_LINKS = re.compile(r"/agency/[^\s\"']+")
_SIGNED = re.compile(  # itsdangerous: content, a time perhaps, a signature of 27 signs or more
    r"(?<![\w-])[\w-]{4,}+(?:\.[\w-]{4,8}+)?\.(?=[a-z_-]*+[A-Z0-9])[\w-]{20,}", re.ASCII
)
_PHONES = re.compile(  # of nine digits or more, and no seconds of a time
    r"(?<!\d:)(?<![\d.])(?:\+|\(?0|62)(?:[\s().-]{0,3}\d){8,}"
)
_LONG_NUMBERS = re.compile(r"\+?\d{9,}")


def masked(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Mask every text in *event*, at any depth (a processor of structlog)."""
    return {key: mask(value) for key, value in event.items()}


def mask(value: object) -> object:
    """Return *value* with its texts masked; what is no plain value is masked as it prints."""
    match value:
        case None | bool() | float():
            return value
        case date():
            return value.isoformat()  # also of a datetime: no number of anybody
        case bytes() | bytearray() | BaseException():
            return type(value).__name__
        case dict():
            return {mask_text(str(key)): mask(inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [mask(inner) for inner in value]
        case _:
            return _as_printed(value)


def _as_printed(value: object) -> object:
    text = str(value)
    shown = mask_text(text)
    return value if isinstance(value, int) and shown == text else shown


def mask_text(text: str) -> str:
    """Return *text* without numbers of persons, other long ones cut short, secrets removed.

    Of a NIK or KK number not even the end is left: it proves who somebody is.
    """
    text = _BOT_TOKENS.sub("(token)", text)
    text = _AGENCY_LINKS.sub("/agency/(link)", text)
    text = endless(_SIGNED.sub("(signed)", text))
    return _LONG_NUMBERS.sub(_end, _PHONES.sub(_end, text))


def _end(found: re.Match[str]) -> str:
    return f"…{found.group()[-2:]}"
