"""The paths that the fast lane takes itself, and who may call each."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from web.hooks.webhooks import Webhook, allowed
from web.visitors import FORWARDED

FORWARDED_NAME = FORWARDED.lower().encode()


class Lane(Struct, frozen=True):
    """One path's webhook; *header* (lower case) must give *secret* after *prefix*.

    Where *signs* is set, the header is a signature of the body by the secret, judged with it.
    """

    webhook: Webhook
    header: bytes
    secret: str
    prefix: str = ""
    signs: Callable[[str, bytes, str], bool] | None = None

    def admits(self, headers: Mapping[bytes, bytes], remote: str | None) -> bool:
        """Say whether who sent *headers* may send a body; *remote* is the other end's address."""
        if self.signs and self.secret:
            return bool(self._given(headers))
        forwarded = FORWARDED_NAME in headers
        return allowed(self._given(headers), self.secret, self.prefix, remote, forwarded=forwarded)

    def trusts(self, headers: Mapping[bytes, bytes], body: bytes) -> bool:
        """Say whether *body*, which came after *headers* that were admitted, may be read."""
        if not self.signs or not self.secret:
            return True
        return self.signs(self._given(headers), body, self.secret)

    def _given(self, headers: Mapping[bytes, bytes]) -> str:
        return headers.get(self.header, b"").decode(errors="replace")
