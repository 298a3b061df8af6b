"""The files of a district's folder, row by row as people write them."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import cast

import yaml
from msgspec import Struct, field, inspect

from bot.district.findings import Notes
from bot.district.gateway_rows import read_gateways
from bot.district.reply_rows import read_replies
from bot.district.role_rows import read_roles
from bot.district.whatsapp_rows import WhatsappFile, read_whatsapp
from bot.district.yaml_rows import compose, read, read_file
from handlers.sms_http_row import GatewayRow
from referrals.district.directory import (
    Agency,
    DecentHours,
    Escalation,
    Field,
    Group,
    Hotline,
    Level,
    Mending,
    Retention,
    Service,
    Texting,
    Usul,
)
from referrals.district.replies import Canned
from referrals.district.staffing import StaffRole
from referrals.district.ways import Way
from referrals.district.words import Words


class Header(Struct, frozen=True, kw_only=True):
    """district.yaml: the kabupaten itself; `District` in `referrals` explains each key."""

    code: str
    name: str
    service_name: str
    office: Words
    desk: str
    person_service: str
    status_service: str
    propose_service: str
    correct_service: str
    papers_service: str
    stopped_service: str
    stopped_services: tuple[Mending, ...] = ()
    consent_version: str
    programme_desil: int
    usul: Usul | None = None
    appeals: tuple[str, ...] = ()
    hand_over_to: tuple[str, ...] = ()
    data_protection: str = ""
    decent_hours: DecentHours = DecentHours()
    escalation: Escalation = Escalation()
    ring_every: int = 10
    most_open: int = 12
    lease_hours: int = 8
    looks_a_day: int = 150
    sms: Texting = Texting()
    retention: Retention = Retention()


class VillageKind(StrEnum):
    """What a village is in law; its code says so too."""

    DESA = "desa"
    KELURAHAN = "kelurahan"


class VillageRow(Struct, frozen=True, kw_only=True):
    """A desa or kelurahan within its kecamatan."""

    code: str
    name: str
    kind: VillageKind
    aliases: tuple[str, ...] = ()


class KecamatanRow(Struct, frozen=True, kw_only=True):
    """A kecamatan with its villages."""

    code: str
    name: str
    desa: tuple[VillageRow, ...]
    aliases: tuple[str, ...] = ()


class Each(StrEnum):
    """For which areas a row makes one agency each."""

    DESA = "desa"
    KECAMATAN = "kecamatan"


class EachRow(Struct, frozen=True, kw_only=True):
    """One agency for each area of a kind; {code}, {kind} and {name} are the area's."""

    area: Each
    code: str
    name: Words
    roles: tuple[str, ...]
    level: Level
    office: Words | None = None
    ways: tuple[Way, ...] = ()  # {code} in an address is the area's


class AgenciesFile(Struct, frozen=True, kw_only=True):
    """agencies.yaml: the offices that answer referrals."""

    agencies: tuple[Agency, ...]
    each: tuple[EachRow, ...] = ()


class AlarmsFile(Struct, frozen=True, kw_only=True):
    """alarms.yaml: words that must never wait in a form, `a|b`, `?a|b`, `a+` not yet spelt out."""

    emergency: tuple[str, ...]
    violence: tuple[str, ...]
    despair: tuple[str, ...] = ()
    health: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()
    words: dict[str, str] = {}  # what @name stands for


class DayKind(StrEnum):
    """Why offices are closed: a national holiday, collective leave, or here alone."""

    HOLIDAY = "holiday"
    LEAVE = "leave"
    LOCAL = "local"


class DayRow(Struct, frozen=True, kw_only=True):
    """A day on which offices are closed."""

    on: date = field(name="date")
    kind: DayKind
    name: str


class YearRow(Struct, frozen=True, kw_only=True):
    """A year whose holidays are known."""

    year: int
    days: tuple[DayRow, ...]


class CalendarFile(Struct, frozen=True, kw_only=True):
    """calendar.yaml: when the offices work."""

    zone: str
    weekdays: tuple[int, ...]
    opens: str
    closes: str
    years: tuple[YearRow, ...]


class Rows(Struct, frozen=True, kw_only=True):
    """Everything a district's folder says."""

    district: Header
    groups: tuple[Group, ...]
    services: tuple[Service, ...]
    agencies: AgenciesFile
    areas: tuple[KecamatanRow, ...]
    hotlines: tuple[Hotline, ...]
    alarms: AlarmsFile
    calendar: CalendarFile
    whatsapp: WhatsappFile
    gateways: tuple[GatewayRow, ...]
    roles: tuple[StaffRole, ...]
    replies: tuple[Canned, ...]


def read_rows(folder: Path, notes: Notes) -> Rows:
    """Return what the folder says; whatever cannot be read is noted."""
    return Rows(
        district=read_file(folder / "district.yaml", Header, ("district",), notes),
        groups=read_file(folder / "groups.yaml", tuple[Group, ...], ("groups",), notes),
        services=_services(folder, notes),
        agencies=read_file(folder / "agencies.yaml", AgenciesFile, ("agencies",), notes),
        areas=read_file(folder / "areas.yaml", tuple[KecamatanRow, ...], ("areas",), notes),
        hotlines=read_file(folder / "hotlines.yaml", tuple[Hotline, ...], ("hotlines",), notes),
        alarms=read_file(folder / "alarms.yaml", AlarmsFile, ("alarms",), notes),
        calendar=read_file(folder / "calendar.yaml", CalendarFile, ("calendar",), notes),
        whatsapp=read_whatsapp(folder, notes),
        gateways=read_gateways(folder, notes),
        roles=read_roles(folder, notes),
        replies=read_replies(folder, notes),
    )


def _services(folder: Path, notes: Notes) -> tuple[Service, ...]:
    """Return the services of all files in services/, the files by name, fields spelt out."""
    shared = _shared_fields(folder / "fields.yaml", notes)
    files = sorted((folder / "services").glob("*.yaml"))
    if not files:
        notes.on(folder / "services", 1, "the folder is missing, or holds no service")
    nodes = [node for file in files for node in _items(file, notes)]
    shape = inspect.type_info(Service)
    for node in nodes:
        _spell_out(node, shared, notes)
    read_ones = (read(node, shape, ("services", at), notes) for at, node in enumerate(nodes))
    return tuple(cast("Service", one) for one in read_ones)


def _items(file: Path, notes: Notes) -> list[yaml.Node]:
    node = compose(file, notes)
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    if node is not None:
        notes.on(file, 1, "must be a list")
    return []


def _shared_fields(file: Path, notes: Notes) -> dict[str, yaml.Node]:
    """Return the fields that services may name by key alone, each checked though none may."""
    rows = _items(file, notes) if file.exists() else []
    shape = inspect.type_info(Field)
    for at, node in enumerate(rows):
        read(node, shape, ("fields", at), notes)
    return {key: node for node in rows if (key := _value(node, "key")) is not None}


def _spell_out(service: yaml.Node, shared: dict[str, yaml.Node], notes: Notes) -> None:
    """Put the shared field in the place of each field that is only named."""
    if not isinstance(service, yaml.MappingNode):
        return
    for key, fields in service.value:
        if key.value == "fields" and isinstance(fields, yaml.SequenceNode):
            fields.value[:] = [_spelt(one, shared, notes) for one in fields.value]


def _spelt(node: yaml.Node, shared: dict[str, yaml.Node], notes: Notes) -> yaml.Node:
    if not isinstance(node, yaml.ScalarNode):
        return node
    if node.value not in shared:
        mark = node.start_mark
        notes.on(Path(mark.name), mark.line + 1, f"no field '{node.value}' in fields.yaml")
    return shared.get(node.value, node)


def _value(node: yaml.Node, wanted: str) -> str | None:
    """Return the text under *wanted* in a mapping, or None."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((str(value.value) for key, value in pairs if key.value == wanted), None)
