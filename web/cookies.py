"""The cookies we give, all with the same flags; a browser brings of them whatever it likes."""

from datetime import timedelta
from typing import Literal

from aiohttp import web
from msgspec import Struct


class Cookie(Struct, frozen=True, kw_only=True):
    """A cookie of ours: no script reads it, and no other site has it sent.

    It goes to the pages below *path*, with *secure* on https alone, and *lasts* so long, or until
    the browser is closed. *site* is Strict where nobody has to come by a link from elsewhere.
    """

    name: str
    path: str
    secure: bool
    lasts: timedelta | None = None
    site: Literal["Lax", "Strict"] = "Lax"

    def give(self, answer: web.StreamResponse, value: str) -> None:
        """Have the browser that gets *answer* bring *value*."""
        answer.set_cookie(
            self.name,
            value,
            path=self.path,
            max_age=int(self.lasts.total_seconds()) if self.lasts else None,
            httponly=True,
            samesite=self.site,
            secure=self.secure,
        )

    def take(self, answer: web.StreamResponse) -> None:
        """Have the browser that gets *answer* forget it."""
        answer.del_cookie(
            self.name, path=self.path, httponly=True, samesite=self.site, secure=self.secure
        )

    def read(self, request: web.Request) -> str:
        """Return what *request* brings of it, empty where it brings nothing of ours."""
        return brought(request, self.name)


def brought(request: web.Request, name: str) -> str:
    """Return the cookie *name*, empty where there is none or it holds what we never write."""
    value = request.cookies.get(name, "")
    return value if value.isascii() else ""
