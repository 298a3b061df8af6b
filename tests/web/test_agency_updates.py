"""What offices' programs post: who is believed, what is understood, what they are told."""

import asyncio
import base64
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from casework.programs.office_news import Update, Verdict
from handlers.agencies.signature import Keys, Stamp, read_keys, signed
from storage.database.errors import StoreUnavailable
from web import forms
from web.offices.agency_updates import (
    ANSWERS,
    AT_ONCE,
    LARGEST,
    STATUSES,
    Posting,
    add_agency_updates,
    update_in,
)
from web.uploads import SMALL_FORM

SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()
OLD = "whsec_" + base64.b64encode(b"another secret of thirty-two byt").decode()
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
BODY = b'{"ticket": "4821 0937 9", "status": "SELESAI", "words": "sudah dicetak"}'
Client = TestClient[web.Request, web.Application]


@dataclass
class Casework:
    """Remembers what it is told; answers *verdict*, or that the database is away."""

    taken: list[tuple[str, Update]] = field(default_factory=list)
    verdict: Verdict = Verdict.DONE
    away: bool = False

    def keys(self, code: str) -> Keys | None:
        """Return the keys of the one office whose program may post."""
        return read_keys(f"{SECRET} {OLD}") if code == "disdukcapil" else None

    async def take(self, code: str, update: Update, now: datetime) -> Verdict:
        """Take *update*."""
        if self.away:
            raise StoreUnavailable
        self.taken.append((code, update))
        return self.verdict


@pytest.fixture
def casework() -> Casework:
    """Give a casework that remembers."""
    return Casework()


@pytest.fixture
async def client(casework: Casework) -> AsyncIterator[Client]:
    """Give a client of the address where updates are taken."""
    app = web.Application()
    add_agency_updates(app, Posting(casework.keys, casework.take, lambda: NOW))
    async with TestClient(TestServer(app)) as client:
        yield client


def head(body: bytes = BODY, *, secret: str = SECRET, at: datetime = NOW) -> dict[str, str]:
    """Return the headers under which the standard package would send *body*."""
    if not body.isascii():  # the package signs texts alone
        return signed(read_keys(secret), Stamp("msg_1", at), body)
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign("msg_1", at, body.decode()),
    }


async def post(
    client: Client, headers: dict[str, str], body: bytes = BODY, office: str = "disdukcapil"
) -> tuple[int, bytes]:
    """Post and return the answer."""
    async with client.post(
        f"/agencies/{office}/updates", data=BytesIO(body), headers=headers
    ) as answer:
        return answer.status, await answer.read()


@pytest.mark.parametrize("secret", [SECRET, OLD])
async def test_who_knows_a_secret_is_heard(
    client: Client, casework: Casework, secret: str
) -> None:
    """With either secret while one gives way to the other; the message's id is the update's."""
    assert await post(client, head(secret=secret)) == (200, b'{"outcome":"done"}')
    assert casework.taken == [
        (
            "disdukcapil",
            Update(id="msg_1", ticket="482109379", status="SELESAI", words="sudah dicetak"),
        )
    ]


@pytest.mark.parametrize(
    "changed",
    [
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": ""},
        {"webhook-signature": "v1,é"},
        {"webhook-id": "msg_2"},
        {"webhook-id": ""},
        {"webhook-timestamp": str(int(NOW.timestamp()) + 1)},
        {"webhook-timestamp": "soon"},
    ],
)
async def test_a_forged_update_is_refused(
    client: Client, casework: Casework, changed: dict[str, str]
) -> None:
    """One changed header, and nothing is read."""
    assert await post(client, head() | changed) == (401, b"")
    assert not casework.taken


async def test_only_so_many_large_bodies_are_held(
    client: Client, casework: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who sends large bodies unsigned fills no memory, and keeps out no small update."""
    monkeypatch.setattr(forms, "PATIENCE", 1.0)

    async def trickle() -> AsyncIterator[bytes]:
        yield bytes(SMALL_FORM)
        await asyncio.sleep(3)

    async def attack() -> int:
        url = "/agencies/disdukcapil/updates"
        async with client.post(url, data=trickle(), headers=head()) as answer:
            return answer.status

    attacks = [asyncio.create_task(attack()) for _ in range(AT_ONCE + 3)]
    done, held = await asyncio.wait(attacks, timeout=0.5)
    assert [one.result() for one in done] == [503] * 3
    assert (await post(client, head()))[0] == 200
    assert [await one for one in held] == [408] * AT_ONCE
    large = BODY + b" " * SMALL_FORM
    assert (await post(client, head(large), large))[0] == 200


async def test_a_changed_body_is_refused(client: Client, casework: Casework) -> None:
    """The signature is of the very bytes: a blank more is another message."""
    assert (await post(client, head(), BODY + b" "))[0] == 401
    assert not casework.taken


@pytest.mark.parametrize("minutes", [-6, 6])
async def test_a_message_of_other_minutes_is_refused(
    client: Client, casework: Casework, minutes: int
) -> None:
    """What was recorded on the way cannot be played again after five minutes."""
    assert (await post(client, head(at=NOW + timedelta(minutes=minutes))))[0] == 401
    assert not casework.taken


@pytest.mark.parametrize("office", ["dinsos", "nobody", "desa-9901012001"])
async def test_an_office_without_a_program_is_a_stranger(client: Client, office: str) -> None:
    """An unknown office and one whose row names no program get what a wrong signature gets."""
    assert await post(client, head(), office=office) == (401, b"")


async def test_other_methods_and_names_lead_nowhere(client: Client) -> None:
    """The address takes posts alone, for codes as rows write them."""
    async with client.get("/agencies/disdukcapil/updates") as answer:
        assert answer.status == 405
    for office in ("DISDUKCAPIL", "a" * 61, "%00"):
        assert (await post(client, head(), office=office))[0] == 404


async def test_a_body_that_is_too_large(client: Client, casework: Casework) -> None:
    """More than 8 MiB is not read to its end, whatever its signature."""
    body = b" " * (LARGEST + 1)
    assert (await post(client, head(body), body))[0] == 413
    assert not casework.taken


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"{",
        b"\xff\xfe",
        b'{"ticket": "482109379"}',
        b'{"ticket": 482109379, "status": "SELESAI"}',
        b'{"ticket": "48210937", "status": "SELESAI"}',
        '{"ticket": "٤٨٢١٠٩٣٧٥", "status": "SELESAI"}'.encode(),
        b'{"ticket": "482109379\\n", "status": "SELESAI"}',
        b'{"ticket": "482109379", "status": ""}',
        b'{"ticket": "482109379", "status": "SELESAI", "leg": 0}',
        b'{"ticket": "482109379", "status": "SELESAI", "leg": "1"}',
        b'{"ticket": "482109379", "status": "SELESAI", "expected": "besok"}',
        b'{"ticket": "482109379", "status": "SELESAI", "occurred_at": "2026-11-23T03:00:00"}',
        b'{"ticket": "482109379", "status": "SELESAI", "words": "\\ud800"}',
    ],
)
async def test_what_is_not_understood(client: Client, casework: Casework, body: bytes) -> None:
    """A body that is no update is told so and changes nothing; the answer quotes none of it."""
    assert await post(client, head(body), body) == (400, b"")
    assert not casework.taken


async def test_everything_that_can_be_said(client: Client, casework: Casework) -> None:
    """Every key is read; keys of later versions are left alone."""
    body = (
        b'{"id": "u-7", "ticket": "482109379", "leg": 2, "reference": "DS-77", "status": "TUNGGU",'
        b' "words": "kuota", "reason": "quota", "better": "dinsos", "expected": "2026-12-01",'
        b' "occurred_at": "2026-11-23T10:00:00+07:00", "later": [1]}'
    )
    assert (await post(client, head(body), body))[0] == 200
    (_, update), = casework.taken  # fmt: skip
    assert update == Update(
        id="u-7",
        ticket="482109379",
        leg=2,
        reference="DS-77",
        status="TUNGGU",
        words="kuota",
        reason="quota",
        better="dinsos",
        expected=date(2026, 12, 1),
        occurred_at=NOW,
    )


@pytest.mark.parametrize("verdict", Verdict)
async def test_every_verdict_has_its_answer(
    client: Client, casework: Casework, verdict: Verdict
) -> None:
    """A status that says whether to send it again, and one constant word."""
    casework.verdict = verdict
    assert await post(client, head()) == (STATUSES[verdict], ANSWERS[verdict])


async def test_a_database_that_is_away(client: Client, casework: Casework) -> None:
    """503: nothing was kept, deliver again."""
    casework.away = True
    assert await post(client, head()) == (503, b"")


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading(body: bytes) -> None:
    """Whatever is signed and sent is an update or is not understood."""
    found = update_in(body, Stamp("msg_1", NOW))
    assert found is None or found.ticket.isdigit()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)
KEYS = st.sampled_from(
    ["ticket", "status", "leg", "id", "words", "reason", "better", "expected", "occurred_at"]
)


@given(st.dictionaries(KEYS, VALUES | st.just("482109379") | st.just("2026-11-23T03:00:00Z")))
def test_no_shape_breaks_the_reading(body: dict[str, object]) -> None:
    """Right keys with wrong values are read as far as the types allow, or not at all."""
    found = update_in(msgspec.json.encode(body), Stamp("msg_1", NOW))
    assert found is None or (len(found.ticket) == 9 and found.status)
