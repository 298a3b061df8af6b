"""Proving the audit: that no line was changed, none is missing, and no chain is gone.

A chain's own hashes show a line that was changed or taken out. What is cut off at its end is
missed by its head; head and end together, or a whole chain, are missed by the other chains, which
note from time to time where it ended, and by what somebody keeps outside the house.
"""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime

import msgspec
from msgspec import Struct

from storage.audit.notes import BEFORE_FIRST, digest_of, hash_of
from storage.audit.pages import AuditPages
from storage.audit.reading import HEADS, AuditLine, End, ends_read, ends_told, missing
from storage.cases.broken import Broken
from storage.cases.census import CENSUS, Census, census_read
from storage.database.instants import to_number
from storage.database.sealing import SealBroken

RETENTION = "retention"  # the action of a line that tells which details were erased


class Erased(Struct, frozen=True):
    """What a line of RETENTION tells this proof: details before that instant were erased."""

    audit_before: int = 0  # microseconds since 1970


class Proven:
    """What a proof has seen so far: counts, and what must still be compared at its end."""

    def __init__(self) -> None:
        self.lines = 0
        self.allowed = 0  # details older than this may be gone
        self.gone: AuditLine | None = None  # the newest line whose details are gone
        self.censuses: list[Census] = []


class Proving(AuditPages):
    """Of the store: prove the audit. Memory is bounded by a page of lines."""

    async def broken_audit(
        self, proven: Proven, kept: Mapping[str, End] | None = None
    ) -> AsyncIterator[Broken]:
        """Yield the first broken link of each chain; *kept* are ends that were kept outside."""
        ends = await self.audit_ends()
        chains = {*ends, *await self.audit_chains()}
        for chain in sorted(chains):
            if broken := await self._broken_chain(chain, ends.get(chain), proven):
                yield broken
        for name in await self._not_there(kept or {}):
            yield Broken(f"chain {name}", "does not have the end that was kept outside")
        if proven.gone and proven.gone.at >= proven.allowed:
            yield Broken(_place(proven.gone), "its details were removed before their time")

    async def _broken_chain(self, chain: str, end: End | None, proven: Proven) -> Broken | None:
        number, last, ends_seen = 0, BEFORE_FIRST, end is None
        while lines := await self.audit_lines(chain, number):
            for line in lines:
                number += 1
                if why := self._why_broken(line, number, last):
                    return Broken(f"chain {chain}, line {number}", why)
                last = line.hash
                ends_seen |= end is not None and (number, last) == (end.seq, end.hash)
                self._count(line, proven)
            if broken := await self._misses_others(lines):
                return broken
        if end is None and number:
            ends_seen = chain in await self.audit_ends()  # it was begun while we looked
        if not ends_seen:
            return Broken(f"chain {chain}, line {number + 1}", "lines are missing at the end")
        return None

    def _why_broken(self, line: AuditLine, number: int, last: str) -> str:
        """Return what is wrong with *line* where *number* is due after the hash *last*."""
        if line.seq != number:
            return "the line is missing"
        if line.hash != hash_of(self._sealer, last, line.covered):
            return "the line is not as it was written"
        try:
            opened = line.opened(self._sealer)
        except (SealBroken, msgspec.DecodeError):
            return "its details cannot be opened"
        if opened is None:
            return "its details are gone, but not whose they were" if line.subject else ""
        digest = digest_of(self._sealer, opened.salt, line.subject, opened.detail)
        return "" if digest == line.digest else "its details are not as they were written"

    def _count(self, line: AuditLine, proven: Proven) -> None:
        proven.lines += 1
        if line.sealed is None:
            if proven.gone is None or line.at > proven.gone.at:
                proven.gone = line
        elif line.action == RETENTION:
            told = msgspec.json.decode(self.audit_detail(line) or b"{}", type=Erased)
            proven.allowed = max(proven.allowed, told.audit_before)
        elif line.action == CENSUS:
            proven.censuses.append(census_read(self.audit_detail(line) or b""))

    async def _misses_others(self, lines: list[AuditLine]) -> Broken | None:
        """Return the first of *lines* that noted an end which is not there any more."""
        for line in lines:
            if line.action == HEADS and (told := self.audit_detail(line)):
                for chain in await self._not_there(ends_read(told)):
                    return Broken(f"chain {chain}", f"lines are missing that {_place(line)} noted")
        return None

    async def _not_there(self, ends: Mapping[str, End]) -> list[str]:
        hashes = await self.audit_hashes((chain, end.seq) for chain, end in ends.items())
        return list(missing(ends, hashes))

    async def heads_to_note(self) -> bytes:
        """Return what a line of HEADS tells: where every chain ends now."""
        return ends_told(await self.audit_ends())


def erasure_told(before: datetime) -> bytes:
    """Return what a line of RETENTION tells when details older than *before* were erased."""
    return msgspec.json.encode(Erased(to_number(before)))


def _place(line: AuditLine) -> str:
    return f"chain {line.chain}, line {line.seq}"
