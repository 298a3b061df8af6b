"""Words that must never wait in a form: danger to life, and violence."""

from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from conversations.say import Say
from conversations.words import plain
from referrals.directory import Alarms, Hotline

LONG = 7  # an alarm word of so many letters is heard with one slip too


class Alarm(StrEnum):
    """What an alarm word is about; also the purpose of the hotlines to show."""

    EMERGENCY = "emergency"
    VIOLENCE = "violence"


def heard(text: str, alarms: Alarms) -> Alarm | None:
    """Return the alarm that *text* raises, violence before all other, or None."""
    typed = plain(text)
    if not typed:
        return None
    if _holds(typed, _plain(alarms.violence)):
        return Alarm.VIOLENCE
    return Alarm.EMERGENCY if _holds(typed, _plain(alarms.emergency)) else None


def card(say: Say, alarm: Alarm) -> str:
    """Return the numbers to call now: only those that are active in this district."""
    lines = [_line(hotline, say) for hotline in say.district.hotlines if _serves(hotline, alarm)]
    if not lines:
        return say("alarm.no_number", office=say.district.office.in_language(say.language))
    return say(f"alarm.{alarm.value}", numbers="\n".join(lines))


def _serves(hotline: Hotline, alarm: Alarm) -> bool:
    return hotline.active and alarm.value in hotline.purpose


def _line(hotline: Hotline, say: Say) -> str:
    label = hotline.label.in_language(say.language)
    return say("alarm.line", number=hotline.number, label=label)


@lru_cache(maxsize=8)
def _plain(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(plain(word) for word in words)


def _holds(typed: str, words: tuple[str, ...]) -> bool:
    """Say whether one of *words* stands in *typed*, long single words also with one slip."""
    padded = f" {typed} "
    if any(f" {word} " in padded for word in words):
        return True
    long = [word for word in words if len(word) >= LONG and " " not in word]
    return any(_slipped(part, long) for part in typed.split() if len(part) >= LONG - 1)


def _slipped(part: str, words: list[str]) -> bool:
    return any(OSA.distance(part, word, score_cutoff=1) <= 1 for word in words)
