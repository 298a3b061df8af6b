"""Notes of mail servers about our letters: what did not arrive goes on by the next way."""

import asyncio
from datetime import datetime
from enum import Enum

import msgspec
import structlog
from msgspec.structs import replace

from bot.post.couriers import Post
from casework.post.carried import Item
from casework.telling.letters import Written
from casework.ticket.again import again
from handlers.agencies.bounces import News, Note, read_note
from handlers.agencies.verp import Sent, Tags
from storage.database.errors import StoreUnavailable
from storage.replies.deliveries import OUT, Delivery, DeliveryState
from storage.unit import Outcome

BOUNCED = "bounced"
OK, DELIVER_AGAIN = 200, 503

log = structlog.get_logger()


class Heard(Enum):
    """What became of a note."""

    KEPT = "kept"
    NOTHING = "nothing"  # it says nothing, is about no letter of ours, or was known
    LATER = "later"  # its letter is still being handed in: deliver it again


class Bounces:
    """Takes notes in."""

    def __init__(self, post: Post, tags: Tags) -> None:
        self._post = post
        self._store = post.store
        self._tags = tags

    async def hear(self, mail: bytes) -> Heard:
        """Take in *mail*, whatever it is. Raises StoreUnavailable."""
        note = await asyncio.to_thread(read_note, mail, self._tags)
        sent = note.sent
        if sent is None or note.news is News.NOTHING:
            return Heard.NOTHING
        return await again(lambda: self._hear(note, sent)) or Heard.LATER

    async def deliver(self, mail: bytes) -> int:
        """Take in *mail* and return the HTTP status it earns: 503 asks for it once more."""
        try:
            return DELIVER_AGAIN if await self.hear(mail) is Heard.LATER else OK
        except StoreUnavailable:
            return DELIVER_AGAIN

    async def _hear(self, note: Note, sent: Sent) -> Heard | None:
        """Return None when the ticket changed meanwhile."""
        letter = await self._store.letter(sent.letter)
        if letter is None:
            return Heard.NOTHING
        news = await self._store.deliveries((sent.letter,))
        found = next((one for one in news if one.turn == sent.turn), None)
        if found is None or found.state is DeliveryState.WAITING:
            return Heard.LATER
        now = self._post.clock.now()
        told = told_by(note, found, now)
        if told is None:
            return Heard.NOTHING
        stored = await self._store.ticket(letter.code) if letter.code else None
        item = Item(letter, msgspec.json.decode(letter.body, type=Written), stored)
        unit = self._store.unit()
        unit.keep_delivery(told)
        items = self._post.carried.arrived(unit, item, told, now)
        if told.state is DeliveryState.FAILED and told.turn == news[-1].turn:
            self._post.carried.goes_on(unit, letter, now)
        if await self._store.commit(unit) is not Outcome.KEPT:
            return None
        log.warning("a note about a letter", news=note.news.value, agency=letter.agency)
        self._post.hand_over(items)
        return Heard.KEPT


def told_by(note: Note, found: Delivery, now: datetime) -> Delivery | None:
    """Return how *found* stands after *note*, or None when it says nothing new.

    What bounced after it was said to have arrived did not arrive: some servers look only later.
    """
    if note.news is News.FAILED and found.state in OUT:
        reason = f"{BOUNCED} {note.status}".strip()
        return replace(found, state=DeliveryState.FAILED, reason=reason, at=now)
    if note.news is News.DELIVERED and found.state is DeliveryState.SENT:
        return replace(found, state=DeliveryState.DELIVERED, at=now)
    return None
