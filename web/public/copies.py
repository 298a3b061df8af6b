"""The page behind the link to a copy of one's own data: it opens once, by a button.

A link alone opens nothing: programs that look at links in messages would use it up.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from web.pages import PAGES

STYLED = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
PATH = "/data/{token:[A-Za-z0-9_-]{40,400}}"


@dataclass(frozen=True, slots=True)
class CopyPages:
    """The two requests of that page. *now* is aware UTC."""

    holds: Callable[[str, datetime], bool]
    copy: Callable[[str, datetime], Awaitable[str | None]]
    now: Callable[[], datetime]

    async def ask(self, request: web.Request) -> web.Response:
        """GET: what the button opens."""
        if not self.holds(request.match_info["token"], self.now()):
            return self._gone(request)
        return request.app[PAGES].page(request, "copy.html", path=request.path)

    async def open(self, request: web.Request) -> web.Response:
        """POST: the copy, once."""
        copy = await self.copy(request.match_info["token"], self.now())
        if copy is None:
            return self._gone(request)
        headers = {"Content-Security-Policy": STYLED}  # the copy needs nothing but itself
        return web.Response(text=copy, content_type="text/html", headers=headers)

    def _gone(self, request: web.Request) -> web.Response:
        return request.app[PAGES].page(request, "copy_gone.html", 404)


def add_copies(app: web.Application, pages: CopyPages) -> None:
    """Serve *pages* to whoever holds such a link; add_pages comes first."""
    app.router.add_get(PATH, pages.ask)
    app.router.add_post(PATH, pages.open)
