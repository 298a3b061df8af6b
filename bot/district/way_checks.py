"""What must be true of the ways to an office."""

import re

from bot.district.findings import Notes, Trail
from handlers.agencies.outside import NO_ADDRESS, NOT_SEALED, PRIVATE, fault
from referrals.district.directory import Agency
from referrals.district.ways import (
    EmailWay,
    InboxWay,
    LetterWay,
    Open311Way,
    SmsWay,
    TelegramWay,
    Way,
    WebhookWay,
    WhatsappWay,
)

MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([a-z0-9-]+\.)+[a-z]{2,}", re.ASCII)
NUMBER = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)  # E.164
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")
ADDRESSES = {
    NO_ADDRESS: "must be an https address",
    NOT_SEALED: "must be an https address",
    PRIVATE: "leads into our own network: say private: true if it may",
}


def check_ways(trail: Trail, agency: Agency, notes: Notes) -> None:
    """Note every mistake in the ways of *agency*, whose row stands at *trail*."""
    for at, way in enumerate(agency.ways):
        _way((*trail, "ways", at), way, notes)
        if agency.vault and isinstance(way, LetterWay):
            notes.at((*trail, "ways", at), "what a vault gets never passes through the desk")
    for at, way in enumerate(agency.head):
        _way((*trail, "head", at), way, notes)
    for place, one in enumerate(agency.on_call):
        if not one.ways:
            notes.at((*trail, "on_call", place, "ways"), "must name a way")
        for at, way in enumerate(one.ways):
            _way((*trail, "on_call", place, "ways", at), way, notes)


def _way(trail: Trail, way: Way, notes: Notes) -> None:
    match way:
        case EmailWay(to=to):
            if not MAILBOX.fullmatch(to):
                notes.at((*trail, "to"), "must be one e-mail address")
        case WebhookWay(secret_env=variable):
            _url(trail, way, notes)
            _variable((*trail, "secret_env"), variable, notes)
        case Open311Way(key_env=variable):
            _url(trail, way, notes)
            _variable((*trail, "key_env"), variable or "NONE", notes)
        case TelegramWay(chats=chats):
            _several((*trail, "chats"), chats, notes)
        case SmsWay(numbers=numbers) | WhatsappWay(numbers=numbers):
            _numbers((*trail, "numbers"), numbers, notes)
        case LetterWay() | InboxWay():
            return


def _numbers(trail: Trail, numbers: tuple[str, ...], notes: Notes) -> None:
    _several(trail, numbers, notes)
    for at, number in enumerate(numbers):
        if not NUMBER.fullmatch(number):
            notes.at((*trail, at), "must be + with the country's number and digits alone")


def _several(trail: Trail, values: tuple[object, ...], notes: Notes) -> None:
    if not values:
        notes.at(trail, "must name at least one")


def _url(trail: Trail, way: WebhookWay | Open311Way, notes: Notes) -> None:
    """Note an address that would be refused when it comes to it."""
    if why := fault(way.url, private=way.private):
        notes.at((*trail, "url"), ADDRESSES[why])


def _variable(trail: Trail, name: str, notes: Notes) -> None:
    if why := variable_fault(name):
        notes.at(trail, why)


def variable_fault(name: str) -> str:
    """Return what is wrong with *name*, such as a secret that stands in the row itself."""
    if VARIABLE.fullmatch(name):
        return ""
    return "must be the name of an environment variable, in capital letters"
