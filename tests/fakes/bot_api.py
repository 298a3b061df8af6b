"""A small Bot API server on 127.0.0.1 that refuses what Telegram refuses and remembers calls."""

import asyncio
import json
from collections import deque
from typing import Any, NamedTuple

from aiohttp import web

from tests import telegram_spec

TOKEN = "123456:FAKE"
ME = {"id": 123456, "is_bot": True, "first_name": "Satu Pintu", "username": "satupintu_bot"}
MOST_TEXT, MOST_DATA = 4096, 64
MOST_PHOTO = 10 << 20


class Call(NamedTuple):
    """A call that arrived."""

    method: str
    parameters: dict[str, Any]


class Trouble(NamedTuple):
    """What to answer to a call instead of taking it; *hang* never answers."""

    status: int = 500
    description: str = "Internal Server Error"
    retry_after: float | None = None
    migrate_to: int | None = None
    hang: bool = False
    page: str = ""  # answer this page of HTML, as a proxy would


class BadRequest(Exception):  # noqa: N818 - Telegram's own name of it
    """A call that Telegram answers with 400; its text is the description."""


class BotApi:
    """The fake. Plan *troubles* for the next calls, None for one that goes well.

    *blocked* and *strangers* are chat ids.
    """

    def __init__(self) -> None:
        self.url = ""
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.troubles: deque[Trouble | None] = deque()
        self.blocked: set[int] = set()
        self.strangers: set[int] = set()
        self.files: dict[str, bytes] = {}
        self.confirmed = 0  # the highest update_id that polling will not get again
        self._updates: list[dict[str, Any]] = []
        self._news = asyncio.Event()
        self._taps: set[str] = set()
        self.shown: list[tuple[str, bytes]] = []
        self._messages = 0

    async def start(self) -> None:
        """Start on a free port; *url* is then the API's."""
        app = web.Application(client_max_size=12 << 20)
        app.router.add_route("*", f"/bot{TOKEN}/{{method}}", self._call)
        app.router.add_get(f"/file/bot{TOKEN}/{{path:.*}}", self._file)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def close(self) -> None:
        """Stop."""
        await self._runner.cleanup()

    def deliver(self, *updates: dict[str, Any]) -> None:
        """Have *updates* ready for polling."""
        self._updates += updates
        self._news.set()

    def sent(self, method: str = "sendMessage") -> list[dict[str, Any]]:
        """Return the parameters of every call of *method*."""
        return [call.parameters for call in self.calls if call.method == method]

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        parameters = await _parameters(request)
        self.calls.append(Call(method, parameters))
        if telegram_spec.present():
            told = {name: value for name, value in parameters.items() if name != "content"}
            self.violations += telegram_spec.faults_of_call(method, told)
        if trouble := self.troubles.popleft() if self.troubles else None:
            return await _trouble(trouble)
        if int(parameters.get("chat_id", 0)) in self.blocked:
            return _refusal(403, "Forbidden: bot was blocked by the user")
        try:
            kind, result = await self._answer(method, parameters)
        except BadRequest as error:
            return _refusal(400, f"Bad Request: {error}")
        if telegram_spec.present():
            self.violations += telegram_spec.faults_of_value(kind, result)
        return web.json_response({"ok": True, "result": result}, dumps=_compact)

    async def _answer(self, method: str, given: dict[str, Any]) -> tuple[str, Any]:
        """Return the type and value that *method* results in."""
        match method:
            case "getMe":
                return "User", ME
            case "sendMessage":
                return "Message", self._send(given)
            case "sendPhoto" | "sendDocument":
                return "Message", self._show(method, given)
            case "getUpdates":
                return "Array of Update", await self._wait(given)
            case "getFile":
                return "File", self._found(given["file_id"])
            case "answerCallbackQuery" if given["callback_query_id"] in self._taps:
                raise BadRequest("query is too old and response timeout expired")
            case "answerCallbackQuery":
                self._taps.add(given["callback_query_id"])
        return "Boolean", True

    def _send(self, given: dict[str, Any]) -> dict[str, Any]:
        chat, text = int(given["chat_id"]), given["text"].strip()
        if chat in self.strangers:
            raise BadRequest("chat not found")
        if not text:
            raise BadRequest("message text is empty")
        if len(text.encode("utf-16-le")) // 2 > MOST_TEXT:
            raise BadRequest("message is too long")
        for row in given.get("reply_markup", {}).get("inline_keyboard", ()):
            if any(len(button.get("callback_data", "").encode()) > MOST_DATA for button in row):
                raise BadRequest("BUTTON_DATA_INVALID")
            if any(not button.get("url", "https://").startswith("https://") for button in row):
                raise BadRequest("inline keyboard button URL is invalid: Wrong HTTP URL")
        self._messages += 1
        whose = {"id": chat, "type": "private", "first_name": "Warga"}
        return {"message_id": self._messages, "date": 1, "chat": whose, "from": ME, "text": text}

    def _show(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        """Take a photo or document, which came as a part of the form."""
        content: bytes = given.pop("content")
        if method == "sendPhoto" and len(content) > MOST_PHOTO:
            raise BadRequest("file is too big")
        self.shown.append((method, content))
        self._messages += 1
        whose = {"id": int(given["chat_id"]), "type": "private", "first_name": "Warga"}
        return {"message_id": self._messages, "date": 1, "chat": whose, "from": ME}

    async def _wait(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        offset = given.get("offset", 0)
        self.confirmed = max(self.confirmed, offset - 1)
        self._updates = [u for u in self._updates if u["update_id"] >= offset]
        if not self._updates:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), given.get("timeout", 0))
            except TimeoutError:
                return []
        return self._updates[: given.get("limit", 100)]

    def _found(self, file: str) -> dict[str, Any]:
        if file not in self.files:
            raise BadRequest("invalid file_id")
        size = len(self.files[file])
        return {"file_id": file, "file_unique_id": file, "file_size": size, "file_path": file}

    async def _file(self, request: web.Request) -> web.Response:
        return web.Response(body=self.files[request.match_info["path"]])


def _compact(value: object) -> str:
    """Write JSON as Telegram does, without a space."""
    return json.dumps(value, separators=(",", ":"))


async def _parameters(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return await request.json()
    found: dict[str, Any] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            found |= {name: "attach://it", "content": value.file.read()}
        else:
            found[name] = str(value)
    return found


async def _trouble(trouble: Trouble) -> web.Response:
    if trouble.hang:
        await asyncio.Event().wait()
    if trouble.page:
        return web.Response(status=trouble.status, text=trouble.page, content_type="text/html")
    parameters = {"retry_after": trouble.retry_after, "migrate_to_chat_id": trouble.migrate_to}
    return _refusal(trouble.status, trouble.description, parameters)


def _refusal(
    status: int, description: str, parameters: dict[str, float | None] | None = None
) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if given := {name: value for name, value in (parameters or {}).items() if value is not None}:
        body["parameters"] = given
    return web.Response(status=status, text=_compact(body), content_type="application/json")
