"""What must be true of a district's services, so that each can be asked for and answered."""

import re
from collections.abc import Iterator

from bot.district.field_checks import check_fields
from bot.district.files import Rows
from bot.district.findings import Notes, Trail
from conversations.forms.another import offered
from referrals.district.directory import Agency, District, FieldKind, Level, Service
from referrals.district.routing import closed_to, may_have
from referrals.roles import Sensitivity

CODE = re.compile(r"[A-Z][A-Z0-9_]{1,19}")
KEYWORD = re.compile(r"[a-z0-9]+(?:[ |][a-z0-9]+)*")
KINDS = ("information", "need", "complaint")
UNSAFE = {FieldKind.STORY, FieldKind.WORDS, FieldKind.PHOTO, FieldKind.NIK, FieldKind.NAME} | {
    FieldKind.DIGITS
}


def check_services(rows: Rows, district: District, notes: Notes) -> None:
    """Note every service that has a mistake, or that nobody would answer."""
    numbered = tuple(enumerate(rows.services))
    notes.twice((("services", at, "code"), service.code) for at, service in numbered)
    groups = {group.id for group in rows.groups}
    for at, service in numbered:
        trail = ("services", at)
        _row(trail, service, groups, notes)
        check_fields(trail, service.fields, notes)
        _safe_path(trail, service, notes)
        _whom(trail, service, notes)
        _roles(trail, service, district, notes)
        _keeps_out(trail, service, district, notes)
        if service.level is Level.VILLAGE:
            _past_the_village(trail, service, notes)
            _everywhere(trail, service, district, notes)


def _row(trail: Trail, service: Service, groups: set[str], notes: Notes) -> None:
    if not CODE.fullmatch(service.code):
        notes.at((*trail, "code"), "must be at most 20 capital letters, digits and _")
    if service.group not in groups:
        notes.at((*trail, "group"), f"no group '{service.group}' in groups.yaml")
    if service.kind not in KINDS:
        notes.at((*trail, "kind"), f"must be one of {', '.join(KINDS)}")
    _times(trail, service, notes)
    for key, phrases in (("keywords", service.keywords), ("mentions", service.mentions)):
        for at, phrase in enumerate(phrases):
            if not KEYWORD.fullmatch(phrase):
                notes.at((*trail, key, at), "must be words of small letters and digits")


def _times(trail: Trail, service: Service, notes: Notes) -> None:
    if service.respond_days < 0:
        notes.at((*trail, "respond_days"), "must not be negative")
    if service.resolve_days < service.respond_days:
        notes.at((*trail, "resolve_days"), "must not be before the response")
    if service.cooling_hours < 0:
        notes.at((*trail, "cooling_hours"), "must not be negative")


def _safe_path(trail: Trail, service: Service, notes: Notes) -> None:
    """Note what would put whoever reports violence at risk (catalogue, safety note of PPA)."""
    if not service.safe_path:
        if service.sensitivity is Sensitivity.VAULT:
            notes.at((*trail, "safe_path"), "sensitivity vault needs safe_path: true")
        return
    if service.sensitivity is not Sensitivity.VAULT:
        notes.at((*trail, "sensitivity"), "a safe path needs sensitivity: vault")
    for at, field in enumerate(service.fields):
        if field.kind in UNSAFE:
            notes.at((*trail, "fields", at, "kind"), f"a safe path asks no {field.kind.value}")


def _whom(trail: Trail, service: Service, notes: Notes) -> None:
    """Note a question for whom it is where nobody is represented."""
    for at, field in enumerate(service.fields):
        if field.kind is FieldKind.WHOM and not offered(service):
            notes.at((*trail, "fields", at, "kind"), "nobody files this for somebody else")


def _roles(trail: Trail, service: Service, district: District, notes: Notes) -> None:
    if not service.roles:
        notes.at((*trail, "roles"), "must name the role that answers")
    for at, role in enumerate(service.roles):
        agencies = tuple(_with_role(role, district))
        if not agencies:
            notes.at((*trail, "roles", at), f"no agency has the role '{role}'")
        if service.sensitivity is Sensitivity.VAULT and not all(one.vault for one in agencies):
            notes.at((*trail, "roles", at), f"not every '{role}' keeps a vault")
    able = [one for role in service.roles for one in _with_role(role, district)]
    if able and not any(may_have(service, one) for one in able):
        notes.at((*trail, "roles"), "no agency of these roles may have it: they are too near")


def _keeps_out(trail: Trail, service: Service, district: District, notes: Notes) -> None:
    """Note an option that keeps out a role nobody has, or everybody who answers the service."""
    for at, field in enumerate(service.fields):
        for n, option in enumerate(field.options):
            place = (*trail, "fields", at, "options", n, "keeps_out")
            for role in option.keeps_out:
                if not any(_with_role(role, district)):
                    notes.at(place, f"no agency has the role '{role}'")
            shut = closed_to(district, option.keeps_out)
            left = [one for role in service.roles for one in _with_role(role, district)]
            if option.keeps_out and all(one.code in shut for one in left):
                notes.at(place, "nobody is left to answer")


def _past_the_village(trail: Trail, service: Service, notes: Notes) -> None:
    """Note a service that goes to the village first, though it may be about the village."""
    if service.confidential or service.safe_path:
        notes.at((*trail, "level"), "what is confidential never goes to the village first")


def _everywhere(trail: Trail, service: Service, district: District, notes: Notes) -> None:
    """Note each village from which a ticket could only fall to the desk."""
    agencies = [one for role in service.roles for one in _with_role(role, district)]
    for area in district.areas.values():
        if area.parent and not any(_serves(agency, area.code) for agency in agencies):
            notes.at((*trail, "roles"), f"nobody answers from {area.code} {area.name}")
    if all(field.kind is not FieldKind.AREA for field in service.fields):
        notes.at((*trail, "fields"), "village first, but no field asks for the area")


def _with_role(role: str, district: District) -> Iterator[Agency]:
    return (agency for agency in district.agencies.values() if role in agency.roles)


def _serves(agency: Agency, area: str) -> bool:
    return not agency.areas or any(f"{area}.".startswith(f"{one}.") for one in agency.areas)
