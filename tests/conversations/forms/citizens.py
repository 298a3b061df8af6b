"""A citizen at a form: what they say and are told; the state is stored between messages."""

from datetime import UTC, datetime
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any

from msgspec import msgpack

from bot.district.reading import load
from bot.district.wording import load_voices
from conversations.forms.states import FORMS
from conversations.menu import Menu
from conversations.messages import Address, Attachment, Channel, Inbound, Place, Reply
from conversations.say import Say
from conversations.turn import Enter, OpenTicket, Record, Said, State, Turn

FOLDER = Path(__file__).parents[3] / "districts" / "contoh"
DISTRICT = load(FOLDER)
VOICES = load_voices(DISTRICT, FOLDER)
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # ten in the morning in Kabupaten Contoh
STORED: Any = msgpack.Decoder(reduce(or_, (*FORMS, Menu)))


class Citizen:
    """Somebody in the middle of a form."""

    def __init__(self, say: Say, turn: Turn, channel: Channel = Channel.TELEGRAM) -> None:
        self.say, self.turn, self.channel = say, turn, channel
        self.count = 0
        self.records: list[Record] = []
        self._take(turn)

    @property
    def state(self) -> State:
        """Where the conversation stands."""
        return self.turn.state

    @property
    def reply(self) -> Reply:
        """What the citizen was told last."""
        (reply,) = self.turn.replies
        return reply

    @property
    def heard(self) -> str:
        """The text of it."""
        return self.reply.text

    @property
    def labels(self) -> list[str]:
        """The labels of its choices."""
        return [choice.label for choice in self.reply.choices]

    @property
    def enter(self) -> Enter | None:
        """Where the turn leads beyond the form."""
        return self.turn.enter

    @property
    def ticket(self) -> OpenTicket:
        """The one ticket that was filed."""
        (ticket,) = (record for record in self.records if isinstance(record, OpenTicket))
        return ticket

    def says(self, *texts: str) -> "Citizen":
        """Type one message after the other."""
        for text in texts:
            self.sends(text=text)
        return self

    def taps(self, label: str) -> "Citizen":
        """Tap the choice that reads *label*."""
        (value,) = (choice.value for choice in self.reply.choices if choice.label == label)
        return self.sends(picked=value)

    def photographs(self, number: int = 1, text: str = "") -> "Citizen":
        """Send photos in one message."""
        photos = tuple(Attachment("photo", f"photo-{self.count}-{n}") for n in range(number))
        return self.sends(attachments=photos, text=text)

    def pins(self) -> "Citizen":
        """Send a point on the map."""
        return self.sends(place=Place(-6.5, 106.8))

    def sends(self, **what: Any) -> "Citizen":  # noqa: ANN401 - the fields of any message
        """Send a message."""
        self.count += 1
        sender = Address(self.channel, "6281234567890")
        inbound = Inbound(sender=sender, message_id=str(self.count), received_at=MONDAY, **what)
        self._take(self.state.heard(Said(inbound, f"{self.count:032x}"), self.say))
        return self

    def _take(self, turn: Turn) -> None:
        """Store the state and read it back, as happens between any two messages."""
        assert turn.replies or turn.enter
        for reply in turn.replies:
            fits(reply)
        assert STORED.decode(msgpack.encode(turn.state)) == turn.state
        self.turn = turn
        self.records.extend(turn.records)


def fits(reply: Reply) -> None:
    """Assert that every channel can show *reply*."""
    assert reply.text.strip()
    values = [choice.value for choice in reply.choices]
    assert len(set(values)) == len(values)
    assert all(value.isascii() and len(value) <= 64 for value in values)
    assert all(0 < len(choice.label) <= 24 for choice in reply.choices)
