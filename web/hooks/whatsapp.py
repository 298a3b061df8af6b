"""WhatsApp's webhook: Meta proves itself by a signature of the raw body, and asks who we are."""

from typing import ClassVar

from aiohttp import web
from msgspec import Struct

from handlers.whatsapp import challenge, signature_ok
from web.forms import read_bounded
from web.hooks.webhooks import UNAUTHORIZED, Webhook, allowed
from web.unproven import UNPROVEN, Unproven
from web.visitors import FORWARDED

SIGNATURE = "X-Hub-Signature-256"
WHATSAPP_PATH = "/whatsapp"
FORBIDDEN = 403


class MetaWebhook(Webhook):
    """A webhook whose deliveries hold up to a thousand messages and receipts."""

    most: ClassVar[int] = 3 << 20  # bytes (Meta, webhooks)


class Secrets(Struct, frozen=True):
    """What Meta must know: the app's secret, and the word it is verified by. Prints neither."""

    app: str
    verify: str

    def __repr__(self) -> str:
        return "Secrets(…)"


def add_whatsapp(
    app: web.Application,
    webhook: MetaWebhook,
    secrets: Secrets,
    unproven: Unproven = UNPROVEN,
) -> None:
    """Take Meta's deliveries at /whatsapp, and answer its question there."""

    async def verify(request: web.Request) -> web.Response:
        answer = challenge(request.query, secrets.verify)
        if answer is None:
            return web.Response(status=FORBIDDEN)
        return web.Response(text=answer)

    async def deliver(request: web.Request) -> web.Response:
        try:
            body = await read_bounded(request, webhook.most, unproven)
        except web.HTTPException as error:
            return web.Response(status=error.status)
        if not _signed(request, body, secrets.app):
            return web.Response(status=UNAUTHORIZED)
        return web.Response(status=await webhook.deliver(body))

    app.router.add_get(WHATSAPP_PATH, verify, allow_head=False)
    app.router.add_post(WHATSAPP_PATH, deliver)


async def deliver_signed(webhook: MetaWebhook, secret: str, body: bytes, signature: str) -> int:
    """Take *body* as if it was posted with *signature*, and return the status it is told."""
    if not signature_ok(signature, body, secret):
        return UNAUTHORIZED
    return await webhook.deliver(body)


def _signed(request: web.Request, body: bytes, secret: str) -> bool:
    """Say whether Meta signed *body*; without a secret only this very machine may call."""
    if secret:
        return signature_ok(request.headers.get(SIGNATURE, ""), body, secret)
    return allowed("", "", "", request.remote, forwarded=FORWARDED in request.headers)
