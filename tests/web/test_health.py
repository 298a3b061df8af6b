"""What operators read."""

import pytest
from aiohttp import web

from tests.web.stage import client
from web.health import Readiness, add_health, exposition

WELL = Readiness(database=True)


def site(readiness: Readiness, **measures: float) -> web.Application:
    """Return an application in that condition."""

    async def ready() -> Readiness:
        return readiness

    app = web.Application()
    add_health(app, ready, lambda: measures)
    return app


async def test_a_living_process_says_so() -> None:
    """/healthz answers without asking anything of the database."""
    async with client(site(Readiness(database=False))) as operator:
        answer = await operator.get("/healthz")
        assert (answer.status, await answer.text()) == (200, "ok\n")


@pytest.mark.parametrize(
    ("readiness", "status"),
    [
        (WELL, 200),
        (Readiness(database=False), 503),
        (Readiness(database=True, loops=False), 503),
    ],
)
async def test_readiness(readiness: Readiness, status: int) -> None:
    """/readyz is 200 when the database takes commits and every loop runs."""
    async with client(site(readiness)) as operator:
        answer = await operator.get("/readyz")
        assert answer.status == status
        told = await answer.json()
        assert told == {"database": readiness.database, "loops": readiness.loops}


async def test_metrics_are_prometheus_text() -> None:
    """/metrics names each family once, with its type, counters before their labels."""
    async with client(site(WELL, turns_total=3, outbox_age_seconds=0.5)) as operator:
        answer = await operator.get("/metrics")
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        assert await answer.text() == (
            "# TYPE satupintu_outbox_age_seconds gauge\n"
            "satupintu_outbox_age_seconds 0.5\n"
            "# TYPE satupintu_turns_total counter\n"
            "satupintu_turns_total 3\n"
        )


def test_labels_share_one_type_line() -> None:
    """Samples of one family stand together under one TYPE line."""
    lines = list(exposition({'sent_total{channel="sms"}': 1, "sent_total": 9}))
    assert lines == [
        "# TYPE satupintu_sent_total counter\n",
        "satupintu_sent_total 9\n",
        'satupintu_sent_total{channel="sms"} 1\n',
    ]


@pytest.mark.parametrize("name", ["", "Sent", 'sent{a="\n"}', "sent total"])
def test_a_bad_name_is_a_bug(name: str) -> None:
    """A name that Prometheus would not read is refused, not passed on."""
    with pytest.raises(ValueError, match="metric"):
        list(exposition({name: 1}))
