"""The log: whole it tells the ticket, changed it shows where."""

from hashlib import sha256

import msgspec
import pytest
from msgspec.structs import replace

from referrals import commands as c
from referrals import log
from referrals.choosing import Refusal
from referrals.commands import Command
from referrals.events import Withdrawn
from referrals.lifecycle import decide
from referrals.roles import Role
from referrals.ticket import Actor, Ticket
from tests.referrals.samples import GOOD, NOW, actor

STORY = (
    (GOOD[c.Submit], actor(Role.CITIZEN)),
    (GOOD[c.Route], actor(Role.SYSTEM)),
    (GOOD[c.Accept], actor(Role.AGENCY)),
    (GOOD[c.Resolve], actor(Role.AGENCY)),
    (GOOD[c.Confirm], actor(Role.CITIZEN)),
)


def written(
    story: tuple[tuple[Command, Actor], ...] = STORY,
) -> tuple[Ticket, tuple[log.Entry, ...]]:
    """Return the ticket and the log of *story*."""
    ticket: Ticket | None = None
    entries: tuple[log.Entry, ...] = ()
    for command, who in story:
        events = decide(ticket, command, who, NOW)
        assert not isinstance(events, Refusal)
        last = entries[-1].hash if entries else log.FIRST
        ticket, more = log.append(ticket, last, events, who, command.words)
        entries += more
    assert ticket is not None
    return ticket, entries


def test_a_log_rebuilds_its_ticket() -> None:
    """What is stored of a ticket can be thrown away: its log has it all."""
    ticket, entries = written()
    assert log.replay(entries) == ticket
    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]


def test_a_log_survives_storage() -> None:
    """Read back from JSON, every entry is the one written and every hash still fits."""
    _, entries = written()
    stored = msgspec.json.decode(msgspec.json.encode(entries), type=tuple[log.Entry, ...])
    assert stored == entries
    assert log.first_broken(stored) is None


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize(
    "change",
    [
        {"words": "0" * 64},
        {"hash": "0" * 64},
        {"actor": Actor(Role.SUPERVISOR, "x")},
        {"event": Withdrawn(at=NOW)},
        {"seq": 9},
        {"at": NOW.replace(hour=4)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_entry_shows(place: int, change: dict[str, object]) -> None:
    """Whatever is changed in a log, the first broken entry is named."""
    _, entries = written()
    forged = list(entries)
    forged[place] = replace(forged[place], **change)
    assert log.first_broken(forged) == place + 1


def test_a_missing_entry_shows() -> None:
    """An entry taken out breaks the one after it."""
    _, entries = written()
    assert log.first_broken(entries[:2] + entries[3:]) == 3


def test_the_hash_is_the_documented_one() -> None:
    """Anyone can check a log with a SHA-256 and these very bytes, in ten years too."""
    _, entries = written(STORY[:2])
    line = (
        '{"seq":2,"at":"2026-11-23T03:00:00Z","actor":{"role":"X","id":"system-1"},'
        '"event":{"what":"referred","at":"2026-11-23T03:00:00Z","leg":1,"agency":"dinas-a",'
        '"rule":"RTLH/pemdes@99.01","local":true},"words":""}'
    )
    documented = sha256(f"{entries[0].hash}\n{line}".encode()).hexdigest()
    assert entries[1].hash == documented


def test_a_field_added_later_changes_no_hash() -> None:
    """What has its default is left out of what is hashed."""
    _, entries = written(STORY[:3])
    assert b"local" in msgspec.json.encode(entries[1].event)
    assert b"local" not in msgspec.json.encode(replace(entries[1].event, local=False))


def test_a_digest_needs_its_salt() -> None:
    """The same words give the same digest with one salt, another with another."""
    assert log.digest(b"lapar", "a") == log.digest(b"lapar", "a")
    assert log.digest(b"lapar", "a") != log.digest(b"lapar", "b")
    assert log.digest(b"lapar", "a") != log.digest(b"kenyang", "a")
    assert len(log.digest(b"", "")) == 64


def test_a_log_must_tell_a_story() -> None:
    """A log that is empty, or starts in the middle, is a bug and not a ticket."""
    _, entries = written()
    with pytest.raises(ValueError, match="nobody"):
        log.replay(())
    with pytest.raises(ValueError, match="begins"):
        log.replay(entries[1:])
    with pytest.raises(ValueError, match="begins"):
        log.append(None, log.FIRST, (), actor(Role.CITIZEN))


def test_no_line_names_anybody() -> None:
    """What lies open in a log are codes, times and digests."""
    _, entries = written()
    line = msgspec.json.encode(entries[0]).decode()
    assert '"actor":{"role":"C","id":"citizen-1"}' in line
    assert set(msgspec.json.decode(line)) == {"seq", "at", "actor", "event", "words", "hash"}
