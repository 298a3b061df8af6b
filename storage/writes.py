"""What a unit of work wants written: rows per statement, and the keys it touches."""

from collections.abc import Hashable
from enum import Enum

from msgspec import Struct

from storage.ids import Ids
from storage.link import Row
from storage.sealing import Sealer
from storage.statements import Statement


class Loss(Enum):
    """Which condition of a unit did not hold."""

    MESSAGE = "message"  # it was seen before
    SESSION = "session"  # somebody else carried the conversation on
    TICKET = "ticket"  # somebody else changed the ticket
    CODE = "code"  # the ticket's code is taken
    PROOF = "proof"  # today's proofs are used up
    TIMER = "timer"  # somebody else took the timer over


class Pen(Struct, frozen=True):
    """What every writer of this process needs: the sealer, its own name, and its ids."""

    sealer: Sealer
    owner: str
    ids: Ids


class Writes:
    """Rows to write together. Two units that touch one key are never in one transaction."""

    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self.rows: dict[Statement, list[Row]] = {}
        self.keys: set[Hashable] = set()

    def add(self, statement: Statement, row: Row, *touched: Hashable) -> None:
        """Have *statement* run with *row*; *touched* are the keys of what it changes."""
        rows = self.rows.get(statement)
        if rows is None:
            self.rows[statement] = [row]
        else:
            rows.append(row)
        self.keys.update(touched)

    def once(self, statement: Statement, row: Row, *touched: Hashable) -> None:
        """Do as `add`, for what may stand only once in a unit. Raises ValueError."""
        if statement in self.rows:
            raise ValueError("a unit does this once")
        self.add(statement, row, *touched)

    def address(self, channel: str, number: str) -> bytes:
        """Return the key by which an address is found."""
        return self.pen.sealer.mac("address", channel, number)
