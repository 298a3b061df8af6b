"""Who asks from where, and how often: for pages that anybody may open."""

from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from aiohttp import web

from web.webhooks import FORWARDED

BURST = 30  # tries that may come at once from one address: an office's visitors share theirs
EVERY = 60.0  # seconds after which one more may come
REMEMBERED = 10_000  # addresses; the others start afresh
HOME = 64  # bits of an IPv6 address that one household has for itself

Ip = IPv4Address | IPv6Address


def visitor_of(request: web.Request) -> str:
    """Return the internet address that *request* comes from; of IPv6, its household's network.

    What a proxy says counts only where the other end stands in our own network, and of it the
    last address alone: whoever asks can write the others.
    """
    peer = _ip(request.remote or "")
    if peer is None or not peer.is_private:
        return _named(peer)
    told = _ip(request.headers.get(FORWARDED, "").rpartition(",")[2].strip())
    return _named(told or peer)


def _ip(text: str) -> Ip | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _named(address: Ip | None) -> str:
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Network((address, HOME), strict=False))
    return str(address or "")


class Crowd:
    """Counts tries of each visitor; who tried too often may come again a little later."""

    def __init__(self) -> None:
        self._left: dict[str, tuple[float, float]] = {}  # since when, and how many

    def lets(self, visitor: str, now: datetime) -> bool:
        """Count one try of *visitor*; tell whether it may be made."""
        at = now.timestamp()
        before, left = self._left.pop(visitor, (at, float(BURST)))
        left = min(BURST, left + (at - before) / EVERY)
        self._left[visitor] = (at, max(left - 1, 0.0))
        if len(self._left) > REMEMBERED:
            del self._left[next(iter(self._left))]
        return left >= 1
