"""The telephones of the demo: what was sent to and from them, kept in memory and told to pages."""

import asyncio
import contextlib
from collections import OrderedDict, deque
from datetime import datetime
from typing import Literal

from msgspec import Struct

from handlers.sms_text import segments

MOST_CITIZENS = 99  # whose telephones a page can show
MOST_REACHED = 9_999  # beyond those they ring, and nobody sees it
MOST_KEPT = 3000  # happenings; older ones are forgotten
FIRST_CHAT = 700_000_000  # a citizen's number added to it is their chat
PHONE = "+628120000{:04}"


class Button(Struct, frozen=True, omit_defaults=True):
    """A button under a message (Bot API InlineKeyboardButton)."""

    text: str
    callback_data: str = ""
    url: str = ""


class Key(Struct, frozen=True, omit_defaults=True):
    """A key of the keyboard that replaces the letters (Bot API KeyboardButton)."""

    text: str
    request_location: bool = False
    request_contact: bool = False


Buttons = tuple[tuple[Button, ...], ...]
Keys = tuple[tuple[Key, ...], ...]
Shape = Literal["text", "photo", "document", "place", "contact"]


class Happening(Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Something a page shows; *citizen* is whose telephone, counted from 1."""

    citizen: int


class Chat(Happening, frozen=True, kw_only=True, tag="chat"):
    """A Telegram message. *mine* is the citizen's own."""

    message: int
    at: float  # Unix seconds
    mine: bool
    text: str
    shape: Shape = "text"
    buttons: Buttons = ()
    keys: Keys = ()
    remove_keys: bool = False
    picture: str = ""  # where its photo or document lies, where the bot sent one


class Edited(Happening, frozen=True, kw_only=True, tag="edited"):
    """The bot changed a message: new buttons, and a new text unless it is None."""

    message: int
    buttons: Buttons = ()
    text: str | None = None


class Toast(Happening, frozen=True, kw_only=True, tag="toast"):
    """The bot answered a tap with a short word at the edge of the screen."""

    text: str


class Sms(Happening, frozen=True, kw_only=True, tag="sms"):
    """A text message and what it costs."""

    message: int
    at: float
    mine: bool
    text: str
    encoding: Literal["gsm7", "ucs2"]
    parts: int


class Pick(Struct, frozen=True):
    """A button or row of a WhatsApp message."""

    id: str
    title: str


class Wa(Happening, frozen=True, kw_only=True, tag="wa"):
    """A WhatsApp message; *picture* is where its photo lies, *place* that a place is asked for."""

    message: int
    at: float
    mine: bool
    text: str
    shape: Shape = "text"
    buttons: tuple[Pick, ...] = ()
    opens: str = ""  # the button that opens *rows*
    rows: tuple[Pick, ...] = ()
    place: bool = False
    template: bool = False
    picture: str = ""


class Taken(Happening, frozen=True, kw_only=True, tag="taken"):
    """What became of the citizen's message: the HTTP status that our webhook gave."""

    message: int
    status: int


class Moved(Happening, frozen=True, kw_only=True, tag="clock"):
    """The demo's clock was moved; *citizen* is nobody, 0."""

    now: float  # Unix seconds


Shown = Chat | Edited | Toast | Sms | Wa | Taken | Moved


class Phones:
    """All telephones of one demo. *began* numbers updates, so that a restart repeats none."""

    def __init__(self, began: datetime) -> None:
        self.run = int(began.timestamp())
        self._last = self.run
        self._count = 0
        self._shown: deque[tuple[int, Shown]] = deque(maxlen=MOST_KEPT)
        self._messages: OrderedDict[int, dict[str, object]] = OrderedDict()
        self._taps: OrderedDict[str, int] = OrderedDict()
        self._changed = asyncio.Event()
        self.closed = False

    def number(self) -> int:
        """Return the next number of a message or update; numbers only grow."""
        self._last += 1
        return self._last

    def show(self, happening: Shown) -> None:
        """Keep *happening* and tell every page, unless no page has that telephone."""
        if happening.citizen > MOST_CITIZENS:
            return
        self._count += 1
        self._shown.append((self._count, happening))
        self._wake()

    def show_sms(self, citizen: int, text: str, now: datetime, *, mine: bool) -> int:
        """Show a text message with its segments; return its number."""
        how, number = segments(text), self.number()
        sms = Sms(
            citizen=citizen,
            message=number,
            at=now.timestamp(),
            mine=mine,
            text=text,
            encoding=how.encoding,
            parts=how.count,
        )
        self.show(sms)
        return number

    def remember(self, message: int, wire: dict[str, object]) -> None:
        """Keep a bot's message as the Bot API writes it: a tap carries it back."""
        self._messages[message] = wire
        while len(self._messages) > MOST_KEPT:
            self._messages.popitem(last=False)

    def message(self, number: int) -> dict[str, object] | None:
        """Return a bot's message as the Bot API writes it, or None."""
        return self._messages.get(number)

    def await_answer(self, query: str, citizen: int) -> None:
        """Keep that *citizen* tapped, until the bot answers the callback *query*."""
        self._taps[query] = citizen
        while len(self._taps) > MOST_KEPT:
            self._taps.popitem(last=False)

    def answered(self, query: str) -> int | None:
        """Return who waited for an answer to *query*; a second answer gets None."""
        return self._taps.pop(query, None)

    def since(self, last: int) -> list[tuple[int, Shown]]:
        """Return what happened after number *last*."""
        return [(number, shown) for number, shown in self._shown if number > last]

    def reaches(self, last: int) -> bool:
        """Say whether everything after *last* is still known."""
        return self._count - len(self._shown) <= last <= self._count

    async def wait(self, patience: float) -> None:
        """Return when something happens, or after *patience* seconds."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), patience)

    def close(self) -> None:
        """Let go of every page that listens."""
        self.closed = True
        self._wake()

    def _wake(self) -> None:
        waiting, self._changed = self._changed, asyncio.Event()
        waiting.set()


def chat_of(citizen: int) -> int:
    """Return the Telegram chat of a citizen."""
    return FIRST_CHAT + citizen


def phone_of(citizen: int) -> str:
    """Return the telephone number of a citizen, in E.164."""
    return PHONE.format(citizen)


def citizen_of_chat(chat: int) -> int | None:
    """Return whose chat it is, or None."""
    return _known(chat - FIRST_CHAT)


def citizen_of_phone(number: str) -> int | None:
    """Return whose number it is, or None."""
    digits = number.removeprefix(PHONE.format(0)[:-4])
    return _known(int(digits)) if digits.isdecimal() and phone_of(int(digits)) == number else None


def _known(citizen: int) -> int | None:
    return citizen if 1 <= citizen <= MOST_REACHED else None
