"""The page behind the link in a citizen's notice: what an office shows for its work."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from casework.ticket.views import Opened, ProofView
from referrals.choosing import Refusal
from web.opened import file_answer
from web.pages import PAGES

See = Callable[[str, datetime], Awaitable[ProofView | None]]
Open = Callable[[str, int, datetime], Awaitable[Opened | Refusal | None]]

PATH = "/bukti/{token:[A-Za-z0-9_.-]{1,80}}"


@dataclass(frozen=True, slots=True)
class ProofPages:
    """The two requests of that page. *now* is aware UTC."""

    see: See
    open: Open
    now: Callable[[], datetime]

    async def show(self, request: web.Request) -> web.Response:
        """GET: the proofs, and how to answer."""
        view = await self.see(request.match_info["token"], self.now())
        if view is None:
            return self._gone(request)
        return request.app[PAGES].page(request, "proof.html", view=view, path=request.path)

    async def file(self, request: web.Request) -> web.Response:
        """GET: one of them, which the audit notes."""
        place = int(request.match_info["place"])
        opened = await self.open(request.match_info["token"], place, self.now())
        return self._gone(request) if opened is None else file_answer(request, opened)

    def _gone(self, request: web.Request) -> web.Response:
        return request.app[PAGES].page(request, "proof_gone.html", 404)


def add_proofs(app: web.Application, pages: ProofPages) -> None:
    """Serve *pages* to whoever holds a citizen's link; add_pages comes first."""
    app.router.add_get(PATH, pages.show)
    app.router.add_get(PATH + r"/{place:\d{1,3}}", pages.file)
