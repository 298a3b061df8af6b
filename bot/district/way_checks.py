"""What must be true of the ways to an office."""

import re
from urllib.parse import urlsplit

from bot.district.findings import Notes, Trail
from referrals.directory import Agency
from referrals.ways import (
    EmailWay,
    InboxWay,
    LetterWay,
    Open311Way,
    SmsWay,
    TelegramWay,
    Way,
    WebhookWay,
)

MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([a-z0-9-]+\.)+[a-z]{2,}", re.ASCII)
NUMBER = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)  # E.164
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")
OWN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


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
        case WebhookWay(url=url, secret_env=variable):
            _url((*trail, "url"), url, notes)
            _variable((*trail, "secret_env"), variable, notes)
        case Open311Way(url=url, key_env=variable):
            _url((*trail, "url"), url, notes)
            _variable((*trail, "key_env"), variable or "NONE", notes)
        case TelegramWay(chats=chats):
            _several((*trail, "chats"), chats, notes)
        case SmsWay(numbers=numbers):
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


def _url(trail: Trail, url: str, notes: Notes) -> None:
    """Note an address that would send a citizen's words unsealed over a network."""
    parts = urlsplit(url)
    safe = parts.scheme == "https" or parts.hostname in OWN_MACHINE
    if parts.scheme not in {"http", "https"} or not parts.hostname or not safe:
        notes.at(trail, "must be an https address")


def _variable(trail: Trail, name: str, notes: Notes) -> None:
    """Note a secret that stands in the row itself."""
    if not VARIABLE.fullmatch(name):
        notes.at(trail, "must be the name of an environment variable, in capital letters")
