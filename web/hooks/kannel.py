"""Kannel's smsbox: it tells messages and reports in the address, and wants an empty text back."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from msgspec import Struct

from handlers.arrival import NotUnderstood
from handlers.sms_kannel import fields
from web.hooks.webhooks import BAD_REQUEST, UNAUTHORIZED, Webhook, allowed
from web.visitors import FORWARDED

PATH = "/sms/kannel"
RECEIPTS = f"{PATH}/receipt"
SECRET = b"secret"  # the field, for Kannel can send no header of ours


class KannelHooks(Struct, frozen=True):
    """Where smsbox hands in what citizens wrote, and how far our messages came."""

    messages: Webhook
    reports: Webhook


def add_kannel(app: web.Application, hooks: KannelHooks, secret: str) -> None:
    """Take messages at /sms/kannel and reports at /sms/kannel/receipt."""
    for path, webhook in ((PATH, hooks.messages), (RECEIPTS, hooks.reports)):
        app.router.add_get(path, asked(webhook, secret), allow_head=False)


def asked(webhook: Webhook, secret: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Return *webhook* as a handler that reads the address, of who knows *secret* alone."""

    async def handle(request: web.Request) -> web.Response:
        query = request.rel_url.raw_query_string.encode(errors="surrogateescape")
        try:
            given = fields(query).get(SECRET, b"").decode(errors="surrogateescape")
        except NotUnderstood:
            return web.Response(status=BAD_REQUEST)
        forwarded = FORWARDED in request.headers
        if not allowed(given, secret, "", request.remote, forwarded=forwarded):
            return web.Response(status=UNAUTHORIZED)
        status = await webhook.deliver(query)
        return web.Response(status=status, body=b"", content_type="text/plain")

    return handle
