"""Which agency gets a ticket: the service's roles in their order, by area, else the desk."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from referrals.district.directory import Agency, District, Level, Service
from referrals.roles import Sensitivity

FALLBACK = "fallback"
EVERYWHERE = ""
ANY_VAULT = "vault"  # the rule of a vault ticket that no role's agency could have


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
    district: District,
    service: Service,
    area: str,
    *,
    skip: frozenset[str] = frozenset(),
    urgent: bool = False,
) -> Routed:
    """Return who gets a ticket about *service* from *area*, never one of *skip* but the desk.

    The first of the service's roles that any agency has there wins; within a role the nearest.
    What is *urgent* (P1) goes past villages and sub-districts where anybody else answers.
    Confidential services never go to a village or sub-district, direct and district services
    never to a village. A vault service goes to agencies that keep a vault, to any of them rather
    than to nobody. What else fits nowhere is the desk's.
    """
    if urgent:
        past = route(district, service, area, skip=skip | local_offices(district))
        return past if past.rule != FALLBACK else route(district, service, area, skip=skip)
    if district.services.get(service.code) is not service:
        return _chosen(district, service, area, skip)
    return _remembered(district, service.code, area, skip)


@lru_cache(maxsize=4096)  # the rows do not change while a district is known, and few differ
def _remembered(district: District, service: str, area: str, skip: frozenset[str]) -> Routed:
    return _chosen(district, district.services[service], area, skip)


def _chosen(district: District, service: Service, area: str, skip: frozenset[str]) -> Routed:
    places = _lineage(district, area)
    for role in service.roles:
        serving = (m for m in _serving(district, role, places) if m.agency.code not in skip)
        found = [match for match in serving if may_have(service, match.agency)]
        if found:
            best = min(found, key=lambda match: match.rank)
            return Routed(best.agency, f"{service.code}/{role}@{best.area or '*'}")
    return _fallback(district, service, skip)


def is_local(agency: Agency) -> bool:
    """Tell whether *agency* is a village desk, or an office of a part of the district."""
    return agency.level is Level.VILLAGE or (agency.level is Level.DISTRICT and bool(agency.areas))


@lru_cache(maxsize=16)
def local_offices(district: District) -> frozenset[str]:
    """Return the codes of all village desks and offices of a part of *district*."""
    return frozenset(code for code, agency in district.agencies.items() if is_local(agency))


def kept_out(service: Service, picked: Mapping[str, str]) -> tuple[str, ...]:
    """Return the roles that never get a ticket about *service*, by the answers *picked*."""
    return tuple(
        role
        for field in service.fields
        for option in field.options
        if picked.get(field.key) == option.value
        for role in option.keeps_out
    )


@lru_cache(maxsize=64)
def closed_to(district: District, roles: tuple[str, ...]) -> frozenset[str]:
    """Return the codes of the agencies of *district* that have one of *roles*."""
    named = set(roles)
    return frozenset(code for code, row in district.agencies.items() if named & set(row.roles))


def may_have(service: Service, agency: Agency) -> bool:
    """Tell whether *agency* may ever get a ticket about *service*; one without roles never."""
    vault = service.sensitivity is Sensitivity.VAULT
    if not agency.roles or (vault and not agency.vault):
        return False
    if service.confidential or service.safe_path:
        return not is_local(agency)
    return service.level is Level.VILLAGE or agency.level is not Level.VILLAGE


def _fallback(district: District, service: Service, skip: frozenset[str]) -> Routed:
    """Return the desk, or for a vault service any agency that keeps a vault."""
    vaults = (a for a in district.agencies.values() if a.vault and a.code not in skip)
    allowed = [agency for agency in vaults if may_have(service, agency)]
    if service.sensitivity is Sensitivity.VAULT and allowed:
        return Routed(min(allowed, key=lambda a: a.code), f"{service.code}/{ANY_VAULT}")
    return Routed(district.agencies[district.desk], FALLBACK)


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
