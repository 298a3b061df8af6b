"""What must be true of alarms.yaml beyond the shape of its rows."""

import re
from collections.abc import Iterator

from bot.district.alarm_rows import BESIDE, MOST_PHRASES, many
from bot.district.files import AlarmsFile
from bot.district.findings import Notes, Trail

_WORD = r"(\$[a-z]+|[a-z0-9]+\+?)"
_PART = rf"\??{_WORD}(\|{_WORD})*"
_PHRASE = rf"{_PART}( {_PART})*"
ALARM = re.compile(rf"{_PHRASE}( & {_PHRASE})*")
NAMED = re.compile(r"\$([a-z]+)")
KINDS = ("emergency", "violence", "despair", "health", "quiet")
NEEDED = ("emergency", "violence")


def check_alarms(row: AlarmsFile, notes: Notes) -> None:
    """Note what is no pattern, names nothing, or would be heard in every message."""
    for kind in NEEDED:
        if not getattr(row, kind):
            notes.at(("alarms", kind), "no alarm word")
    for kind in KINDS:
        notes.twice((("alarms", kind, at), one) for at, one in enumerate(getattr(row, kind)))
    for trail, pattern in _patterns(row):
        if wrong := _wrong(pattern, row):
            notes.at(trail, wrong)
        for name in NAMED.findall(pattern):
            if name not in row.words:
                notes.at(trail, f"no words '{name}'")


def _wrong(pattern: str, row: AlarmsFile) -> str:
    """Return what is wrong with *pattern* by itself, or nothing."""
    phrases = pattern.split(BESIDE)
    if not ALARM.fullmatch(pattern):
        return "must be small letters, a|b for either, ?a for maybe"
    if any(map(_all_maybe, phrases)):
        return "one of the words must not be a maybe"
    if any(many(phrase, row.words) > MOST_PHRASES for phrase in phrases):
        return f"stands for more than {MOST_PHRASES} phrases"
    return ""


def _patterns(row: AlarmsFile) -> Iterator[tuple[Trail, str]]:
    for kind in KINDS:
        for at, pattern in enumerate(getattr(row, kind)):
            yield ("alarms", kind, at), pattern
    for name, said in row.words.items():
        yield ("alarms", "words", name), said


def _all_maybe(phrase: str) -> bool:
    return all(part.startswith("?") for part in phrase.split())
