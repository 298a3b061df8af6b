"""What must be true of the rows about offices' own programs."""

from collections.abc import Iterable

from bot.district.findings import Notes, Trail
from bot.district.way_checks import variable_fault
from referrals.district.directory import Agency, District
from referrals.district.statuses import Means, OfficeStatus
from referrals.district.ways import Open311Way
from referrals.ticket import DeclineReason

REASONS = frozenset(reason.value for reason in DeclineReason)


def check_programs(trail: Trail, agency: Agency, district: District, notes: Notes) -> None:
    """Note every mistake in how the programs of *agency* speak with us."""
    if updates := agency.updates:
        if why := variable_fault(updates.secret_env):
            notes.at((*trail, "updates", "secret_env"), why)
        if not updates.statuses:
            notes.at((*trail, "updates", "statuses"), "must name at least one")
        _statuses((*trail, "updates", "statuses"), updates.statuses, notes)
    if agency.ways and all(isinstance(way, Open311Way) for way in agency.ways):
        notes.at(
            (*trail, "ways"), "an open311 way takes new cases only: name another for the rest"
        )
    for at, way in enumerate(agency.ways):
        if isinstance(way, Open311Way):
            _open311((*trail, "ways", at), way, district, notes)
            if agency.vault and way.public:
                notes.at((*trail, "ways", at), "what a vault gets stands on no public server")


def _open311(trail: Trail, way: Open311Way, district: District, notes: Notes) -> None:
    fields = {field.key for one in district.services.values() for field in one.fields}
    for at, row in enumerate(way.services):
        if row.service not in district.services:
            notes.at((*trail, "services", at, "service"), f"no service '{row.service}'")
    for at, attribute in enumerate(way.attributes):
        if attribute.field not in fields:
            notes.at((*trail, "attributes", at, "field"), f"no field '{attribute.field}'")
    _statuses((*trail, "statuses"), way.statuses, notes)
    for at, status in enumerate(way.statuses):
        if status.means is Means.DECLINE and not status.reason:
            notes.at((*trail, "statuses", at), "a decline that is read there needs its reason")


def _statuses(trail: Trail, statuses: Iterable[OfficeStatus], notes: Notes) -> None:
    numbered = tuple(enumerate(statuses))
    notes.twice(((*trail, at, "says"), one.says.strip().casefold()) for at, one in numbered)
    for at, status in numbered:
        if status.reason and status.reason not in REASONS:
            notes.at((*trail, at, "reason"), f"must be one of {', '.join(sorted(REASONS))}")
        if status.reason and status.means is not Means.DECLINE:
            notes.at((*trail, at, "reason"), "only a decline has one")
