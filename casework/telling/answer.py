"""The answer to a message that brings a deed about: kept together with the deed, or not at all."""

from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec import Struct

from conversations.messages import Address, Reply
from storage.replies.outbox import OutboxItem
from storage.store import Store
from storage.unit import Outcome, Unit


class Answer(Struct, frozen=True):
    """*reply* to the message *key* of whoever is at *to*, made at *at* (aware, UTC).

    Written into the deed's own unit, a message that is delivered again finds both or neither.
    """

    key: tuple[str, str]  # of the inbox: the message's channel, and its name there
    to: Address
    reply: Reply
    at: datetime
    hand_over: Callable[[Iterable[OutboxItem]], None]

    def write(self, unit: Unit) -> None:
        """Have *unit* be a duplicate when the message was answered before, and answer it."""
        unit.first_time(*self.key, self.at)
        unit.send(self.to, self.reply, self.at)

    def go(self, unit: Unit) -> None:
        """Have what *unit* sends leave, now that it was kept."""
        self.hand_over(unit.items)

    def __repr__(self) -> str:
        return "Answer(…)"


async def kept(store: Store, unit: Unit, answer: Answer | None) -> bool:
    """Tell whether *unit* was kept, and *answer* with it, which then leaves."""
    if answer is not None:
        answer.write(unit)
    done = await store.commit(unit) is Outcome.KEPT
    if done and answer is not None:
        answer.go(unit)
    return done
