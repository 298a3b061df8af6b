"""What comes before any form: numbers to call now, and the way on where no story is told."""

from casework.calls.typed import Filled
from conversations.forms import drafts
from conversations.forms.opening import opening
from conversations.hearing.alarms import LIVES, Alarm, card, danger_of, heard
from conversations.say import Say
from referrals.district.directory import Priority, Service


def danger(service: Service, filled: Filled | None, say: Say) -> tuple[str, ...]:
    """Return what is read to the caller before anything else; nothing where nobody is in danger.

    Where no story is told, that is said as well.
    """
    if service.safe_path:
        return opening(service, drafts.opened(service), say)
    urgent = service.emergency or (filled and filled.draft.priority is Priority.P1)
    alarms = filled.alarms if filled else frozenset()
    alarms |= {danger_of(service)} if urgent and alarms.isdisjoint(LIVES) else set()
    return cards(alarms, say)


def raised(words: str, say: Say) -> frozenset[Alarm]:
    """Return what a caller's own *words* raise before any service is picked."""
    alarm = heard(words, say.district.alarms)
    return frozenset({alarm} if alarm else ())


def cards(alarms: frozenset[Alarm], say: Say) -> tuple[str, ...]:
    """Return the numbers to read out for each of *alarms*, what comes first first."""
    return tuple(card(say, alarm) for alarm in Alarm if alarm in alarms)


def safe_ways(alarms: frozenset[Alarm], say: Say) -> tuple[Service, ...]:
    """Return the services in which no story is told, where *alarms* speak of violence."""
    if Alarm.VIOLENCE not in alarms:
        return ()
    return tuple(row for row in say.district.services.values() if row.safe_path)
