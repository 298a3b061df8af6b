"""The chat from which somebody of a village works: bound by a code that is shown once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from casework.village.chats import Chats
from referrals.district.staffing import Power
from web.console.addresses import VILLAGE
from web.console.guard import sheet_of, signed, staff_of
from web.console.shell import Shell

CHAT = f"{VILLAGE}/chat"


@dataclass(frozen=True, slots=True)
class ChatPages:
    """The requests of that page."""

    shell: Shell
    chats: Chats
    now: Callable[[], datetime]

    async def show(self, request: web.Request) -> web.StreamResponse:
        """GET: how many chats are bound, and the way to one more."""
        return await self._page(request)

    async def change(self, request: web.Request) -> web.StreamResponse:
        """POST: show a new code, or let every chat go."""
        staff = staff_of(request)
        if sheet_of(request).text("do") == "end":
            await self.chats.let_go(staff, self.now())
            return await self._page(request, ended=True)
        return await self._page(request, code=await self.chats.offer(staff, self.now()))

    async def _page(
        self, request: web.Request, *, code: str = "", ended: bool = False
    ) -> web.Response:
        bound = await self.chats.of(staff_of(request), self.now())
        return self.shell.page(
            request,
            "console/village/chat.html",
            bound=len(bound),
            code=f"{code[:4]} {code[4:]}".strip(),
            ended=ended,
            path=CHAT,
        )


def add_chat(app: web.Application, pages: ChatPages) -> None:
    """Serve it; the guard comes first."""
    app.router.add_get(CHAT, signed(Power.VILLAGE)(pages.show))
    app.router.add_post(CHAT, signed(Power.VILLAGE)(pages.change))
