"""How a letter finds its office: which way next, when, and what became of it. Pure.

A letter goes on one way at a time, in the order of its office's row. A way that cannot take it now
is tried again by its own table; one that never will gives way to the next. A letter to the desk or
to a vault's office is never given up: it goes round its ways again every hour.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import accumulate, takewhile

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from casework.telling.letters import NEW, RING, Written
from handlers.agencies.outside import NotTaken
from handlers.agencies.parcel import Receipt
from handlers.delivery import DeliveryError, Refused
from referrals.district.ways import Way, kind_of
from referrals.ticket import OPEN_LEGS, Leg, LegState
from storage.replies.deliveries import Delivery, DeliveryState
from storage.replies.letters import KeptLetter

AGAIN = timedelta(hours=1)  # before a letter that is never given up goes round again
LONGEST_PAUSE = 24 * 3600.0  # seconds; whoever asks us to wait longer is asked again sooner
HURRIED = 120.0  # seconds that one way may take of a letter that is a matter of life
HURRIED_LAST = 3600.0  # the same for the last way
LONGEST_REASON = 200  # characters
BY_HAND = "by hand"  # the reason of a delivery that waits for somebody to carry it
CLOSED = "closed"  # of one that no open way was left for
MOOT = "moot"  # of one that nobody needs any more
TAKEN_ON = frozenset({LegState.WORKING, LegState.WAITLISTED})
FOR_OPEN_LEGS = frozenset({NEW, RING})


class Carriage(Struct, frozen=True, kw_only=True):
    """A letter under way: what it is, how its office is reached, and what was tried."""

    letter: KeptLetter
    written: Written
    ways: tuple[Way, ...]  # at least one
    news: tuple[Delivery, ...] = ()  # the oldest first
    urgent: bool = False
    endless: bool = False  # never given up


class Try(Struct, frozen=True):
    """Send it now on *way*, of which *before* is known."""

    way: Way
    before: Delivery


class Lost(Struct, frozen=True):
    """Every way has failed. *delivery* is to be kept where no row says so yet."""

    delivery: Delivery | None
    first: bool  # in the first round, after which people are told
    due: datetime | None  # when it goes round again


class Rest(Struct, frozen=True):
    """Nothing more to do: it is out, or somebody carries it, or nobody needs it."""


class Told(Struct, frozen=True):
    """What a try came to. *due* is when to go on, None when the letter is out."""

    delivery: Delivery
    due: datetime | None


Step = Try | Lost | Rest


def moot(written: Written, leg: Leg | None) -> bool:
    """Tell whether nobody needs the letter any more: its leg is over, or somebody is coming."""
    if leg is None or written.occasion not in FOR_OPEN_LEGS:
        return False
    return leg.state not in OPEN_LEGS or (written.occasion == RING and leg.state in TAKEN_ON)


def next_step(carriage: Carriage, closed: Collection[str], now: datetime) -> Step:
    """Return what to do for a letter whose time has come; *closed* are marks of ways."""
    last = carriage.news[-1] if carriage.news else None
    if last is None:
        return _onwards(carriage, 0, closed, now)
    match last.state:
        case DeliveryState.SENT | DeliveryState.DELIVERED:
            return Rest()
        case DeliveryState.WAITING:
            return Rest() if last.reason == BY_HAND else Try(_way(carriage, last.turn), last)
        case DeliveryState.FAILED if last.reason == MOOT:
            return Rest()
        case DeliveryState.FAILED:
            return _onwards(carriage, last.turn + 1, closed, now)


def told(
    step: Try, outcome: Receipt | DeliveryError, pauses: Sequence[float], now: datetime
) -> Told:
    """Return what *step* came to; *pauses* are the seconds before each further try of this way."""
    tried = replace(step.before, attempts=step.before.attempts + 1, at=now, reason="")
    match outcome:
        case Receipt(delivered=True, reference=reference):
            news = replace(tried, state=DeliveryState.DELIVERED, reference=reference)
            return Told(news, None)
        case Receipt(by_hand=True):
            return Told(replace(tried, state=DeliveryState.WAITING, reason=BY_HAND), None)
        case Receipt(reference=reference):
            return Told(replace(tried, state=DeliveryState.SENT, reference=reference), None)
        case _:
            return _failed(replace(tried, reason=why(outcome)), outcome, pauses, now)


def pauses_of(carriage: Carriage, turn: int, table: Sequence[float]) -> tuple[float, ...]:
    """Return a way's own table, cut short where a life may depend on the next way."""
    if not carriage.urgent:
        return tuple(table)
    last = (turn + 1) % len(carriage.ways) == 0
    most = HURRIED_LAST if last else HURRIED
    in_time = tuple(takewhile(lambda passed: passed <= most, accumulate(table)))
    return tuple(table[: len(in_time)])


def mark_of(way: Way) -> str:
    """Return by what *way* is remembered as closed: another address is another way."""
    return sha256(msgspec.json.encode(way)).hexdigest()[:16]


def why(error: DeliveryError) -> str:
    """Return why a try failed, in few words and without anybody's name."""
    name = type(error).__name__
    own = error.reason if isinstance(error, Refused | NotTaken) else ""
    return f"{name}: {own}"[:LONGEST_REASON] if own else name


def _failed(tried: Delivery, error: DeliveryError, pauses: Sequence[float], now: datetime) -> Told:
    if not error.retry or tried.attempts > len(pauses):
        return Told(replace(tried, state=DeliveryState.FAILED), now)
    pause = max(pauses[tried.attempts - 1], min(error.after or 0.0, LONGEST_PAUSE))
    return Told(replace(tried, state=DeliveryState.WAITING), now + timedelta(seconds=pause))


def _onwards(carriage: Carriage, turn: int, closed: Collection[str], now: datetime) -> Step:
    """Return the first open way from *turn* on within its round, or that there is none."""
    last, count = (carriage.news[-1] if carriage.news else None), len(carriage.ways)
    if last and carriage.endless and turn % count == 0 and now - last.at < AGAIN:
        return Lost(None, first=turn == count, due=last.at + AGAIN)
    if last and not carriage.endless and turn >= count:
        return Lost(None, first=True, due=None)
    for at in _round(turn, count):
        way = _way(carriage, at)
        if mark_of(way) not in closed:
            return Try(way, _untried(carriage.letter, at, way))
    end = _round(turn, count)[-1]
    shut = replace(
        _untried(carriage.letter, end, _way(carriage, end)),
        state=DeliveryState.FAILED,
        reason=CLOSED,
        at=now,
    )
    return Lost(shut, first=end < count, due=now + AGAIN if carriage.endless else None)


def _round(turn: int, count: int) -> range:
    return range(turn, (turn // count + 1) * count)


def _way(carriage: Carriage, turn: int) -> Way:
    return carriage.ways[turn % len(carriage.ways)]


def _untried(letter: KeptLetter, turn: int, way: Way) -> Delivery:
    return Delivery(
        letter=letter.id,
        turn=turn,
        agency=letter.agency,
        code=letter.code,
        leg=letter.leg,
        way=kind_of(way),
        state=DeliveryState.WAITING,
        at=letter.at,
    )
