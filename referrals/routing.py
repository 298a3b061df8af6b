"""Which agency gets a ticket: the service's roles in their order, by area, else the desk."""

from collections.abc import Iterator

from msgspec import Struct

from referrals.directory import Agency, District, Level, Service

FALLBACK = "fallback"
EVERYWHERE = ""


class Routed(Struct, frozen=True):
    """The agency that was chosen, and the rule that chose it, as the log keeps it."""

    agency: Agency
    rule: str

    @property
    def local(self) -> bool:
        """Whether it is a village or sub-district desk, from which a case can go up."""
        return is_local(self.agency)


class _Match(Struct, frozen=True):
    """An agency that serves the area, by the row of its areas that says so."""

    agency: Agency
    area: str

    @property
    def rank(self) -> tuple[bool, int, str]:
        """The order within one role: the village, then the narrower area, then the code."""
        return (self.agency.level is not Level.VILLAGE, -len(self.area), self.agency.code)


def route(
    district: District, service: Service, area: str, *, skip: frozenset[str] = frozenset()
) -> Routed:
    """Return who gets a ticket about *service* from *area*, never one of *skip* but the desk.

    The first of the service's roles that any agency has there wins; within a role the nearest.
    Confidential services never go to a village or sub-district, direct and district services
    never to a village. What fits nowhere is the desk's.
    """
    places = _lineage(district, area)
    for role in service.roles:
        found = [m for m in _serving(district, role, places) if _may(service, m.agency, skip)]
        if found:
            best = min(found, key=lambda match: match.rank)
            return Routed(best.agency, f"{service.code}/{role}@{best.area or '*'}")
    return Routed(district.agencies[district.desk], FALLBACK)


def is_local(agency: Agency) -> bool:
    """Tell whether *agency* is a village desk, or an office of a part of the district."""
    return agency.level is Level.VILLAGE or (agency.level is Level.DISTRICT and bool(agency.areas))


def _may(service: Service, agency: Agency, skip: frozenset[str]) -> bool:
    if agency.code in skip:
        return False
    if service.confidential or service.safe_path:
        return not is_local(agency)
    return service.level is Level.VILLAGE or agency.level is not Level.VILLAGE


def _serving(district: District, role: str, places: tuple[str, ...]) -> Iterator[_Match]:
    for agency in district.agencies.values():
        if role not in agency.roles:
            continue
        for area in agency.areas or (EVERYWHERE,):
            if area in places:
                yield _Match(agency, area)


def _lineage(district: District, area: str) -> tuple[str, ...]:
    """Return *area*, all that it lies in, and everywhere: codes nest, and rows name a parent."""
    parts = area.split(".")
    above = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
    row = district.areas.get(area)
    return (*above, row.parent if row else EVERYWHERE, EVERYWHERE)
