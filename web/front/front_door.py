"""The one port: the fast lane for webhooks in front, aiohttp behind it."""

import asyncio
from collections.abc import Mapping

from aiohttp import web

from handlers.whatsapp import signature_ok
from web.front.bare_errors import BareErrors, plain_only
from web.front.fast_lane import Connection, Front, Patience
from web.front.lanes import Lane
from web.hooks.webhooks import TELEGRAM_SECRET, Webhook
from web.hooks.whatsapp import SIGNATURE, WHATSAPP_PATH, MetaWebhook
from web.unproven import UNPROVEN, Unproven

LONGEST_LINE = 64 << 10  # bytes: Kannel tells a text in the address, each letter as up to nine
KEPT = 75.0  # seconds that a page's connection may be idle


def telegram_lane(webhook: Webhook, secret: str) -> dict[str, Lane]:
    """Return the lane for Telegram's updates, where add_telegram takes them too."""
    return {"/telegram": Lane(webhook, TELEGRAM_SECRET.lower().encode(), secret)}


def whatsapp_lane(webhook: MetaWebhook, secret: str) -> dict[str, Lane]:
    """Return the lane for Meta's deliveries, where add_whatsapp takes them too."""
    return {WHATSAPP_PATH: Lane(webhook, SIGNATURE.lower().encode(), secret, signs=signature_ok)}


class FrontDoor:
    """Listens in the place of web.TCPSite: *lanes* by exact path, all else *runner*'s.

    *runner* is set up before and cleaned up after; what became aiohttp's is its to close.
    """

    def __init__(
        self,
        runner: web.BaseRunner,
        lanes: Mapping[str, Lane],
        patience: Patience | None = None,
        unproven: Unproven = UNPROVEN,
    ) -> None:
        if runner.server is None:
            raise RuntimeError("the runner is to be set up first")
        self._pages = runner.server
        self._pages.request_handler = plain_only(self._pages.request_handler)
        self._front = Front(lanes, self._page_connection, patience or Patience(), unproven)

    async def start(
        self, host: str, port: int, *, backlog: int = 128, reuse_port: bool | None = None
    ) -> None:
        """Listen; port 0 takes a free one. Raises OSError where the address is taken."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            self._connection, host, port, backlog=backlog, reuse_port=reuse_port
        )
        self.port: int = self._server.sockets[0].getsockname()[1]
        self._patrolling = loop.call_later(self._front.patience.patrol, self._patrol)

    async def close(self) -> None:
        """Stop listening, let what is in flight finish (5 s at most), close what is ours."""
        self._front.closing = True
        self._patrolling.cancel()
        self._server.close()
        for connection in tuple(self._front.connections):
            connection.close()
        turns = [held.turn for held in self._front.connections if held.turn is not None]
        if turns:
            await asyncio.wait(turns, timeout=self._front.patience.parting)
        await asyncio.sleep(0)  # closed connections say goodbye in the loop's next round
        for connection in tuple(self._front.connections):
            connection.abort()

    def _connection(self) -> Connection:
        return Connection(self._front)

    def _page_connection(self) -> BareErrors:
        return BareErrors(
            self._pages,
            loop=asyncio.get_running_loop(),
            keepalive_timeout=KEPT,
            max_line_size=LONGEST_LINE,
            lingering_time=self._front.patience.parting,
            auto_decompress=False,  # it would unpack even what nobody reads
            access_log=None,  # type: ignore[arg-type]  # aiohttp's own way to say "no log"
        )

    def _patrol(self) -> None:
        """End every connection whose client let its time pass: one timer for all of them."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        for connection in tuple(self._front.connections):
            if connection.overdue(now):
                connection.abort()
        self._patrolling = loop.call_later(self._front.patience.patrol, self._patrol)
