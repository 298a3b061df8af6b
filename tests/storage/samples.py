"""Citizens, units of work and tickets to try a store with."""

from datetime import UTC, datetime, timedelta
from itertools import count

import sqlalchemy as sa

from conversations.messages import Address, Channel, Reply
from referrals import log
from referrals.choosing import Refusal
from referrals.commands import Command, Route, Submit
from referrals.district.directory import Priority
from referrals.lifecycle import decide
from referrals.roles import Role, Sensitivity
from referrals.ticket import Actor, Ticket
from storage.cases.tickets import Contact
from storage.database.statements import Statement
from storage.replies.outbox import OutboxItem
from storage.replies.workers import LEASE
from storage.store import Store
from storage.tables.chats import consents
from storage.unit import Outcome, Unit

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
SITI = Address(Channel.TELEGRAM, "7000001")
BUDI = Address(Channel.SMS, "+6281200000002")
NIK = "9901014107800001"
STORY = "Rumah kami bocor sejak kebakaran"
CONSENTS = Statement(lambda _: sa.select(*consents.c), alone=True)
numbers = count(1)


def turn(store: Store, citizen: Address = SITI, version: int = 0, message: str = "") -> Unit:
    """Return a turn of *citizen* from *version*, with one reply."""
    unit = store.unit()
    unit.first_time(citizen.channel, message or f"message {next(numbers)}", NOW)
    unit.keep_session(citizen, version, b"session %d" % (version + 1), NOW + WEEK)
    unit.send(citizen, Reply(f"reply {version + 1}"), NOW)
    return unit


async def said(store: Store, *texts: str, citizen: Address = SITI) -> list[OutboxItem]:
    """Commit each of *texts* as a reply to *citizen*, one after the other."""
    items = []
    for text in texts:
        unit = store.unit()
        items.append(unit.send(citizen, Reply(text), NOW))
        assert await store.commit(unit) is Outcome.KEPT
    return items


async def steady(store: Store, until: datetime) -> None:
    """Have *store* be seen for a lease, without a pause, *until* then."""
    for n in range(4, -1, -1):
        await store.beat(until - n * LEASE / 4)


def opened(
    code: str = "482109379",
    sensitivity: Sensitivity = Sensitivity.ORDINARY,
    now: datetime = NOW,
) -> tuple[Ticket, tuple[log.Entry, ...]]:
    """Return a new ticket and its log."""
    submit = Submit(
        code=code,
        service="RTLH",
        area="99.01.01.2001",
        priority=Priority.P3,
        sensitivity=sensitivity,
        consent_version="1",
        words="digest",
    )
    return after(None, log.FIRST, submit, now)


def routed(
    ticket: Ticket, entries: tuple[log.Entry, ...], agency: str = "dinsos"
) -> tuple[Ticket, tuple[log.Entry, ...]]:
    """Return *ticket* sent to *agency*, and the new entries of its log."""
    return after(ticket, entries[-1].hash, Route(agency=agency, rule="role"), NOW)


def after(
    ticket: Ticket | None, last_hash: str, command: Command, now: datetime
) -> tuple[Ticket, tuple[log.Entry, ...]]:
    """Return *ticket* after *command*, and the new entries of its log."""
    actor = Actor(Role.CITIZEN if ticket is None else Role.SYSTEM)
    events = decide(ticket, command, actor, now)
    assert not isinstance(events, Refusal)
    return log.append(ticket, last_hash, events, actor, command.words)


def open_ticket(
    store: Store,
    ticket: Ticket,
    entries: tuple[log.Entry, ...],
    citizen: Address = SITI,
) -> Unit:
    """Return a unit that opens *ticket* of *citizen*, with STORY as its words."""
    unit = store.unit()
    contact = Contact(citizen, "id")
    unit.open_ticket(ticket, contact, NIK, {1: STORY.encode()}, entries)
    return unit
