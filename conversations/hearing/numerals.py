"""Digits as other telephones type them: full-width, Arabic, Javanese."""

import unicodedata

from msgspec.structs import replace

from conversations.turn import Event, Said


def western(event: Event) -> Event:
    """Return *event* with every decimal digit of its words as one of 0 to 9."""
    if not isinstance(event, Said) or event.message.text.isascii():
        return event
    text = event.message.text
    if not any(sign.isdecimal() and not sign.isascii() for sign in text):
        return event
    return replace(event, message=replace(event.message, text="".join(map(_western, text))))


def _western(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
