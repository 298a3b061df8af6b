"""Words that must never wait in a form: danger to life, violence, and despair."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from conversations.say import Say
from conversations.words import plain
from referrals.directory import Alarms, Hotline

Phrase = tuple[str, ...]  # word by word
Ranked = tuple[Phrase, int]  # a phrase and the place of what it raises

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


@lru_cache(maxsize=64)  # asked about each message up to four times in its turn
def heard(text: str, alarms: Alarms) -> Alarm | None:
    """Return the alarm that *text* raises, violence before all other, or None."""
    typed = plain(text)
    if not typed or typed.isdigit():
        return None
    return _listener(alarms).hear(tuple(typed.split()))


def card(say: Say, alarm: Alarm) -> str:
    """Return the numbers to call now: only those that are active in this district."""
    lines = [_line(hotline, say) for hotline in say.district.hotlines if _serves(hotline, alarm)]
    if not lines:
        return say("alarm.no_number", office=say.district.office.in_language(say.language))
    return say(f"alarm.{alarm.value}", numbers="\n".join(lines))


def _serves(hotline: Hotline, alarm: Alarm) -> bool:
    return hotline.active and not PURPOSES[alarm].isdisjoint(hotline.purpose)


def _line(hotline: Hotline, say: Say) -> str:
    return say("alarm.line", number=hotline.number, label=say.of(hotline.label))


class Listener:
    """Finds any of many phrases in a text in time that grows with the text alone.

    *phrases* by what they raise, what comes first first.
    """

    def __init__(self, phrases: Mapping[Alarm, Iterable[str]]) -> None:
        self._alarms = tuple(phrases)
        self._starts: defaultdict[str, list[Ranked]] = defaultdict(list)  # by their first word
        self._long: list[Ranked] = []
        for rank, said in enumerate(phrases.values()):
            for phrase in said:
                self._add(tuple(plain(phrase).split()), rank)
        self._starting = lru_cache(maxsize=4096)(self._begun_by)

    def hear(self, said: Phrase) -> Alarm | None:
        """Return what the phrases that stand in *said* raise, or None where none does.

        Of several the first; long single words are heard with one slip too.
        """
        starting = list(map(self._starting, said))
        if not any(starting):
            return None
        ranks = [
            rank
            for at, phrases in enumerate(starting)
            for phrase, rank in phrases
            if len(phrase) == 1 or said[at : at + len(phrase)] == phrase
        ]
        return self._alarms[min(ranks)] if ranks else None

    def _add(self, phrase: Phrase, rank: int) -> None:
        self._starts[phrase[0]].append((phrase, rank))
        if len(phrase) == 1 and len(phrase[0]) >= LONG:
            self._long.append((phrase, rank))

    def _begun_by(self, word: str) -> tuple[Ranked, ...]:
        """Return the phrases that begin with *word*, or are it with one slip."""
        known = tuple(self._starts.get(word, ()))
        if len(word) < LONG - 1:
            return known
        slips = OSA.distance
        return known + tuple(
            (phrase, rank)
            for phrase, rank in self._long
            if slips(word, phrase[0], score_cutoff=1) <= 1
        )


@lru_cache(maxsize=16)
def _listener(alarms: Alarms) -> Listener:
    """Return who listens, in the order of what comes first."""
    return Listener(
        {
            Alarm.VIOLENCE: alarms.violence,
            Alarm.DESPAIR: alarms.despair,
            Alarm.EMERGENCY: alarms.emergency,
        }
    )
