"""Who saw a citizen's data: the audit, as the person concerned may read it."""

from collections.abc import Iterable, Iterator, Mapping

from casework.trail.actions import CITIZEN, OPERATOR, PROGRAM, Action, office_of, staff_actor
from casework.trail.looking import asker_of
from conversations.messages import Address
from conversations.records.sightings import Sighting
from referrals.district.directory import District
from referrals.guards import is_vault
from storage.audit.reading import AuditLine
from storage.store import Store

OF_CASES = {
    Action.HEADS,
    Action.CENSUS,
    Action.RETENTION,
    Action.REUSED,
    Action.ASKED,
    Action.STEP,
}
OF_STAFF = {
    Action.SIGN_IN, Action.SIGN_IN_REFUSED, Action.SIGN_OUT, Action.INVITE, Action.ACCOUNT,
    Action.MEETING, Action.AUDIT, Action.OVER_QUOTA,
}  # fmt: skip
STAFF = staff_actor("")
UNTOLD = frozenset(OF_CASES | OF_STAFF)


class Seen:
    """Answers the question who saw somebody's data."""

    def __init__(self, store: Store, district: District) -> None:
        self._store = store
        self._district = district

    async def of(self, citizen: Address, own: set[str], nik: str = "") -> tuple[Sighting, ...]:
        """Return who saw *own*, codes of *citizen*'s tickets, and what names *nik*; newest first.

        The caller has the proof for *nik*. Of tickets that others filed no code is told, and of
        the vault's nothing at all: who reads this may hold somebody else's telephone.
        """
        codes = own | set(await self._store.codes_about(nik) if nik else ())
        lines = await self._store.looks_at(codes, [nik] if nik else ())
        hidden = await self._vaults(line.code for line in lines)
        told = [one for one in lines if one.code not in hidden and self._tells(one, citizen)]
        offices = await self._offices({line.actor for line in told})
        return _together(self._sighted(line, own, offices) for line in told)

    async def _offices(self, actors: Iterable[str]) -> Mapping[str, str]:
        """Return the codes of the offices that those of *actors* with an account sit in."""
        numbers = {actor.removeprefix(STAFF): actor for actor in actors if actor.startswith(STAFF)}
        found = await self._store.accounts_of(sorted(numbers))
        return {numbers[one.id]: one.office for one in found}

    async def _vaults(self, codes: Iterable[str]) -> set[str]:
        """Return those of *codes* that only officers of a vault may know of."""
        found = await self._store.bare_tickets(sorted({code for code in codes if code}))
        return {ticket.code for ticket in found if is_vault(ticket)}

    def _tells(self, line: AuditLine, citizen: Address) -> bool:
        """Tell whether *line* is about somebody else than *citizen* looking."""
        if line.action in UNTOLD:
            return False
        return line.actor != CITIZEN or asker_of(self._store, line) != citizen

    def _sighted(self, line: AuditLine, own: set[str], offices: Mapping[str, str]) -> Sighting:
        return Sighting(
            who=self._who(line.actor, offices.get(line.actor) or office_of(line.actor)),
            action=Action(line.action),
            code=line.code if line.code in own else "",
            times=1,
            last=line.when,
        )

    def _who(self, actor: str, office: str) -> str:
        """Return an agency's code, or the kind of *actor*; the vault's offices have no name."""
        agency = self._district.agencies.get(office)
        if agency is not None:
            return "officer" if agency.vault else agency.code
        return actor if actor in {CITIZEN, OPERATOR, PROGRAM} else "officer"


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
