"""The four ways besides Telegram: what each provider posts to us, and what we hand to it."""

import hashlib
import hmac
import itertools
import json
import re
import time
from typing import Any, Protocol
from urllib.parse import urlencode

from aiohttp import web
from msgspec import Struct

SECRET = "bench"  # noqa: S105 - known to nobody but this machine
CHOICE = re.compile(r"^(\d+)\. (.+?) *$", re.MULTILINE)
PHONE_ID = "1001"
SENDS = "/send"


class Call(Struct, frozen=True):
    """A provider's call that brings one message."""

    path: str
    body: bytes = b""
    headers: dict[str, str] = {}
    method: str = "POST"


class Got(Struct, frozen=True):
    """A message of ours: to whom, what it says, and what can be chosen, by label."""

    to: str
    text: str
    choices: dict[str, str]


class Provider(Protocol):
    """One channel's other side."""

    def settings(self, url: str, port: int) -> dict[str, object]:
        """Return what makes it ours: it listens at *url*, we on *port*."""
        ...

    def brings(self, who: str, text: str, *, tapped: bool) -> Call:
        """Return the call that brings *text* of *who*, or a choice that was *tapped*."""
        ...

    def read(self, request: web.Request, body: bytes) -> Got:
        """Return the message that we hand over."""
        ...

    def answer(self) -> web.Response:
        """Return that it was taken."""
        ...


class Texts:
    """What all gateways have in common: menus are numbered, names are counted."""

    ids = itertools.count(1)

    def got(self, to: str, text: str) -> Got:
        """Return the text, with the numbers of its menu."""
        return Got(to, text, {label: number for number, label in CHOICE.findall(text)})


class Whatsapp:
    """Meta's Graph API."""

    ids = itertools.count(1)

    def settings(self, url: str, port: int) -> dict[str, object]:  # noqa: ARG002 - Meta is told elsewhere
        return {
            "whatsapp_token": SECRET, "whatsapp_phone_id": PHONE_ID, "whatsapp_api_url": url,
            "whatsapp_app_secret": SECRET, "whatsapp_verify_token": SECRET,
            "whatsapp_rate": 0, "whatsapp_chat_rate": 0,
        }  # fmt: skip

    def brings(self, who: str, text: str, *, tapped: bool) -> Call:
        tap = {"type": "interactive", "interactive": {"button_reply": {"id": text}}}
        said = tap if tapped else {"type": "text", "text": {"body": text}}
        named = {"from": who, "id": f"wamid.{next(self.ids)}", "timestamp": str(int(time.time()))}
        value = {"metadata": {"phone_number_id": PHONE_ID}, "messages": [{**named, **said}]}
        entry = {"id": "1", "changes": [{"field": "messages", "value": value}]}
        body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
        made = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        return Call("/whatsapp", body, {"X-Hub-Signature-256": f"sha256={made}"})

    def read(self, request: web.Request, body: bytes) -> Got:  # noqa: ARG002 - all stands in the body
        message: dict[str, Any] = json.loads(body)
        to = str(message.get("to") or message.get("recipient"))
        if message["type"] == "text":
            return Got(to, message["text"]["body"], {})
        shown = message["interactive"]
        action = shown["action"]
        rows = [row for section in action.get("sections", ()) for row in section["rows"]]
        taps = [button["reply"] for button in action.get("buttons", ())] + rows
        return Got(to, shown["body"]["text"], {one["title"]: one["id"] for one in taps})

    def answer(self) -> web.Response:
        return web.json_response({"messages": [{"id": f"wamid.ours.{next(self.ids)}"}]})


class Kannel(Texts):
    """A smsbox; reports are asked for, as outside."""

    def settings(self, url: str, port: int) -> dict[str, object]:
        return {
            "sms_gateway": "kannel", "sms_kannel_url": f"{url}{SENDS}",
            "sms_kannel_username": "u", "sms_kannel_password": SECRET, "sms_kannel_rate": 0,
            "sms_kannel_secret": SECRET, "sms_kannel_callback_url": f"http://127.0.0.1:{port}",
        }  # fmt: skip

    def brings(self, who: str, text: str, *, tapped: bool) -> Call:  # noqa: ARG002 - they type
        said = {"id": next(self.ids), "from": who, "text": text, "time": int(time.time())}
        query = urlencode({**said, "coding": 0, "charset": "UTF-8", "secret": SECRET})
        return Call(f"/sms/kannel?{query}", method="GET")

    def read(self, request: web.Request, body: bytes) -> Got:
        return self.got(request.headers["X-Kannel-To"], body.decode())

    def answer(self) -> web.Response:
        return web.Response(status=202, text="0: Accepted for delivery")


class Android(Texts):
    """A telephone with SMSGate."""

    def settings(self, url: str, port: int) -> dict[str, object]:  # noqa: ARG002 - it is told elsewhere
        return {
            "sms_gateway": "android", "sms_android_url": url, "sms_android_user": "u",
            "sms_android_password": SECRET, "sms_android_signing_key": SECRET,
            "sms_android_rate": 0,
        }  # fmt: skip

    def brings(self, who: str, text: str, *, tapped: bool) -> Call:  # noqa: ARG002 - they type
        payload = {"messageId": "m", "message": text, "sender": who}
        event = {"id": str(next(self.ids)), "event": "sms:received", "payload": payload}
        body, now = json.dumps(event).encode(), str(int(time.time()))
        made = hmac.new(SECRET.encode(), body + now.encode(), hashlib.sha256).hexdigest()
        return Call("/sms/android", body, {"X-Signature": made, "X-Timestamp": now})

    def read(self, request: web.Request, body: bytes) -> Got:  # noqa: ARG002 - all stands in the body
        message = json.loads(body)
        return self.got(message["phoneNumbers"][0], message["textMessage"]["text"])

    def answer(self) -> web.Response:
        return web.json_response({"state": "Pending"}, status=202)


class Http(Texts):
    """The plain HTTP gateway."""

    def settings(self, url: str, port: int) -> dict[str, object]:  # noqa: ARG002 - it is told elsewhere
        return {
            "sms_gateway": "http", "sms_http_url": f"{url}{SENDS}", "sms_http_secret": SECRET,
        }  # fmt: skip

    def brings(self, who: str, text: str, *, tapped: bool) -> Call:  # noqa: ARG002 - they type
        said = {"id": str(next(self.ids)), "from": who, "text": text, "ts": time.time()}
        body = json.dumps(said).encode()
        return Call("/sms/http/plain", body, {"Authorization": f"Bearer {SECRET}"})

    def read(self, request: web.Request, body: bytes) -> Got:  # noqa: ARG002 - all stands in the body
        message = json.loads(body)
        return self.got(message["to"], message["text"])

    def answer(self) -> web.Response:
        return web.json_response({"id": str(next(self.ids))})


PROVIDERS: dict[str, type[Whatsapp | Kannel | Android | Http]] = {
    "whatsapp": Whatsapp,
    "kannel": Kannel,
    "android": Android,
    "http": Http,
}
