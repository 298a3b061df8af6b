"""A small Graph API on 127.0.0.1 that refuses what Meta refuses and remembers calls."""

import asyncio
import hashlib
import hmac
import json
from collections import deque
from typing import Any, NamedTuple

from aiohttp import web

from tests import whatsapp_spec

TOKEN = "EAAFAKE"
PHONE_ID = "106540352242922"
ACCOUNT_ID = "102290129340398"
APP_SECRET = "rahasia"
MOST_BUTTONS, MOST_ROWS, BUTTON, ROW, BODY, TEXT = 3, 10, 20, 24, 1024, 4096


class Trouble(NamedTuple):
    """What to answer to a call instead of taking it; *hang* never answers."""

    status: int = 500
    code: int | None = None
    retry_after: int | None = None
    hang: bool = False
    page: str = ""  # answer this page of HTML, as a proxy would


class BadRequest(Exception):  # noqa: N818 - Meta's own name of it
    """A message that Meta refuses; *code* is its number of the error."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code = code


class GraphApi:
    """The fake. Plan *troubles* for the next messages, None for one that goes well.

    *shut* are those who did not write for a day, *strangers* those without WhatsApp.
    """

    def __init__(self) -> None:
        self.url = ""
        self.sent: list[dict[str, Any]] = []
        self.tried: list[dict[str, Any]] = []
        self.violations: list[str] = []
        self.troubles: deque[Trouble | None] = deque()
        self.shut: set[str] = set()
        self.strangers: set[str] = set()
        self.files: dict[str, bytes] = {}
        self.foreign = ""  # where files lie, when not here
        self.templates: list[dict[str, str]] = []
        self.webhook = ""
        self.subscribed = True
        self.uploads: list[tuple[str, bytes]] = []
        self._news = asyncio.Condition()

    async def start(self) -> None:
        """Start on a free port; *url* is then the API's, with its version."""
        app = web.Application(client_max_size=8 << 20)
        app.router.add_post(f"/v23.0/{PHONE_ID}/messages", self._messages)
        app.router.add_post(f"/v23.0/{PHONE_ID}/media", self._upload)
        app.router.add_get(f"/v23.0/{PHONE_ID}", self._number)
        app.router.add_get(f"/v23.0/{ACCOUNT_ID}/message_templates", self._templates)
        app.router.add_get(f"/v23.0/{ACCOUNT_ID}/subscribed_apps", self._apps)
        app.router.add_get("/v23.0/{media:[0-9]+}", self._where)
        app.router.add_get("/file/{media}", self._file)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.host = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.url = f"{self.host}/v23.0"

    async def close(self) -> None:
        """Stop."""
        await self._runner.cleanup()

    def to(self, who: str) -> list[dict[str, Any]]:
        """Return the messages that *who* got."""
        return [one for one in self.sent if who in (one.get("to"), one.get("recipient"))]

    async def wait_for(self, who: str, count: int) -> None:
        """Return when *who* got *count* messages in all."""
        async with asyncio.timeout(10), self._news:
            await self._news.wait_for(lambda: len(self.to(who)) >= count)

    async def _messages(self, request: web.Request) -> web.Response:
        if not _knows_token(request):
            return _refusal(401, 190)
        message = json.loads(await request.read())
        self.tried.append(message)
        if whatsapp_spec.present():
            self.violations += whatsapp_spec.faults_of_message(message)
        if trouble := self.troubles.popleft() if self.troubles else None:
            return await _trouble(trouble)
        try:
            self._refuse(message)
        except BadRequest as error:
            return _refusal(400, error.code)
        async with self._news:
            self.sent.append(message)
            self._news.notify_all()
        who = message.get("to") or message["recipient"]
        taken = {
            "messaging_product": "whatsapp",
            "contacts": [{"input": who, "wa_id": who}],
            "messages": [{"id": f"wamid.{len(self.sent)}", "message_status": "accepted"}],
        }
        return web.json_response(taken)

    def _refuse(self, message: dict[str, Any]) -> None:
        """Refuse *message* as Meta would."""
        who = message.get("to") or message.get("recipient")
        if not who:
            raise BadRequest(100, "to nobody")
        if who in self.strangers:
            raise BadRequest(131026, "undeliverable")
        if who in self.shut and message["type"] != "template":
            raise BadRequest(131047, "re-engagement message")
        if message["type"] == "template":
            self._refuse_template(message["template"])
        if not 0 < len(message.get("text", {"body": "x"})["body"]) <= TEXT:
            raise BadRequest(100, "text")
        if message["type"] == "interactive":
            _refuse_interactive(message["interactive"])

    def _refuse_template(self, template: dict[str, Any]) -> None:
        known = [(one["name"], one["language"]) for one in self.templates if _approved(one)]
        if (template["name"], template["language"]["code"]) not in known:
            raise BadRequest(132001, "template does not exist")
        for component in template["components"]:
            for parameter in component["parameters"]:
                if "\n" in parameter.get("text", "") or "    " in parameter.get("text", ""):
                    raise BadRequest(132018, "parameter text")

    async def _number(self, request: web.Request) -> web.Response:
        if not _knows_token(request):
            return _refusal(401, 190)
        if request.query.get("appsecret_proof") not in (None, _proof()):
            return _refusal(400, 100)
        return web.json_response(
            {
                "id": PHONE_ID,
                "display_phone_number": "+62 811-0001-708",
                "verified_name": "Satu Pintu",
                "quality_rating": "GREEN",
                "webhook_configuration": {"application": self.webhook},
            }
        )

    async def _templates(self, request: web.Request) -> web.Response:
        return web.json_response({"data": self.templates, "paging": {}})

    async def _apps(self, request: web.Request) -> web.Response:
        app = {"whatsapp_business_api_data": {"id": "1", "name": "Satu Pintu"}}
        return web.json_response({"data": [app] if self.subscribed else []})

    async def _where(self, request: web.Request) -> web.Response:
        media = request.match_info["media"]
        if not _knows_token(request) or media not in self.files:
            return _refusal(400, 100)
        place = self.foreign or self.host
        return web.json_response(
            {
                "messaging_product": "whatsapp",
                "url": f"{place}/file/{media}",
                "mime_type": "image/jpeg",
                "sha256": "x",
                "file_size": str(len(self.files[media])),
                "id": media,
            }
        )

    async def _file(self, request: web.Request) -> web.Response:
        if not _knows_token(request):
            return web.Response(status=401)
        return web.Response(body=self.files[request.match_info["media"]])

    async def _upload(self, request: web.Request) -> web.Response:
        form = await request.post()
        file = form["file"]
        assert isinstance(file, web.FileField)
        self.uploads.append((file.content_type, file.file.read()))
        return web.json_response({"id": str(7000 + len(self.uploads))})


def _refuse_interactive(interactive: dict[str, Any]) -> None:
    action = interactive["action"]
    titles = [button["reply"]["title"] for button in action.get("buttons", ())]
    rows = [row for section in action.get("sections", ()) for row in section["rows"]]
    fits = (
        0 < len(interactive["body"]["text"]) <= BODY
        and len(titles) <= MOST_BUTTONS
        and len(rows) <= MOST_ROWS
        and all(0 < len(title) <= BUTTON for title in titles)
        and all(0 < len(row["title"]) <= ROW for row in rows)
        and len(set(titles)) == len(titles)
    )
    if not fits:
        raise BadRequest(131009, "parameter value is not valid")


def _approved(template: dict[str, str]) -> bool:
    return template.get("status") == "APPROVED"


def _proof() -> str:
    """Return what only who knows token and secret can make."""
    return hmac.new(APP_SECRET.encode(), TOKEN.encode(), hashlib.sha256).hexdigest()


def _knows_token(request: web.Request) -> bool:
    return request.headers.get("Authorization") == f"Bearer {TOKEN}"


def _refusal(status: int, code: int, retry_after: int | None = None) -> web.Response:
    error = {
        "message": f"(#{code}) injected",
        "type": "OAuthException",
        "code": code,
        "error_data": {"messaging_product": "whatsapp", "details": "injected"},
        "fbtrace_id": "A",
    }
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return web.json_response({"error": error}, status=status, headers=headers)


async def _trouble(trouble: Trouble) -> web.Response:
    if trouble.hang:
        await asyncio.sleep(60)
    if trouble.page:
        return web.Response(status=trouble.status, text=trouble.page, content_type="text/html")
    if trouble.code is None:
        return web.Response(status=trouble.status)
    return _refusal(trouble.status, trouble.code, trouble.retry_after)
