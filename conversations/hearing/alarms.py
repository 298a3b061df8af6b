"""Words that must never wait in a form: danger to life, violence, and despair."""

from enum import StrEnum
from functools import lru_cache

from conversations.hearing.danger_words import QUIET, Listener
from conversations.hearing.words import plain
from conversations.say import Say
from referrals.district.alarms import Alarms
from referrals.district.directory import Hotline, Service


class Alarm(StrEnum):
    """What an alarm word is about, what comes first first."""

    VIOLENCE = "violence"
    DESPAIR = "despair"
    EMERGENCY = "emergency"
    HEALTH = "health"


PURPOSES = {alarm: frozenset({alarm.value}) for alarm in Alarm} | {
    Alarm.DESPAIR: frozenset({Alarm.DESPAIR.value, "health"})
}
"""Which hotlines an alarm shows: for despair, those for health as well."""

LIVES = frozenset({Alarm.EMERGENCY, Alarm.HEALTH})
"""Danger to life: a form becomes urgent, and what helps is offered."""


@lru_cache(maxsize=64)  # asked about each message up to four times in its turn
def heard(text: str, alarms: Alarms) -> Alarm | None:
    """Return the alarm that *text* raises, violence before all other, or None."""
    typed = plain(text)
    if not typed or typed.isdigit():
        return None
    rank = _listener(alarms).hear(typed)
    return None if rank is None else tuple(Alarm)[rank]


def danger(text: str, alarms: Alarms) -> Alarm | None:
    """Return the alarm that *text* raises where that is danger to life, else None."""
    alarm = heard(text, alarms)
    return alarm if alarm in LIVES else None


def danger_of(service: Service) -> Alarm:
    """Return the alarm whose numbers are shown where lives are at stake in *service*."""
    return Alarm(service.danger.value)


def card(say: Say, alarm: Alarm) -> str:
    """Return the numbers to call now: only those that are active in this district."""
    lines = [_line(hotline, say) for hotline in _hotlines(say, alarm)]
    if not lines:
        return say("alarm.no_number", office=say.district.office.in_language(say.language))
    return say(f"alarm.{alarm.value}", numbers="\n".join(lines))


def numbers(say: Say, alarm: Alarm) -> str:
    """Return the numbers of `card` alone, for who has read its words already."""
    return "\n".join(_line(hotline, say) for hotline in _hotlines(say, alarm))


def _hotlines(say: Say, alarm: Alarm) -> list[Hotline]:
    """Return who to call in the order of the rows; for health the ambulance first."""
    serving = [hotline for hotline in say.district.hotlines if _serves(hotline, alarm)]
    if alarm is not Alarm.HEALTH:
        return serving
    alone = sorted(serving, key=lambda hotline: len(hotline.purpose))
    return alone or _hotlines(say, Alarm.EMERGENCY)


def _serves(hotline: Hotline, alarm: Alarm) -> bool:
    return hotline.active and not PURPOSES[alarm].isdisjoint(hotline.purpose)


def _line(hotline: Hotline, say: Say) -> str:
    return say("alarm.line", number=hotline.number, label=say.of(hotline.label))


@lru_cache(maxsize=16)
def _listener(alarms: Alarms) -> Listener:
    """Return who listens, in the order of what comes first."""
    phrases = (alarms.violence, alarms.despair, alarms.emergency, alarms.health)
    near = {rank: alarms.near.get(alarm.value, ()) for rank, alarm in enumerate(Alarm)}
    return Listener(phrases, near | {QUIET: alarms.quiet})
