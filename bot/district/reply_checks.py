"""What must be true of the texts that officers begin messages with."""

from collections.abc import Iterator

from bot.district.findings import Notes, Trail
from bot.district.reply_rows import TRAIL
from bot.district.role_checks import CODE
from casework.ticket.step_names import STEP_NAMES
from referrals.district.directory import District
from referrals.district.replies import Canned
from referrals.ticket import TicketState

LONGEST = 300  # characters: with what stands around it, it fits three text messages


def check_replies(rows: tuple[Canned, ...], district: District, notes: Notes) -> None:
    """Note texts that fit nowhere, stand twice, or cost more than they should."""
    notes.twice(((*TRAIL, at, "code"), row.code) for at, row in enumerate(rows))
    for at, row in enumerate(rows):
        for key, problem in (*_places(row, district), *_lengths(row)):
            notes.at((*TRAIL, at, *key), problem)


def _places(row: Canned, district: District) -> Iterator[tuple[Trail, str]]:
    """Yield where *row* names what there is not."""
    if not CODE.fullmatch(row.code):
        yield ("code",), "must be small letters, digits and _"
    if row.step not in STEP_NAMES:
        yield ("step",), f"no step '{row.step}'"
    for at, state in enumerate(row.states):
        if state not in set(TicketState):
            yield ("states", at), f"no state '{state}'"
    for at, service in enumerate(row.services):
        if service not in district.services:
            yield ("services", at), f"no service '{service}'"


def _lengths(row: Canned) -> Iterator[tuple[Trail, str]]:
    for language in ("id", "en"):
        if len(row.text.in_language(language)) > LONGEST:
            yield ("text", language), f"must have at most {LONGEST} characters"
