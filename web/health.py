"""What operators ask: is it alive, is it ready, and how is it doing."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping

import msgspec
from aiohttp import web
from msgspec import Struct

Measures = Mapping[str, float]
PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
NAME = re.compile(r"[a-z_]+(?:\{[a-z_]+=\"[^\"\\\n]*\"(?:,[a-z_]+=\"[^\"\\\n]*\")*\})?")


class Readiness(Struct, frozen=True, kw_only=True):
    """Whether work can be done now.

    *database* says that it takes a commit, not only that it answers; *loops*, that all that must
    run beside the requests does. How old the outbox is stands in the metrics: another process
    would not send its replies any sooner.
    """

    database: bool
    loops: bool = True


class Health:
    """The three addresses. None of them tells anything about anybody."""

    def __init__(
        self,
        ready: Callable[[], Awaitable[Readiness]],
        measures: Callable[[], Measures],
    ) -> None:
        self._ready = ready
        self._measures = measures

    async def alive(self, _request: web.Request) -> web.Response:
        """GET /healthz: the process answers."""
        return web.Response(text="ok\n")

    async def ready(self, _request: web.Request) -> web.Response:
        """GET /readyz: 200 when the database takes commits and every loop runs, else 503."""
        found = await self._ready()
        well = found.database and found.loops
        body = msgspec.json.encode(found)
        kind = "application/json"
        return web.Response(status=200 if well else 503, body=body, content_type=kind)

    async def metrics(self, _request: web.Request) -> web.Response:
        """GET /metrics: Prometheus' text format."""
        body = "".join(exposition(self._measures())).encode()
        return web.Response(body=body, headers={"Content-Type": PROMETHEUS})


def exposition(measures: Measures) -> Iterator[str]:
    """Yield the lines of *measures*, named as in 'messages_total{channel="sms"}'.

    Names ending in _total are counters, all others gauges; every name gets the prefix
    satupintu_. Raises ValueError for a name that Prometheus would not read.
    """
    told: set[str] = set()
    for name in sorted(measures, key=lambda name: (name.partition("{")[0], name)):
        if not NAME.fullmatch(name):
            raise ValueError("not a metric's name")
        family = f"satupintu_{name.partition('{')[0]}"
        if family not in told:
            told.add(family)
            yield f"# TYPE {family} {'counter' if family.endswith('_total') else 'gauge'}\n"
        yield f"satupintu_{name} {measures[name]:.15g}\n"


def add_health(
    app: web.Application,
    ready: Callable[[], Awaitable[Readiness]],
    measures: Callable[[], Measures],
) -> None:
    """Serve the three addresses."""
    health = Health(ready, measures)
    app.router.add_get("/healthz", health.alive)
    app.router.add_get("/readyz", health.ready)
    app.router.add_get("/metrics", health.metrics)
