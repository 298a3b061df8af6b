"""What a row, a command or a stored entry leaves out means nothing, but for a few."""

import importlib
from pathlib import Path

import msgspec
from msgspec.structs import fields

import referrals
from referrals.district import directory
from referrals.district.directory import Level, Privacy
from referrals.roles import Sensitivity

ROOM = Path(referrals.__path__[0])
MEANT = {  # what is left out and yet means something
    "Service.sensitivity": Sensitivity.ORDINARY,
    "Service.core": True,
    "Service.danger": directory.Danger.EMERGENCY,
    "Service.listed": True,
    "Service.proof": True,
    "Field.required": True,
    "Field.shared": True,
    "Agency.level": Level.DIRECT,
    "Milestone.by": directory.Decider.VILLAGE,
    "DecentHours.since": "07:00",
    "DecentHours.until": "20:00",
    "Retention.chat_days": 90,
    "Retention.media_days": 30,
    "Retention.letter_days": 365,
    "Retention.ticket_years": 5,
    "Retention.vault_years": 10,
    "Retention.lookup_days": 365,
    "Retention.consent_years": 5,
    "Retention.registry_days": 90,
    "District.retention": directory.Retention(),
    "District.decent_hours": directory.DecentHours(),
    "District.escalation": directory.Escalation(),
    "District.ring_every": 10,
    "District.most_open": 12,
    "District.lease_hours": 8,
    "District.looks_a_day": 150,
    "District.sms": directory.Texting(),
    "Texting.a_day": 60,
    "Texting.an_hour": 1000,
    "Open311Way.public": True,
    "WorkCalendar.opens": "08:00",
    "WorkCalendar.closes": "15:30",
    "WorkCalendar.weekdays": frozenset(range(1, 6)),
    "Submitted.privacy": Privacy.NAMED,
    "ConsentAwaited.privacy": Privacy.NAMED,
    "Submit.privacy": Privacy.NAMED,
    "SubmitForAnother.privacy": Privacy.NAMED,
    "Ticket.privacy": Privacy.NAMED,
}


def found() -> dict[str, object]:
    """Return every default of this room that is not nothing, by kind and field."""
    paths = (path.relative_to(ROOM.parent).with_suffix("") for path in ROOM.rglob("[a-z]*.py"))
    rooms = [importlib.import_module(".".join(path.parts)) for path in paths]
    kinds = {kind for room in rooms for kind in vars(room).values() if _is_ours(kind)}
    each = [(kind, one) for kind in kinds for one in fields(kind)]
    return {f"{kind.__name__}.{one.name}": value for kind, one in each if (value := _default(one))}


def _is_ours(kind: object) -> bool:
    struct = isinstance(kind, type) and issubclass(kind, msgspec.Struct)
    return struct and kind.__module__.startswith("referrals.")


def _default(one: msgspec.structs.FieldInfo) -> object:
    made = one.default_factory is not msgspec.NODEFAULT
    value = one.default_factory() if made else one.default  # type: ignore[operator,misc] - asked the line before
    return None if value is msgspec.NODEFAULT else value


def test_what_is_left_out_means_nothing() -> None:
    """Logs leave defaults out: another default would tell another story of an old ticket."""
    assert found() == MEANT
