"""What must be true within a district's folder, beyond the shape of its rows."""

import re
from collections.abc import Iterator
from datetime import date

from bot.district.alarm_checks import check_alarms
from bot.district.area_checks import check_areas
from bot.district.calendar_checks import check_calendar
from bot.district.files import Header, Rows
from bot.district.findings import Notes, Trail
from bot.district.gateway_checks import check_gateways
from bot.district.notice_checks import check_notices
from bot.district.program_checks import check_programs
from bot.district.reply_checks import check_replies
from bot.district.retention_checks import check_retention
from bot.district.role_checks import check_roles
from bot.district.service_checks import check_services
from bot.district.sms_checks import check_sms
from bot.district.spelt_out import each_agency
from bot.district.texts import check_texts, strangers
from bot.district.way_checks import check_ways
from bot.district.whatsapp_rows import check_whatsapp
from casework.desk.asked import LONGEST_LINE
from referrals.district.directory import District, Usul

SHELVES = 8  # of the menu: a WhatsApp list has ten rows, two are for the way back
ROWS = 10  # of a WhatsApp list
CODE = re.compile(r"[a-z][a-z0-9-]{1,39}")
DESILS = range(1, 11)
LAST = 28  # day of the month that every month has
ROUND = ("proposals_until", "meeting_until", "approval_from", "approval_until")
NEEDED = ("emergency", "violence")  # purposes for which some number must always be shown

SERVICES = (  # keys of district.yaml that name a service
    "person_service",
    "status_service",
    "propose_service",
    "correct_service",
    "papers_service",
    "stopped_service",
)


def check(rows: Rows, district: District, notes: Notes, today: date | None = None) -> None:
    """Note every mistake in *rows*, and with *today* what that day lacks.

    Where a file could not be read nothing else is noted, for most of it would only follow.
    """
    if not notes.whole:
        return
    check_texts(rows, notes)
    _header(rows, district, notes)
    _groups(rows, notes)
    check_services(rows, district, notes)
    _agencies(rows, district, notes)
    check_areas(rows, notes)
    _hotlines(rows, notes, today)
    check_alarms(rows.alarms, notes)
    check_calendar(rows.calendar, notes, today)
    check_whatsapp(rows.whatsapp, notes)
    check_gateways(rows.gateways, notes)
    check_roles(rows.roles, notes)
    check_replies(rows.replies, district, notes)


def _named_services(header: Header) -> Iterator[tuple[Trail, str]]:
    for key in SERVICES:
        yield (key,), getattr(header, key)
    for at, row in enumerate(header.stopped_services):
        yield ("stopped_services", at, "service"), row.service
    for at, code in enumerate(header.usul.services if header.usul else ()):
        yield ("usul", "services", at), code
    for at, code in enumerate(header.usul.discussed if header.usul else ()):
        yield ("usul", "discussed", at), code


def _header(rows: Rows, district: District, notes: Notes) -> None:
    header = rows.district
    for trail, code in _named_services(header):
        if code not in district.services:
            notes.at(("district", *trail), f"no service '{code}'")
    if header.desk not in district.agencies:
        notes.at(("district", "desk"), f"no agency '{header.desk}'")
    _judges(header, district, notes)
    _outside(header, notes)
    check_notices(header, district, notes)
    check_retention(header.retention, notes)
    check_sms(header.sms, notes)
    if header.programme_desil not in DESILS:
        notes.at(("district", "programme_desil"), "must be from 1 to 10")
    _usul(header.usul, notes)
    for key in ("name", "service_name", "consent_version"):
        if strange := strangers(getattr(header, key)):
            notes.at(("district", key), f"no GSM-7 characters, which make an SMS dear: {strange}")


def _judges(header: Header, district: District, notes: Notes) -> None:
    """Note offices that nobody has, and those that would judge what they did themselves."""
    named: list[tuple[Trail, str]] = [
        (("district", "appeals", at), code) for at, code in enumerate(header.appeals)
    ]
    if header.data_protection:
        named.append((("district", "data_protection"), header.data_protection))
    for trail, code in named:
        if code not in district.agencies:
            notes.at(trail, f"no agency '{code}'")
        if code == header.desk:
            notes.at(trail, "must not be the desk, which decided before")


def _outside(header: Header, notes: Notes) -> None:
    """Note where cases go on: names no form can show or that are dear, appeals without."""
    if header.appeals and not header.hand_over_to:
        notes.at(
            ("district", "hand_over_to"),
            "hand_over_to names nobody: an appeal that every office has handled could go nowhere",
        )
    trails = [
        (("district", "hand_over_to", at), name) for at, name in enumerate(header.hand_over_to)
    ]
    notes.twice(trails)
    for trail, name in trails:
        if not 1 <= len(name.strip()) <= LONGEST_LINE:
            notes.at(trail, f"must have from 1 to {LONGEST_LINE} characters")
        elif strange := strangers(name):
            notes.at(trail, f"no GSM-7 characters, which make an SMS dear: {strange}")


def _usul(usul: Usul | None, notes: Notes) -> None:
    """Note days of the monthly round that are out of order, or that February may not have."""
    if usul is None:
        return
    least = 1
    for key in ROUND:
        if not least <= (day := getattr(usul, key)) <= LAST:
            notes.at(("district", "usul", key), f"must be from {least} to {LAST}: days in order")
        least = max(least, day)
    codes = (
        (("district", "usul", "milestones", n, "code"), m.code)
        for n, m in enumerate(usul.milestones)
    )
    notes.twice(codes)
    if usul.meeting and usul.meeting not in {each.code for each in usul.milestones}:
        notes.at(("district", "usul", "meeting"), f"no milestone '{usul.meeting}'")
    if not usul.milestones:
        notes.at(("district", "usul", "milestones"), "must name a step")


def _groups(rows: Rows, notes: Notes) -> None:
    notes.twice((("groups", at, "id"), group.id) for at, group in enumerate(rows.groups))
    if len(rows.groups) > SHELVES:
        notes.at(("groups", SHELVES), f"too many groups: {SHELVES} fit")
    for at, group in enumerate(rows.groups):
        shown = [one for one in rows.services if one.group == group.id and one.listed]
        if len(shown) > ROWS:
            notes.at(("groups", at), f"{len(shown)} services are listed here, {ROWS} fit")


def _agencies(rows: Rows, district: District, notes: Notes) -> None:
    """Note agencies whose codes or areas are wrong; {code} must keep an `each` row's apart."""
    file = rows.agencies
    numbered = tuple(enumerate(file.agencies))
    notes.twice((("agencies", "agencies", at, "code"), agency.code) for at, agency in numbered)
    for at, agency in numbered:
        if not CODE.fullmatch(agency.code):
            notes.at(("agencies", "agencies", at, "code"), "must be small letters, digits and -")
        for place, area in enumerate(agency.areas):
            if area not in district.areas:
                notes.at(("agencies", "agencies", at, "areas", place), f"no area '{area}'")
        check_ways(("agencies", "agencies", at), agency, notes)
        check_programs(("agencies", "agencies", at), agency, district, notes)
    for at, row in enumerate(file.each):
        if "{code}" not in row.code:
            notes.at(
                ("agencies", "each", at, "code"), "must hold {code}: one agency for each area"
            )
        for agency in tuple(each_agency((row,), tuple(district.areas.values())))[:1]:
            check_ways(("agencies", "each", at), agency, notes)


def _hotlines(rows: Rows, notes: Notes, today: date | None) -> None:
    for at, hotline in enumerate(rows.hotlines):
        if not hotline.number.lstrip("+").isdigit():
            notes.at(("hotlines", at, "number"), "must be digits alone")
        if today and hotline.verified_on > today:
            notes.at(("hotlines", at, "verified_on"), "nobody can have rung it yet")
    for purpose in NEEDED:
        if not any(one.active and purpose in one.purpose for one in rows.hotlines):
            notes.at(("hotlines",), f"no active number has the purpose '{purpose}'")
