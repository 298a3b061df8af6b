"""Texts of a district's rows: every phone shows them whole, and SMS carries them cheaply."""

from collections.abc import Iterator

from msgspec import Struct

from bot.district.files import Rows
from bot.district.findings import Notes, Trail
from handlers.sms_text import BASIC, EXTENSION
from referrals.district.words import Words

MESSAGE = 4096  # characters of one Telegram message
LIMITS = {
    "label": 24,  # a row of a WhatsApp list
    "description": 72,  # its second line
}
TITLE_LIMITS = {"hotlines": 40, "agencies": 60, "replies": 40}  # on no citizen's button
GSM7 = BASIC | EXTENSION


def check_texts(rows: Rows, notes: Notes) -> None:
    """Note every text of *rows* that is empty, too long, or dear to send by SMS."""
    for trail, words in _words((), rows):
        for language in ("id", "en"):
            text = words.in_language(language)
            check_text((*trail, language), text, _limit(trail), notes)
            if words.brief:  # no longer than what it stands for
                brief = words.brief.in_language(language)
                check_text((*trail, "brief", language), brief, len(text), notes)


def check_text(trail: Trail, text: str, limit: int, notes: Notes) -> None:
    """Note what is wrong with one text of at most *limit* characters."""
    if not text:
        notes.at(trail, "the text is empty")
    if len(text) > limit:
        notes.at(trail, f"too long: {len(text)} characters, {limit} fit")
    if strange := strangers(text):
        notes.at(trail, f"no GSM-7 characters, which make an SMS dear: {strange}")


def strangers(text: str) -> str:
    """Return the characters of *text* that a plain SMS cannot carry, each once."""
    return " ".join(sorted(set(text) - GSM7))


def _limit(trail: Trail) -> int:
    name = next((part for part in reversed(trail) if isinstance(part, str)), "")
    if name in {"label", "name"} and trail[0] in TITLE_LIMITS:
        return TITLE_LIMITS[str(trail[0])]
    return LIMITS.get(name, MESSAGE)


def _words(trail: Trail, value: object) -> Iterator[tuple[Trail, Words]]:
    """Yield every Words in *value* with the way to it."""
    if isinstance(value, Words):
        yield trail, value
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _words((*trail, name), getattr(value, name))
    elif isinstance(value, tuple):
        for at, one in enumerate(value):
            yield from _words((*trail, at), one)
