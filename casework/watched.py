"""Who saw a citizen's data: the audit, as the person concerned may read it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec
from msgspec import Struct

from casework.actions import CITIZEN, OPERATOR, PROGRAM, Action, office_of
from casework.looking import Asker
from conversations.days import local_day
from conversations.messages import Address, Channel
from conversations.say import Say
from referrals.codes import shown
from referrals.directory import District
from storage.auditing import AuditLine
from storage.store import Store

SHOWN = 10  # lines told at once
UNTOLD = frozenset({Action.HEADS, Action.CENSUS, Action.RETENTION, Action.REUSED, Action.ASKED})


class Sighting(Struct, frozen=True, kw_only=True):
    """Somebody saw it, once or several times."""

    who: str  # an agency's code, or a kind: citizen, operator, program, officer
    action: Action
    code: str  # the ticket; empty for the registry, and for tickets that others filed
    times: int
    last: datetime


class Seen:
    """Answers the question who saw somebody's data."""

    def __init__(self, store: Store, district: District) -> None:
        self._store = store
        self._district = district

    async def of(self, citizen: Address, nik: str = "") -> tuple[Sighting, ...]:
        """Return who saw what is *citizen*'s, and what names *nik*; the newest first.

        The caller has the proof for *nik*. Of tickets that others filed no code is told, and
        those of the vault are told to their own citizen alone, without the office's name.
        """
        own = await self._store.codes_of([citizen])
        about = await self._store.codes_about(nik) if nik else {}
        codes = own | {code for code, vault in about.items() if not vault}
        lines = await self._store.looks_at(codes, [nik] if nik else ())
        return _together(self._sighted(line, own) for line in lines if self._tells(line, citizen))

    def _tells(self, line: AuditLine, citizen: Address) -> bool:
        """Tell whether *line* is about somebody else than *citizen* looking."""
        if line.action in UNTOLD:
            return False
        return line.actor != CITIZEN or self._asker(line) != citizen

    def _asker(self, line: AuditLine) -> Address | None:
        """Return who asked; None where that was erased."""
        if not (detail := self._store.audit_detail(line)):
            return None
        asker = msgspec.json.decode(detail, type=Asker)
        return Address(Channel(asker.channel), asker.id)

    def _sighted(self, line: AuditLine, own: set[str]) -> Sighting:
        return Sighting(
            who=self._who(line.actor),
            action=Action(line.action),
            code=line.code if line.code in own else "",
            times=1,
            last=line.when,
        )

    def _who(self, actor: str) -> str:
        """Return an agency's code, or the kind of *actor*; the vault's offices have no name."""
        agency = self._district.agencies.get(office_of(actor))
        if agency is not None:
            return "officer" if agency.vault else agency.code
        return actor if actor in {CITIZEN, OPERATOR, PROGRAM} else "officer"


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


def _together(sightings: Iterator[Sighting]) -> tuple[Sighting, ...]:
    """Count what one office did with one ticket as one, the newest first."""
    found: dict[tuple[str, str, str], Sighting] = {}
    for one in sightings:
        key = (one.who, one.action, one.code)
        before = found.pop(key, None)
        times = before.times + 1 if before else 1
        found[key] = Sighting(
            who=one.who, action=one.action, code=one.code, times=times, last=one.last
        )
    return tuple(reversed(found.values()))
