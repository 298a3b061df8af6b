"""The demo's inbox: the messages that agencies would get, newest first."""

from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

from aiohttp import web

from casework.views import Letter
from web.pages import PAGES

ReadLetters = Callable[[], Awaitable[Sequence[Letter]]]
MOST = 60  # letters on the page


class Inbox:
    """Shows letters on a page of their own, and as the part that pages refresh."""

    def __init__(self, letters: ReadLetters) -> None:
        self._letters = letters

    async def page(self, request: web.Request) -> web.Response:
        """GET /inbox."""
        return await self._shown(request, "inbox.html")

    async def part(self, request: web.Request) -> web.Response:
        """GET /inbox/letters: only the list."""
        return await self._shown(request, "letters.html")

    async def _shown(self, request: web.Request, template: str) -> web.Response:
        found = sorted(await self._letters(), key=lambda letter: letter.at, reverse=True)
        rows = [(letter, own_path(letter.link)) for letter in found[:MOST]]
        return request.app[PAGES].page(request, template, rows=rows)


def own_path(link: str) -> str:
    """Return the path of *link* when it is one of our agency pages, else "".

    The demo may be open under another name than the one in the letter; the path works in both.
    """
    path = urlsplit(link).path
    return path if path.startswith("/agency/") else ""


def add_inbox(app: web.Application, letters: ReadLetters) -> None:
    """Serve the inbox; demo only."""
    inbox = Inbox(letters)
    app[PAGES].files.add("inbox.js")
    app.router.add_get("/inbox", inbox.page)
    app.router.add_get("/inbox/letters", inbox.part)
