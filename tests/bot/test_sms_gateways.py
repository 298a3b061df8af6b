"""The whole house by SMS: from a gateway's call to the text on the plainest telephone."""

import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from conversations.messages import Address, Channel
from handlers.arrival import Arrived
from referrals import commands
from referrals.codes import read_code
from referrals.ticket import TicketState
from storage.database.migrate import migrate
from tests.bot.test_whole_loop import MOST_QUESTIONS, act
from tests.bot.texting import Aggregator, Call, Telephone, Texter, Village, open_village
from tests.fakes.sms_aggregator import SmsAggregator
from tests.fakes.sms_gate import SmsGate, signed
from tests.handlers.gateway_rows import SECRETS

MERAPI = "/sms/http/merapi"
ONE_LINE = "CEK#9901014107800001#0001"


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the rows' secrets into the environment."""
    for name, secret in SECRETS.items():
        monkeypatch.setenv(name, secret)


@asynccontextmanager
async def a_telephone() -> AsyncIterator[Telephone]:
    """Give a telephone; at the end everything it was sent must be as its description says."""
    gate = SmsGate()
    await gate.start()
    try:
        yield Telephone(gate)
    finally:
        await gate.close()
    assert gate.violations == []


@asynccontextmanager
async def an_aggregator() -> AsyncIterator[Aggregator]:
    """Give an aggregator that rows describe."""
    server = SmsAggregator()
    await server.start()
    try:
        yield Aggregator(server)
    finally:
        await server.close()


@pytest.fixture(params=["telephone", "aggregator"])
async def village(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path, secrets: None
) -> AsyncIterator[Village]:
    """Give a house that is reached through each kind of gateway, on each kind of database."""
    migrate(database_url)
    kinds = {"telephone": a_telephone, "aggregator": an_aggregator}
    async with (
        kinds[request.param]() as gateway,
        open_village(database_url, tmp_path, gateway) as found,
    ):
        yield found


async def known(village: Village) -> Texter:
    """Return somebody who agreed to the privacy notice."""
    texter = Texter(village)
    await texter.say("halo")
    await texter.pick("Setuju")
    return texter


async def file_papers(texter: Texter) -> str:
    """Have *texter* file a lost KTP, and return the ticket's code."""
    for label in ("Ajukan", "Rumah", "KTP"):
        await texter.pick(label)
    for _ in range(MOST_QUESTIONS):
        labels = list(texter.choices)
        if any(label.startswith("Ya, kirim") for label in labels):
            break
        if labels:
            await texter.pick(labels[0])
        elif "desa" in texter.got[-1].lower():
            await texter.say("Sukamaju")
        else:
            await texter.say("KTP saya hilang di pasar minggu lalu")
    code = read_code(await texter.pick("Ya, kirim"))
    assert code
    return code


async def test_status_by_one_line(village: Village) -> None:
    """Two texts out, two in, for who never wrote before."""
    texter = Texter(village)
    assert "Setuju?" in await texter.say(ONE_LINE)
    assert "Desil 2 dari 10" in "\n".join((await texter.say("ya"), *texter.got))


async def test_from_need_to_sudah(village: Village) -> None:
    """Filed by numbers, accepted, solved and confirmed in one line."""
    texter = await known(village)
    code = await file_papers(texter)
    await act(village.play, commands.Accept(leg=1))
    accepted = await texter.next()
    await act(village.play, commands.Resolve(leg=1), "KTP baru sudah dicetak")
    solved = await texter.next()
    await texter.say(f"SUDAH {code}")

    stored = await village.house.store.ticket(code)
    assert stored
    assert code[:4] in accepted
    assert "sudah selesai" in solved
    assert stored.ticket.state is TicketState.CLOSED


async def test_doubled_and_reordered_calls_do_nothing(village: Village) -> None:
    """Each came twice already; all of them again, backwards, change nothing."""
    texter = await known(village)
    await file_papers(texter)
    before = len(texter.got)
    for call in reversed(texter.calls):
        assert await village.call(call) == 200
    await village.house.outbox._pumps.wait(5)
    tickets = await village.house.store.tickets_of(Address(Channel.SMS, texter.number), 9)
    assert (len(texter.got), len(tickets)) == (before, 1)


@pytest.mark.parametrize("hang", [False, True], ids=["500", "hangs"])
async def test_a_gateway_that_fails_is_tried_again(village: Village, hang: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """The reply comes once it is back, once, and the next one behind it."""
    texter = Texter(village)
    sender = village.house.outbox._senders[Channel.SMS]
    sender._gateway._wire._timeout = 0.5  # type: ignore[attr-defined]  # nobody waits 30 s for a test
    village.gateway.fail(hang=hang)
    await texter.say("halo")
    await texter.pick("Setuju")
    await village.house.outbox._pumps.wait(5)
    assert len(texter.got) == len(set(texter.got)) >= 2


async def test_a_missed_call_shows_the_menu(village: Village) -> None:
    """An empty text is no mistake of anybody's."""
    texter = await known(village)
    assert "Ajukan kebutuhan" in await texter.say("")


async def test_a_stranger_abroad_is_passed_over(village: Village) -> None:
    """The gateway is told that all is well, and nothing is sent to a country that no row names."""
    call = village.gateway.brings("+60123456789", "halo", village.clock)
    assert await village.call(call) == 200
    assert village.house.door.counts["unserved"] == 1
    assert not village.gateway.to("+60123456789")


async def test_a_telephone_says_what_became_of_ours(sqlite_url: str, tmp_path: Path) -> None:
    """Its receipts name each text as we did, in whatever order, twice, and once per segment."""
    async with a_telephone() as phone, open_village(sqlite_url, tmp_path, phone) as village:
        await Texter(village).say("halo")
        (sent,) = phone.gate.sent
        for event in ("sms:delivered", "sms:delivered", "sms:sent"):
            told = phone.tells(event, village.clock, messageId=sent["id"])
            assert await village.call(told) == 200
        counts = village.house.receipts.counts
        assert (counts[Arrived.DELIVERED], counts[Arrived.SENT]) == (2, 1)


async def test_an_aggregator_says_what_became_of_ours(
    sqlite_url: str, tmp_path: Path, secrets: None
) -> None:
    """Signed as its row says; what is not signed so is not believed."""
    async with an_aggregator() as gateway, open_village(sqlite_url, tmp_path, gateway) as village:
        await Texter(village).say("halo")
        (asked,) = gateway.server.taken
        name = asked.json["messages"][0]["destinations"][0]["messageId"]
        told = {"results": [{"messageId": name, "status": {"groupName": "DELIVERED"}}]}
        body, stamp = json.dumps(told).encode(), str(int(village.clock.now().timestamp()))
        key, counts = SECRETS["MERAPI_SIGN"].encode(), village.house.receipts.counts
        for over, status in ((body, 401), (f"{stamp}.".encode() + body, 200)):
            made = f"v1={hmac.new(key, over, hashlib.sha256).hexdigest()}"
            headers = {"X-Merapi-Sign": made, "X-Merapi-Time": stamp}
            assert await village.call(Call(f"{MERAPI}/receipt", headers, body)) == status
        assert counts[Arrived.DELIVERED] == 1


def unknown_to_merapi(secret: str) -> dict[str, str]:
    """Return how a caller with another *secret* shows itself."""
    pair = base64.b64encode(f"merapi:{secret}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}


EMPTY = b'{"results": []}'
WRONG = [
    (Call(MERAPI, {}, EMPTY), 401),
    (Call(MERAPI, unknown_to_merapi("salah"), EMPTY), 401),
    (Call(MERAPI, unknown_to_merapi("masuk-4"), EMPTY), 200),
    (Call(MERAPI, unknown_to_merapi("masuk-4"), b"{"), 400),
    (Call(MERAPI, unknown_to_merapi("masuk-4"), b" " * ((1 << 20) + 1)), 413),
    (Call(MERAPI, unknown_to_merapi("masuk-4"), method="GET"), 405),
    (Call("/sms/http/kentong", {"X-Kentong-Signature": "AAAA"}, b"From=1"), 401),
    (Call("/sms/http/kentong", {}, b" " * ((1 << 20) + 1)), 413),
    (Call("/sms/http/lontar?token=salah&phone=1", {}, method="GET"), 401),
    (Call("/sms/http/lontar", {}, b"{}"), 405),
    (Call("/sms/http/sawala", {}, b"{}"), 404),  # a row that is not in use
    (Call("/sms/http/tiang/receipt", {}, b"{}"), 404),
    (Call("/sms/android", {}, b"{}"), 404),
]


async def test_who_may_call_and_how(sqlite_url: str, tmp_path: Path, secrets: None) -> None:
    """Wrong secrets, wrong methods, too much, nonsense, and gateways that nobody opened."""
    async with an_aggregator() as gateway, open_village(sqlite_url, tmp_path, gateway) as village:
        for call, status in WRONG:
            assert await village.call(call) == status, call.path
        assert gateway.server.asked == []


async def test_every_gateway_of_the_rows_brings(
    sqlite_url: str, tmp_path: Path, secrets: None
) -> None:
    """Form, address and JSON, each with its own proof; the first of the rows answers."""
    async with an_aggregator() as gateway, open_village(sqlite_url, tmp_path, gateway) as village:
        fields = {"phone": "081200000001", "message": "halo", "date": "23-11-2026 09:59:00"}
        asked = urlencode(fields | {"token": SECRETS["LONTAR_IN"]})
        by_get = Call(f"/sms/http/lontar?{asked}", {}, method="GET")
        assert await village.answer(by_get) == (200, "OK")
        assert await village.answer(by_get) == (200, "OK")
        await gateway.wait_for("+6281200000001", 1)
        form = urlencode({"nomor": "081200000002"}).encode()
        missed = Call("/sms/http/tiang", {"Authorization": f"Bearer {SECRETS['TIANG_IN']}"}, form)
        assert await village.call(missed) == 200
        await gateway.wait_for("+6281200000002", 1)
        assert len(gateway.server.taken) == 2


async def test_a_telephone_must_sign(sqlite_url: str, tmp_path: Path) -> None:
    """Another key, an old signature, one byte more, and no signature: 401, and nothing happens."""
    async with a_telephone() as phone, open_village(sqlite_url, tmp_path, phone) as village:
        right = phone.brings("+6281200000001", "halo", village.clock)
        now = village.clock.now().timestamp()
        for headers, body in (
            ({}, right.body),
            (signed(right.body, now, "lain"), right.body),
            (signed(right.body, now - 301), right.body),
            (right.headers, right.body + b" "),
        ):
            assert await village.call(right._replace(headers=headers, body=body)) == 401
        bad = right._replace(headers=signed(b"{", now), body=b"{")
        assert await village.call(bad) == 400
        large = b" " * ((1 << 20) + 1)
        assert await village.call(right._replace(body=large)) == 413
        assert await village.call(right._replace(method="GET", body=b"")) == 405
        assert phone.gate.sent == []


async def test_banks_and_signs_of_life_are_left_alone(sqlite_url: str, tmp_path: Path) -> None:
    """They are answered 200, and nobody is written to."""
    async with a_telephone() as phone, open_village(sqlite_url, tmp_path, phone) as village:
        for call in (
            phone.brings("BANK-INFO", "Promo", village.clock),
            phone.brings("3636", "Kuota habis", village.clock),
            phone.tells("system:ping", village.clock, health={}),
        ):
            assert await village.call(call) == 200
        assert phone.gate.sent == []
