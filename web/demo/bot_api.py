"""A stand-in for Telegram's Bot API, enough for the demo: our own bot talks to it over HTTP."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal, cast

import msgspec
from aiohttp import web
from msgspec import Struct

from web.demo.phones import Buttons, Chat, Edited, Keys, Phones, Toast, citizen_of_chat
from web.demo.pictures import content_of
from web.demo.updates import Wire, chat
from web.forms import read_bounded

Method = Callable[[Mapping[str, object]], object]

MOST_FILES = 60  # of ours
UPLOAD = 11 * 1024 * 1024  # bytes
LARGEST = 256 * 1024  # bytes of one call
TEXT_LIMIT = 4096  # UTF-16 units of a message
DATA_LIMIT = 64  # bytes of a button's callback_data
BOT: Wire = {"id": 990_000_001, "is_bot": True, "first_name": "Satu Pintu", "username": "demo_bot"}


class Markup(Struct, frozen=True):
    """Any of the keyboards that a message can carry."""

    inline_keyboard: Buttons = ()
    keyboard: Keys = ()
    remove_keyboard: bool = False


class Sending(Struct, frozen=True):
    """Arguments of sendMessage, editMessageText and editMessageReplyMarkup."""

    chat_id: int
    message_id: int = 0
    text: str = ""
    reply_markup: Markup | None = None

    @property
    def buttons(self) -> Buttons:
        """The buttons under the message."""
        return self.reply_markup.inline_keyboard if self.reply_markup else ()


class BotApiError(Exception):
    """The call is refused with this status and Telegram's own description."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.description = description


class BotApi:
    """Answers the calls of the bot that holds *token*."""

    def __init__(self, phones: Phones, token: str, now: Callable[[], datetime]) -> None:
        self._phones = phones
        self._token = token
        self._now = now
        self._files: OrderedDict[int, tuple[str, bytes]] = OrderedDict()
        self._methods: dict[str, Method] = {
            "getMe": lambda _: BOT,
            "sendMessage": self._send,
            "sendPhoto": lambda given: self._show_file(given, "photo"),
            "sendDocument": lambda given: self._show_file(given, "document"),
            "editMessageText": self._edit_text,
            "editMessageReplyMarkup": self._edit_markup,
            "answerCallbackQuery": self._toast,
            "getFile": _file,
            "getUpdates": lambda _: [],
            "getWebhookInfo": lambda _: {"url": "", "pending_update_count": 0},
            **dict.fromkeys(QUIET, lambda _: True),
        }

    async def call(self, request: web.Request) -> web.Response:
        """Answer one call as Telegram would."""
        try:
            method = self._method(request)
            return _answer(200, {"ok": True, "result": method(await _arguments(request))})
        except BotApiError as error:
            told = {"ok": False, "error_code": error.status, "description": error.description}
            return _answer(error.status, told)

    async def download(self, request: web.Request) -> web.Response:
        """Give a file out as Telegram would, by the path that getFile told."""
        content = content_of(request.match_info["ref"])
        if request.match_info["token"] != self._token or content is None:
            return web.Response(status=404)
        return web.Response(body=content, content_type="application/octet-stream")

    def _method(self, request: web.Request) -> Method:
        if request.match_info["token"] != self._token:
            raise BotApiError(401, "Unauthorized")
        method = self._methods.get(request.match_info["method"])
        if method is None:
            raise BotApiError(404, "Not Found: method not found")
        return method

    def _send(self, arguments: Mapping[str, object]) -> Wire:
        sending, citizen = _sending(arguments)
        _check_text(sending.text)
        wire = self._wire(sending, citizen, self._phones.number())
        markup = sending.reply_markup or Markup()
        number = cast("int", wire["message_id"])
        self._phones.remember(number, wire)
        self._phones.show(
            Chat(
                citizen=citizen,
                message=number,
                at=self._now().timestamp(),
                mine=False,
                text=sending.text,
                buttons=sending.buttons,
                keys=markup.keyboard,
                remove_keys=markup.remove_keyboard,
            )
        )
        return wire

    def _show_file(
        self, arguments: Mapping[str, object], shape: Literal["photo", "document"]
    ) -> Wire:
        """Take a file of ours, and show it in the chat."""
        citizen = citizen_of_chat(int(str(arguments.get("chat_id", 0))))
        file = arguments.get(shape)
        if citizen is None or not isinstance(file, web.FileField):
            raise BotApiError(400, "Bad Request: there is no file in the request")
        number = self._phones.number()
        with file.file as content:
            self._files[number] = (file.content_type, content.read())
        while len(self._files) > MOST_FILES:
            self._files.popitem(last=False)
        self._phones.show(
            Chat(
                citizen=citizen,
                message=number,
                at=self._now().timestamp(),
                mine=False,
                text=file.filename,
                shape=shape,
                picture=f"/simulator/telegram/pictures/{number}",
            )
        )
        return {
            "message_id": number,
            "date": int(self._now().timestamp()),
            "chat": chat(citizen, "Warga"),
            "from": BOT,
        }

    async def shown(self, request: web.Request) -> web.Response:
        """Give the telephone a file of ours, to be looked at."""
        found = self._files.get(int(request.match_info["number"]))
        if found is None:
            raise web.HTTPNotFound
        return web.Response(body=found[1], content_type=found[0])

    def _edit_text(self, arguments: Mapping[str, object]) -> Wire:
        sending, citizen = _sending(arguments)
        _check_text(sending.text)
        return self._edited(sending, citizen, sending.text)

    def _edit_markup(self, arguments: Mapping[str, object]) -> Wire:
        sending, citizen = _sending(arguments)
        return self._edited(sending, citizen, None)

    def _edited(self, sending: Sending, citizen: int, text: str | None) -> Wire:
        old = self._phones.message(sending.message_id)
        if old is None:
            raise BotApiError(400, "Bad Request: message to edit not found")
        wire = self._wire(sending, citizen, sending.message_id)
        wire |= {"text": old["text"] if text is None else text, "date": old["date"]}
        if wire == old:
            raise BotApiError(400, "Bad Request: message is not modified")
        self._phones.remember(sending.message_id, wire)
        number, buttons = sending.message_id, sending.buttons
        self._phones.show(Edited(citizen=citizen, message=number, buttons=buttons, text=text))
        return wire

    def _toast(self, arguments: Mapping[str, object]) -> bool:
        text = arguments.get("text")
        query = str(arguments.get("callback_query_id", ""))
        citizen = self._phones.answered(query)
        if citizen is None:
            raise BotApiError(400, "Bad Request: query is too old or query ID is invalid")
        if isinstance(text, str) and text:
            self._phones.show(Toast(citizen=citizen, text=text))
        return True

    def _wire(self, sending: Sending, citizen: int, number: int) -> Wire:
        wire: Wire = {
            "message_id": number,
            "date": int(self._now().timestamp()),
            "chat": chat(citizen, "Warga"),
            "from": BOT,
            "text": sending.text,
        }
        if sending.buttons:
            wire["reply_markup"] = {"inline_keyboard": msgspec.to_builtins(sending.buttons)}
        return wire


def _file(arguments: Mapping[str, object]) -> Wire:
    """Return where the file lies that *arguments* name."""
    ref = str(arguments.get("file_id", ""))
    content = content_of(ref)
    if content is None:
        raise BotApiError(400, "Bad Request: invalid file_id")
    where = {"file_id": ref, "file_unique_id": ref, "file_path": f"files/{ref}"}
    return {**where, "file_size": len(content)}


QUIET = (
    "setMyCommands",
    "deleteMyCommands",
    "setWebhook",
    "deleteWebhook",
    "sendChatAction",
    "setMyDescription",
    "setMyShortDescription",
)


async def _arguments(request: web.Request) -> Mapping[str, object]:
    """Return the arguments of a call, from JSON, a form or the address."""
    if request.content_type == "application/json":
        try:
            found = msgspec.json.decode(await read_bounded(request, LARGEST))
        except msgspec.DecodeError:
            raise BotApiError(400, "Bad Request: can't parse JSON object") from None
        return found if isinstance(found, dict) else {}
    return {**request.query, **await request.clone(client_max_size=UPLOAD).post()}


def _sending(arguments: Mapping[str, object]) -> tuple[Sending, int]:
    try:
        given = dict(arguments)
        if isinstance(markup := given.get("reply_markup"), str):
            given["reply_markup"] = msgspec.json.decode(markup)
        sending = msgspec.convert(given, Sending, strict=False)
    except (msgspec.DecodeError, msgspec.ValidationError):
        raise BotApiError(400, "Bad Request: can't parse the arguments") from None
    citizen = citizen_of_chat(sending.chat_id)
    if citizen is None:
        raise BotApiError(400, "Bad Request: chat not found")
    if any(len(b.callback_data.encode()) > DATA_LIMIT for row in sending.buttons for b in row):
        raise BotApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    return sending, citizen


def _check_text(text: str) -> None:
    if not text.strip():
        raise BotApiError(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) > 2 * TEXT_LIMIT:
        raise BotApiError(400, "Bad Request: message is too long")


def _answer(status: int, told: object) -> web.Response:
    body = msgspec.json.encode(told)
    return web.Response(status=status, body=body, content_type="application/json")
