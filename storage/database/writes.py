"""What a unit of work wants written: rows per statement, and the keys it touches."""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from enum import Enum
from functools import lru_cache
from itertools import count

from conversations.messages import Address
from storage.database.ids import Ids
from storage.database.link import Row
from storage.database.sealing import Sealer
from storage.database.statements import Statement

ADDRESSES = 20_000  # whose keys are remembered


class Loss(Enum):
    """Which condition of a unit did not hold."""

    MESSAGE = "message"  # it was seen before
    SESSION = "session"  # somebody else carried the conversation on
    TICKET = "ticket"  # somebody else changed the ticket
    CODE = "code"  # the ticket's code is taken
    PROOF = "proof"  # today's proofs are used up
    TIMER = "timer"  # somebody else took the timer over
    REUSED = "reused"  # a proof of work was seen before
    TRIES = "tries"  # a password was tried too soon after wrong ones
    STAFF = "staff"  # an account was changed meanwhile, its name is taken, its link is used up
    RECEIPT = "receipt"  # another receipt of the same reply was quicker


class Pen:
    """What every writer of this process needs: the sealer, its own name, and its ids.

    *doubtful* are replies that may lie in the database as ours though nobody here holds them, and
    the keys of their citizens: the next claim brings them, and nothing may overtake them.
    """

    def __init__(self, sealer: Sealer, owner: str, ids: Ids) -> None:
        self.sealer = sealer
        self.owner = owner
        self.ids = ids
        self.doubtful: dict[int, bytes] = {}
        self._lanes: list[str] = []
        self._made = count(1)
        self.address = lru_cache(maxsize=ADDRESSES)(self._address)

    @contextmanager
    def chain(self) -> Iterator[str]:
        """Give a chain of the audit that no other transaction of this process writes meanwhile."""
        chain = self._lanes.pop() if self._lanes else self._next_chain()
        try:
            yield chain
        finally:
            self._lanes.append(chain)

    def _next_chain(self) -> str:
        number = next(self._made)
        return self.owner if number == 1 else f"{self.owner}+{number - 1}"

    def _address(self, address: Address) -> bytes:
        """Return the key by which *address* is found; `address` remembers it."""
        return self.sealer.mac("address", address.channel, address.id)


class Writes:
    """Rows to write together. Two units that touch one key are never in one transaction."""

    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self.rows: defaultdict[Statement, list[Row]] = defaultdict(list)
        self.keys: set[Hashable] = set()

    def add(self, statement: Statement, row: Row, *touched: Hashable) -> None:
        """Have *statement* run with *row*; *touched* are the keys of what it changes."""
        self.rows[statement].append(row)
        if touched:
            self.keys.update(touched)

    def once(self, statement: Statement, row: Row, *touched: Hashable) -> None:
        """Do as `add`, for what may stand only once in a unit. Raises ValueError."""
        if statement in self.rows:
            raise ValueError("a unit does this once")
        self.add(statement, row, *touched)
