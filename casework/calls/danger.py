"""What comes before any form: numbers to call now, and the way on where no story is told."""

from casework.calls.typed import Filled
from conversations.alarms import LIVES, Alarm, card, danger_of
from conversations.forms import drafts
from conversations.forms.opening import opening
from conversations.say import Say
from referrals.directory import Priority, Service


def danger(service: Service, filled: Filled | None, say: Say) -> tuple[str, ...]:
    """Return what is read to the caller before anything else; nothing where nobody is in danger.

    Where no story is told, that is said as well.
    """
    if service.safe_path:
        return opening(service, drafts.opened(service), say)
    urgent = service.emergency or (filled and filled.draft.priority is Priority.P1)
    alarms = set(filled.alarms) if filled else set()
    alarms |= {danger_of(service)} if urgent and alarms.isdisjoint(LIVES) else set()
    return tuple(card(say, alarm) for alarm in Alarm if alarm in alarms)


def safe_ways(filled: Filled, say: Say) -> tuple[Service, ...]:
    """Return the services in which no story is told, where their words speak of violence."""
    if Alarm.VIOLENCE not in filled.alarms:
        return ()
    return tuple(row for row in say.district.services.values() if row.safe_path)
