"""A short visit to one ticket that was proven: a signed cookie, and the word of its forms."""

import hmac
from datetime import datetime, timedelta
from hashlib import blake2b

from aiohttp import web
from msgspec import Struct

from web.cookies import Cookie

VALID = timedelta(minutes=20)
SIZE = 20  # bytes of a signature


class Visit(Struct, frozen=True):
    """The ticket that was proven, and the word that the visit's own forms carry."""

    code: str
    word: str

    def __repr__(self) -> str:
        return f"Visit({self.code})"


class Visits:
    """Opens, reads and ends visits; the cookie goes to the pages below *path* and nowhere else."""

    def __init__(self, secret: bytes, path: str, *, secure: bool) -> None:
        name = "__Secure-lacak" if secure else "lacak"
        self._secret = secret
        self._cookie = Cookie(name=name, path=path, secure=secure, lasts=VALID, site="Strict")

    def open(self, answer: web.Response, code: str, token: str, now: datetime) -> None:
        """Let whoever gets *answer* visit *code* for VALID from *now*; *token* is by chance."""
        said = f"{code}.{int((now + VALID).timestamp())}.{token}"
        self._cookie.give(answer, f"{said}.{self._signed('visit', said)}")

    def read(self, request: web.Request, now: datetime) -> Visit | None:
        """Return the visit in *request*, or None where it is over, forged or not there."""
        said, _, signature = self._cookie.read(request).rpartition(".")
        if not hmac.compare_digest(self._signed("visit", said).encode(), signature.encode()):
            return None
        code, ends, _ = said.split(".")
        return Visit(code, self._signed("word", said)) if now.timestamp() < int(ends) else None

    def end(self, answer: web.Response) -> None:
        """End the visit of whoever gets *answer*."""
        self._cookie.take(answer)

    def _signed(self, use: str, said: str) -> str:
        made = blake2b(said.encode(), key=self._secret, digest_size=SIZE, person=use.encode())
        return made.hexdigest()
