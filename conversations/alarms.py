"""Words that must never wait in a form: danger to life, violence, and despair."""

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from conversations.say import Say
from conversations.words import plain
from referrals.directory import Alarms, Hotline

LONG = 9  # letters of an alarm word heard with one slip too: "diajar" is not "dihajar"


class Alarm(StrEnum):
    """What an alarm word is about."""

    EMERGENCY = "emergency"
    VIOLENCE = "violence"
    DESPAIR = "despair"


PURPOSES = {alarm: frozenset({alarm.value}) for alarm in Alarm} | {
    Alarm.DESPAIR: frozenset({Alarm.DESPAIR.value, "health"})
}
"""Which hotlines an alarm shows: for despair, those for health as well."""


def heard(text: str, alarms: Alarms) -> Alarm | None:
    """Return the alarm that *text* raises, violence before all other, or None."""
    typed = plain(text)
    if not typed or typed.isdigit():
        return None
    said = tuple(typed.split())
    for alarm, listener in _listeners(alarms):
        if listener.finds(said):
            return alarm
    return None


def card(say: Say, alarm: Alarm) -> str:
    """Return the numbers to call now: only those that are active in this district."""
    lines = [_line(hotline, say) for hotline in say.district.hotlines if _serves(hotline, alarm)]
    if not lines:
        return say("alarm.no_number", office=say.district.office.in_language(say.language))
    return say(f"alarm.{alarm.value}", numbers="\n".join(lines))


def _serves(hotline: Hotline, alarm: Alarm) -> bool:
    return hotline.active and not PURPOSES[alarm].isdisjoint(hotline.purpose)


def _line(hotline: Hotline, say: Say) -> str:
    label = hotline.label.in_language(say.language)
    return say("alarm.line", number=hotline.number, label=label)


class Listener:
    """Finds any of many phrases in a text in time that grows with the text alone."""

    def __init__(self, phrases: Iterable[str]) -> None:
        words = [tuple(plain(phrase).split()) for phrase in phrases]
        self._phrases = frozenset(words)
        self._lengths: defaultdict[str, set[int]] = defaultdict(set)  # by a phrase's first word
        for phrase in words:
            self._lengths[phrase[0]].add(len(phrase))
        self._long = [phrase[0] for phrase in words if len(phrase) == 1 and len(phrase[0]) >= LONG]
        self._slipped = lru_cache(maxsize=4096)(self._close_to_long)

    def finds(self, said: tuple[str, ...]) -> bool:
        """Say whether a phrase stands in *said*, long single words also with one slip."""
        for at, word in enumerate(said):
            if len(word) >= LONG - 1 and self._slipped(word):
                return True
            for length in self._lengths.get(word, ()):
                if said[at : at + length] in self._phrases:
                    return True
        return False

    def _close_to_long(self, word: str) -> bool:
        return extractOne(word, self._long, scorer=OSA.distance, score_cutoff=1) is not None


@lru_cache(maxsize=16)
def _listeners(alarms: Alarms) -> tuple[tuple[Alarm, Listener], ...]:
    """Return who listens for what, in the order of what comes first."""
    return (
        (Alarm.VIOLENCE, Listener(alarms.violence)),
        (Alarm.DESPAIR, Listener(alarms.despair)),
        (Alarm.EMERGENCY, Listener(alarms.emergency)),
    )
