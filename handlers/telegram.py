"""Telegram: read its updates, render our replies, send them (Bot API 10.1).

Only the hot path speaks the Bot API itself; handlers.telegram_account leaves the rest to
python-telegram-bot. docs/decisions/0004-telegram-hot-path.md says why.
"""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

import msgspec
from msgspec import Struct

from conversations.messages import Address, Attachment, Channel, Choice, Inbound, Place, Reply
from handlers.arrival import LONGEST_MESSAGE, NotUnderstood, Skipped
from handlers.begun import Begun
from handlers.delivery import DeliveryError, Sent, TryLater
from handlers.long_text import split
from handlers.pace import Pace
from handlers.telegram_wire import (
    CallbackQuery,
    MemberUpdated,
    Message,
    PhotoSize,
    Update,
    fault,
)
from handlers.wire import Wire
from handlers.wire_connection import Answer

ALLOWED_UPDATES: Final = ("message", "callback_query", "my_chat_member")
OURS: Final = {"update_id", *ALLOWED_UPDATES}
TAKEN = Sent()
TEXT_LIMIT = 4096  # UTF-16 units, sendMessage
SHORT_LABEL = 14  # characters; two such buttons share a row on a small telephone
UNREADABLE = (  # contents that we cannot read, by the name of their field
    "voice", "video", "video_note", "audio", "sticker", "animation", "poll", "dice", "story",
    "contact", "paid_media", "checklist", "game", "invoice", "giveaway",
)  # fmt: skip
SERVICE = (  # Telegram's own notes in a private chat, which nobody wrote
    "pinned_message", "message_auto_delete_timer_changed", "write_access_allowed",
    "chat_background_set", "connected_website", "users_shared", "chat_shared", "boost_added",
    "migrate_to_chat_id", "migrate_from_chat_id",
)  # fmt: skip
PLACE_LABEL, PHONE_LABEL = (
    "\N{ROUND PUSHPIN}",
    "\N{TELEPHONE RECEIVER}",
)  # where a reply has no words

_update = msgspec.json.Decoder(Update)
_kinds = msgspec.json.Decoder(dict[str, msgspec.Raw])


class Tap(Struct, frozen=True):
    """What acknowledging a tapped button takes."""

    query: str
    chat: int
    message: int = 0  # the message whose keyboard goes; 0 when Telegram does not say


class Tapped(Inbound, frozen=True, kw_only=True):
    """An Inbound that was a tap on a button."""

    tap: Tap

    __repr__ = Inbound.__repr__


def read(body: bytes, now: datetime) -> Inbound | Skipped:
    """Return what an update says to us; its update_id is the message_id.

    *now* is when a tap was received, for Telegram does not say when it was made.
    Foreign kinds are Skipped. Raises NotUnderstood for what is no well-formed update: broken JSON
    or UTF-8, half characters, a part that is not what the Bot API says, a date of no calendar.
    """
    try:
        return _read(body, now)
    except (ValueError, RecursionError, OverflowError, OSError):
        raise NotUnderstood("not an update") from None


def _read(body: bytes, now: datetime) -> Inbound | Skipped:
    update = _update.decode(body)
    if update.message is not None:
        return _read_message(update.update_id, update.message, body)
    if update.callback_query is not None:
        return _read_tap(update.update_id, update.callback_query, now)
    if update.my_chat_member is not None:
        return _read_member(update.update_id, update.my_chat_member)
    kinds = msgspec.json.decode(body, type=dict[str, object])
    kind = next((kind for kind in kinds if kind not in OURS), "unknown")
    return Skipped(kind[:40], str(update.update_id))


def _read_message(update_id: int, message: Message, body: bytes) -> Inbound | Skipped:
    sender = message.sender
    if message.chat.type != "private":
        return Skipped(message.chat.type[:40], str(update_id))
    if sender is None or sender.is_bot:
        return Skipped("no person", str(update_id))
    unreadable = None if message.text else _unreadable(message, body)
    if unreadable in SERVICE:
        return Skipped("service message", str(update_id))
    return Inbound(
        sender=Address(Channel.TELEGRAM, str(message.chat.id)),
        message_id=str(update_id),
        received_at=datetime.fromtimestamp(message.date, UTC),
        text=(message.text or message.caption)[:LONGEST_MESSAGE],
        attachments=() if message.text else _attachments(message),
        place=Place(message.location.latitude, message.location.longitude)
        if message.location
        else None,
        phone=_own_phone(message) if message.contact else None,
        language=sender.language_code[:2] or None,
        unreadable=unreadable,
    )


def _unreadable(message: Message, body: bytes) -> str | None:
    """Return the kind of a message that we cannot read, "unknown" for one of tomorrow's."""
    if message.animation is not None:
        return "animation"
    if message.photo or message.document or message.location or _own_phone(message):
        return None
    kinds = _kinds.decode(_kinds.decode(body)["message"])
    return next((kind for kind in UNREADABLE + SERVICE if kind in kinds), "unknown")


def _own_phone(message: Message) -> str | None:
    """Return the sender's own number in E.164; Telegram leaves the plus out at times."""
    card, sender = message.contact, message.sender
    if card is None or sender is None or card.user_id != sender.id:
        return None
    return "+" + "".join(c for c in card.phone_number if c.isdigit())


def _attachments(message: Message) -> tuple[Attachment, ...]:
    if message.animation is not None:
        return ()
    if message.photo:
        largest = max(message.photo, key=_area)
        return (Attachment("photo", largest.file_id, "image/jpeg", largest.file_size),)
    file = message.document
    return (Attachment("document", file.file_id, file.mime_type, file.file_size),) if file else ()


def _area(photo: PhotoSize) -> int:
    return photo.width * photo.height


def _read_tap(update_id: int, query: CallbackQuery, now: datetime) -> Inbound | Skipped:
    under = query.message
    if query.data is None or (under is not None and under.chat.type != "private"):
        return Skipped("callback_query", str(update_id))
    chat = under.chat.id if under is not None else query.sender.id
    return Tapped(
        sender=Address(Channel.TELEGRAM, str(chat)),
        message_id=str(update_id),
        received_at=now,
        picked=query.data,
        language=query.sender.language_code[:2] or None,
        tap=Tap(query.id, chat, under.message_id if under is not None else 0),
    )


def _read_member(update_id: int, change: MemberUpdated) -> Skipped:
    if change.chat.type != "private":
        return Skipped(change.chat.type[:40], str(update_id))
    reason = "blocked" if change.new_chat_member.status == "kicked" else "unblocked"
    return Skipped(reason, str(update_id), Address(Channel.TELEGRAM, str(change.chat.id)))


def render(reply: Reply, chat: str) -> tuple[bytes, ...]:
    """Return the sendMessage bodies of *reply*; the keyboard goes with the last."""
    place = (reply.place_label or PLACE_LABEL) if reply.ask_place else ""
    phone = (reply.phone_label or PHONE_LABEL) if reply.ask_phone else ""
    keyboard = _keyboard(reply.choices, place, phone)
    *first, last = split(reply.text, TEXT_LIMIT)
    end = _body(chat, last, keyboard)
    return (*(_body(chat, text, b"") for text in first), end) if first else (end,)


def _body(chat: str, text: str, markup: bytes) -> bytes:
    return b'{"chat_id":%d,"text":%b,"link_preview_options":{"is_disabled":true}%b}' % (
        int(chat),
        msgspec.json.encode(text),
        markup,
    )


@lru_cache(maxsize=2048)
def _keyboard(choices: tuple[Choice, ...], place: str, phone: str) -> bytes:
    if place or phone:
        markup = _asking_keyboard(choices, place, phone)
    elif choices:
        markup = {"inline_keyboard": _inline_rows(choices)}
    else:
        markup = {"remove_keyboard": True}
    return b',"reply_markup":' + msgspec.json.encode(markup)


def _inline_rows(choices: tuple[Choice, ...]) -> list[list[dict[str, str]]]:
    buttons = [
        {"text": c.label, "url": c.link} if c.link else {"text": c.label, "callback_data": c.value}
        for c in choices
    ]
    width = 2 if all(len(c.label) <= SHORT_LABEL for c in choices) else 1
    return [buttons[at : at + width] for at in range(0, len(buttons), width)]


def _asking_keyboard(choices: tuple[Choice, ...], place: str, phone: str) -> dict[str, object]:
    """Return a keyboard that shares a place or number, each where it has a label.

    A choice's label is sent as text.
    """
    rows: list[list[dict[str, object]]] = []
    if place:
        rows.append([{"text": place, "request_location": True}])
    if phone:
        rows.append([{"text": phone, "request_contact": True}])
    rows += [[{"text": choice.label}] for choice in choices]
    return {"keyboard": rows, "resize_keyboard": True, "one_time_keyboard": True}


class Telegram:
    """Sends to Telegram, at Telegram's pace."""

    vouches = True  # what Telegram took lies in the chat

    def __init__(self, wire: Wire, token: str, pace: Pace) -> None:
        self._wire = wire
        self._pace = pace
        self._send_message = wire.head(f"/bot{token}/sendMessage")
        self._answer_tap = wire.head(f"/bot{token}/answerCallbackQuery")
        self._edit_keyboard = wire.head(f"/bot{token}/editMessageReplyMarkup")
        self._begun = Begun()

    async def send(self, address: Address, reply: Reply, _number: int = 0, /) -> Sent:
        """Deliver *reply*, whole and once; sent again after TryLater, it goes on where it was.

        Raises DeliveryError. A chat's next reply must wait until this one returned.
        """
        bodies = render(reply, address.id)
        done = len(self._begun.resume(address.id, reply))
        for at in range(done, len(bodies)):
            try:
                await self._pace.wait(address.id)
                self._judge(await self._wire.post(self._send_message, bodies[at]), address.id)
            except DeliveryError as error:
                if error.retry:
                    self._begun.keep(address.id, reply, ("",) * at)
                raise
        return TAKEN

    async def acknowledge(self, tap: Tap) -> None:
        """Stop the button's spinner and take the old keyboard away, if Telegram still lets us."""
        query = msgspec.json.encode({"callback_query_id": tap.query})
        await self._try(self._answer_tap, query, tap)
        if tap.message:
            edit = b'{"chat_id":%d,"message_id":%d}' % (tap.chat, tap.message)
            await self._try(self._edit_keyboard, edit, tap)

    async def close(self) -> None:
        """Give up what is under way and close the connections."""
        await self._wire.close()

    async def _try(self, head: bytes, body: bytes, tap: Tap) -> None:
        try:
            self._judge(await self._wire.post(head, body), str(tap.chat))
        except DeliveryError:
            return  # an old tap or message; the reply itself is what matters

    def _judge(self, answer: Answer, chat: str) -> None:
        """Return where *answer* says that it was done in *chat*. Raises DeliveryError."""
        if answer.body.startswith(b'{"ok":true'):  # as Telegram writes it
            return
        error = fault(answer.body)
        if error is None:
            return
        if isinstance(error, TryLater) and error.after is not None:
            self._pace.freeze(chat, error.after)
        raise error
