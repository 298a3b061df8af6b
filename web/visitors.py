"""Who asks from where, and how often: for pages that anybody may open."""

from datetime import datetime
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Self

from aiohttp import web
from msgspec import Struct

FORWARDED = "X-Forwarded-For"  # written by proxies, and by whoever asks
BURST = 30  # tries that may come at once from one address: an office's visitors share theirs
EVERY = 60.0  # seconds after which one more may come
REMEMBERED = 10_000  # addresses; the others start afresh
HOME = 64  # bits of an IPv6 address that one household has for itself
OURSELVES = "127.0.0.0/8,::1"  # a proxy on our own machine

Ip = IPv4Address | IPv6Address


class Proxies(Struct, frozen=True):
    """The proxies that are believed about who stands behind them: nobody else is."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    @classmethod
    def read(cls, text: str) -> Self:
        """Return those of *text*, addresses and networks with commas between.

        Raises ValueError naming what is neither.
        """
        named = (one.strip() for one in text.split(","))
        return cls(tuple(ip_network(one) for one in named if one))

    def has(self, address: Ip) -> bool:
        """Tell whether *address* is one of them."""
        plain = getattr(address, "ipv4_mapped", None) or address
        return any(plain in network for network in self.networks)


PROXIES = web.AppKey("proxies", Proxies)
NEAR = Proxies.read(OURSELVES)


def visitor_of(request: web.Request) -> str:
    """Return the internet address that *request* comes from; of IPv6, its household's network.

    X-Forwarded-For counts only where a proxy of ours wrote it, and of it the last address that
    is no proxy of ours: whoever asks can write all that stand before.
    """
    proxies, found = request.app.get(PROXIES, NEAR), _ip(request.remote or "")
    told = ",".join(request.headers.getall(FORWARDED, ())).split(",")
    while found is not None and proxies.has(found) and told:
        behind = _ip(_bare(told.pop().strip()))
        if behind is None:
            break
        found = behind
    return _named(found)


def _bare(told: str) -> str:
    """Return the address of *told* without the port that some proxies write behind it."""
    if told.startswith("["):
        return told[1:].partition("]")[0]
    return told.partition(":")[0] if told.count(":") == 1 else told


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
