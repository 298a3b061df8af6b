"""A ticket's log: every entry's hash covers the one before, so that no line can be changed unseen.

The hash is SHA-256 over the hash before, a newline, and the entry without its hash as JSON:
`{"seq":…,"at":…,"actor":{"role":…,"id":…},"event":{…},"words":…}`. msgspec writes a Struct's
fields in the order they are declared, UTC with a Z, and no blanks: that is the canonical form.
Events and actors leave out what has its default, so that a field added later changes no old hash.
"""

import hmac
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

import msgspec
from msgspec import Struct

from referrals.events import Event
from referrals.lifecycle import evolve
from referrals.ticket import Actor, Ticket

FIRST = ""  # the hash before the first entry


class Entry(Struct, frozen=True, kw_only=True):
    """One line of a log."""

    seq: int  # 1, 2, …
    at: datetime  # UTC
    actor: Actor
    event: Event
    words: str  # digest of the sealed words, empty where there were none
    hash: str  # hexadecimal


class _Line(Struct, frozen=True):
    """What an entry's hash covers besides the hash before."""

    seq: int
    at: datetime
    actor: Actor
    event: Event
    words: str


def append(
    ticket: Ticket | None,
    last_hash: str,
    events: Iterable[Event],
    actor: Actor,
    words_digest: str = "",
) -> tuple[Ticket, tuple[Entry, ...]]:
    """Return *ticket* after *events* and the entries to add; ValueError when nothing happened."""
    entries: list[Entry] = []
    for event in events:
        ticket = evolve(ticket, event)
        line = _Line(ticket.events, event.at, actor, event, words_digest)
        last_hash = _hash(last_hash, line)
        entries.append(_entry(line, last_hash))
    if ticket is None:
        raise ValueError("a ticket begins with an event")
    return ticket, tuple(entries)


def replay(entries: Iterable[Entry]) -> Ticket:
    """Return the ticket that *entries* tell of; raises ValueError where they tell no story."""
    ticket = None
    for entry in entries:
        ticket = evolve(ticket, entry.event)
    if ticket is None:
        raise ValueError("a log without entries is nobody's")
    return ticket


def first_broken(entries: Iterable[Entry]) -> int | None:
    """Return the number of the first entry that is not as it was written, or None.

    A log cut off at its end looks whole: compare its length with the ticket's `events`.
    """
    last_hash = FIRST
    for seq, entry in enumerate(entries, start=1):
        line = _Line(entry.seq, entry.at, entry.actor, entry.event, entry.words)
        last_hash = _hash(last_hash, line)
        if entry.seq != seq or entry.hash != last_hash:
            return seq
    return None


def digest(words: bytes, salt: str) -> str:
    """Return what a log says of *words*: HMAC-SHA-256 by their own *salt*, in hexadecimal.

    The salt is stored sealed beside the words and erased with them; what is left tells nothing.
    """
    return hmac.new(salt.encode(), words, sha256).hexdigest()


def _entry(line: _Line, own_hash: str) -> Entry:
    return Entry(
        seq=line.seq,
        at=line.at,
        actor=line.actor,
        event=line.event,
        words=line.words,
        hash=own_hash,
    )


def _hash(before: str, line: _Line) -> str:
    return sha256(before.encode() + b"\n" + msgspec.json.encode(line)).hexdigest()
