"""Who saw somebody's data, in words that the person concerned reads."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from conversations.days import local_day
from conversations.say import Say
from referrals.codes import shown

SHOWN = 10  # lines told at once


class Sighting(Struct, frozen=True, kw_only=True):
    """Somebody saw it, once or several times."""

    who: str  # an agency's code, or a kind: citizen, operator, program, officer
    action: str  # what it was, by its wording: seen.did_*
    code: str  # the ticket; empty for the registry, and for tickets that others filed
    times: int
    last: datetime


class AboutMeFound(Struct, frozen=True):
    """What is kept about the citizen who asked, without a word of it."""

    going: tuple[str, ...] = ()  # codes of tickets that are not closed
    ended: int = 0  # tickets that are
    seen: tuple[Sighting, ...] = ()  # who saw their data, the newest first
    copy: str = ""  # the page with all of it, for a day and once
    shared: bool = False  # several people's, so nothing is told before one proved what is theirs

    def __repr__(self) -> str:
        return "AboutMeFound()"


def seen_told(sightings: Iterable[Sighting], say: Say) -> str:
    """Return *sightings* as one message: when, who, what for."""
    found = list(sightings)
    if not found:
        return say("seen.nobody")
    lines = [say("seen.opening"), *(_line(one, say) for one in found[:SHOWN])]
    if len(found) > SHOWN:
        lines.append(say("seen.more", count=len(found) - SHOWN))
    return "\n".join(lines)


def _line(one: Sighting, say: Say) -> str:
    agency = say.district.agencies.get(one.who)
    who = agency.name.in_language(say.language) if agency else say(f"seen.who_{one.who}")
    what = say(f"seen.did_{one.action}")
    ticket = say("seen.ticket", code=shown(one.code)) if one.code else ""
    times = say("seen.times", count=one.times) if one.times > 1 else ""
    told = " ".join(part for part in (what, ticket, times) if part)
    return say("seen.line", day=local_day(one.last, say), who=who, what=told)
