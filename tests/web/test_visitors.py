"""From where somebody asks, and how often they may."""

from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict

from web.visitors import BURST, PROXIES, REMEMBERED, Crowd, Proxies, visitor_of

NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("peer", "forwarded", "visitor"),
    [
        ("1.2.3.4", "", "1.2.3.4"),
        ("1.2.3.4", "198.51.100.1", "1.2.3.4"),  # a stranger's word about themselves
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "198.51.100.1", "10.0.0.2"),  # a neighbour in our network is no proxy
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),  # the last is the proxy's own
        ("127.0.0.1", "127.0.0.1", "127.0.0.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1:5555", "198.51.100.1"),  # some proxies write the port as well
        ("127.0.0.1", "[2606:4700::1:2:3:4]:443", "2606:4700::/64"),
        ("127.0.0.1", "2606:4700::1:2:3:4", "2606:4700::/64"),
        ("::ffff:1.2.3.4", "", "1.2.3.4"),
        ("2606:4700::1:2:3:4", "", "2606:4700::/64"),
        ("", "", ""),
    ],
)
def test_where_somebody_asks_from(peer: str, forwarded: str, visitor: str) -> None:
    """A proxy of ours is believed about the other end; nobody is believed about themselves."""
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    bare = make_mocked_request("GET", "/lacak", headers=headers, app=web.Application())
    request = bare.clone(remote=peer)
    assert visitor_of(request) == visitor


NAMED = Proxies.read("10.1.0.0/16, 2001:db8::1")


@pytest.mark.parametrize(
    ("peer", "lines", "visitor"),
    [
        ("10.1.2.3", ["198.51.100.1"], "198.51.100.1"),
        ("::ffff:10.1.2.3", ["198.51.100.1"], "198.51.100.1"),
        ("2001:db8::1", ["6.6.6.6, 198.51.100.1, 10.1.9.9"], "198.51.100.1"),  # two of ours
        ("10.1.2.3", ["6.6.6.6", "198.51.100.1"], "198.51.100.1"),  # ours wrote a line of its own
        ("10.2.2.3", ["198.51.100.1"], "10.2.2.3"),
        ("127.0.0.1", ["198.51.100.1"], "127.0.0.1"),  # others were named instead
    ],
)
def test_only_proxies_that_are_named_are_believed(
    peer: str, lines: list[str], visitor: str
) -> None:
    """Of several the outermost counts, and of several lines the last: the others are anybody's."""
    app, headers = web.Application(), CIMultiDict(("X-Forwarded-For", one) for one in lines)
    app[PROXIES] = NAMED
    request = make_mocked_request("GET", "/lacak", headers=headers, app=app).clone(remote=peer)
    assert visitor_of(request) == visitor


def test_tries_come_back_with_time() -> None:
    """Who used them up gets one more each minute, and never more than there were."""
    crowd = Crowd()
    assert [crowd.lets("a", NOW) for _ in range(BURST + 1)] == [True] * BURST + [False]
    assert crowd.lets("b", NOW)
    assert crowd.lets("a", NOW + timedelta(minutes=2))
    later = NOW + timedelta(days=9)
    assert [crowd.lets("a", later) for _ in range(BURST + 1)] == [True] * BURST + [False]


def test_only_so_many_are_remembered() -> None:
    """A crowd of addresses takes no more memory than is set."""
    crowd = Crowd()
    for number in range(REMEMBERED + 5):
        crowd.lets(str(number), NOW)
    assert len(crowd._left) == REMEMBERED
