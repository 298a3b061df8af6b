"""The demo's inbox: the messages that agencies would get, newest first.

What goes to a vault's office is opened from that office's own mailbox alone.
"""

from collections.abc import Awaitable, Sequence
from typing import Protocol
from urllib.parse import urlsplit

from aiohttp import web

from casework.ticket.views import Letter
from web.pages import PAGES

MOST = 60  # letters on the page


class ReadLetters(Protocol):
    """How letters are read back; see `casework.post.inbox.Inbox.letters`."""

    def __call__(
        self, agency: str | None = None, *, vault: bool = False
    ) -> Awaitable[Sequence[Letter]]:
        """Return the newest letters."""
        ...


class Inbox:
    """Shows letters on a page of their own, and as the part that pages refresh."""

    def __init__(self, letters: ReadLetters) -> None:
        self._letters = letters

    async def page(self, request: web.Request) -> web.Response:
        """GET /inbox."""
        return self._shown(request, "inbox.html", await self._letters())

    async def part(self, request: web.Request) -> web.Response:
        """GET /inbox/letters: only the list."""
        return self._shown(request, "letters.html", await self._letters())

    async def mailbox(self, request: web.Request) -> web.Response:
        """GET /inbox/of/{agency}: what one office alone reads, a vault's links among it."""
        letters = await self._letters(request.match_info["agency"], vault=True)
        return self._shown(request, "inbox.html", letters, alone=True)

    def _shown(
        self,
        request: web.Request,
        template: str,
        letters: Sequence[Letter],
        *,
        alone: bool = False,
    ) -> web.Response:
        found = sorted(letters, key=lambda letter: letter.at, reverse=True)
        rows = [(letter, own_path(letter.link)) for letter in found[:MOST]]
        return request.app[PAGES].page(request, template, rows=rows, alone=alone)


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
    app.router.add_get("/inbox/of/{agency:[a-z0-9-]{1,40}}", inbox.mailbox)
