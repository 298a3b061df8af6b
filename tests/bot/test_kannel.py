"""The whole house behind Kannel: from smsbox's call to the text it is handed."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from conversations.messages import Address, Channel
from handlers import sms_kannel
from handlers.arrival import Arrived
from referrals import commands
from referrals.ticket import TicketState
from storage.database.migrate import migrate
from tests.bot.playing import StillClock
from tests.bot.test_sms_gateways import ONE_LINE, file_papers, known
from tests.bot.test_whole_loop import act
from tests.bot.texting import Call, Texter, Village, open_village
from tests.fakes.smsbox import PASSWORD, USERNAME, FakeSmsbox, Trouble

SECRET, CITIZEN = "rahasia-1", "+6281200000001"
PATH = "/sms/kannel"


class Line:
    """A line through Kannel."""

    def __init__(self, smsbox: FakeSmsbox) -> None:
        self.smsbox = smsbox
        self.to = smsbox.to
        self.wait_for = smsbox.wait_for

    def brings(self, number: str, text: str, clock: StillClock) -> Call:
        said = {"secret": SECRET, "from": number[1:], "to": "1708", "text": text, "coding": 0}
        told = {"charset": "UTF-8", "id": self.smsbox.new_id(), "time": clock.now().timestamp()}
        return get(**said, **told)

    def fail(self, *, hang: bool = False) -> None:
        self.smsbox.troubles.append(Trouble(hang=hang))

    def settings(self, folder: Path) -> dict[str, object]:
        return {
            "sms_gateway": "kannel",
            "sms_kannel_url": self.smsbox.url,
            "sms_kannel_username": USERNAME,
            "sms_kannel_password": PASSWORD,
            "sms_kannel_secret": SECRET,
            "sms_kannel_rate": 0,
        }


def get(path: str = PATH, **fields: object) -> Call:
    """Return a call of smsbox's."""
    return Call(f"{path}?{urlencode(fields)}", {}, method="GET")


@pytest.fixture
async def smsbox() -> AsyncIterator[FakeSmsbox]:
    """Give a smsbox; at the end everything it was handed must have been fit to send."""
    fake = FakeSmsbox()
    await fake.start()
    yield fake
    await fake.close()
    assert fake.violations == []


@pytest.fixture
async def village(smsbox: FakeSmsbox, database_url: str, tmp_path: Path) -> AsyncIterator[Village]:
    """Give a house behind Kannel, on each kind of database."""
    migrate(database_url)
    async with open_village(database_url, tmp_path, Line(smsbox)) as found:
        yield found


@pytest.fixture
async def small(smsbox: FakeSmsbox, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Village]:
    """Give a house behind Kannel, on SQLite."""
    async with open_village(sqlite_url, tmp_path, Line(smsbox)) as found:
        yield found


async def test_status_by_one_line(village: Village) -> None:
    """Two texts out, two in, for who never wrote before."""
    texter = Texter(village)
    assert "Setuju?" in await texter.say(ONE_LINE)
    await texter.say("ya")
    assert "Desil 2 dari 10" in "\n".join(texter.got)


async def test_from_need_to_sudah(village: Village) -> None:
    """Filed by numbers, accepted, solved and confirmed in one line."""
    texter = await known(village)
    code = await file_papers(texter)
    await act(village.play, commands.Accept(leg=1))
    assert code[:4] in await texter.next()
    await act(village.play, commands.Resolve(leg=1), "KTP baru sudah dicetak")
    assert "sudah selesai" in await texter.next()
    await texter.say(f"SUDAH {code}")
    stored = await village.house.store.ticket(code)
    assert stored
    assert stored.ticket.state is TicketState.CLOSED


async def test_what_smsbox_tells_again_is_known_by_its_id(village: Village) -> None:
    """All calls once more, backwards, as after an outage: nothing happens twice."""
    texter = await known(village)
    await file_papers(texter)
    before = len(texter.got)
    for call in reversed(texter.calls):
        assert await village.answer(call) == (200, "")
    await village.house.outbox._pumps.wait(5)
    tickets = await village.house.store.tickets_of(Address(Channel.SMS, texter.number), 9)
    assert (len(texter.got), len(tickets)) == (before, 1)


async def test_odd_letters_are_kept_by_every_database(village: Village) -> None:
    """NUL, half letters, other alphabets: each is answered, and none comes again for ever."""
    for number, raw in enumerate(("%00", "a%00b", "%E9%FF", "%ED%A0%BD", "%F0%9F%99%8F", "%")):
        path = f"{PATH}?secret={SECRET}&id=odd-{number}&from=628120000000{number}&text={raw}"
        assert await village.answer(Call(path, {}, method="GET")) == (200, "")
        await village.gateway.wait_for(f"+628120000000{number}", 1)


async def test_reports_say_what_became_of_ours(small: Village, smsbox: FakeSmsbox) -> None:
    """Twice, and 1 before 8: what arrived stays arrived."""
    await Texter(small).say("halo")
    (sent,) = smsbox.sent
    for kind in (1, 8, 1):
        told = sent.report(kind).partition("/sms/kannel")
        assert await small.answer(Call("".join(told[1:]), {}, method="GET")) == (200, "")
    counts = small.house.receipts.counts
    assert (counts[Arrived.DELIVERED], counts[Arrived.SENT]) == (2, 1)


async def test_a_missed_call_shows_the_menu(small: Village) -> None:
    """An empty text is no mistake of anybody's."""
    texter = await known(small)
    assert "Ajukan kebutuhan" in await texter.say("")


async def test_a_stranger_abroad_is_passed_over(small: Village) -> None:
    """Without a plus, as SMPP has it, a number of Malaysia is none of Indonesia."""
    raw = f"{PATH}?secret={SECRET}&id=abroad&from=60123456789&text=halo"
    assert await small.call(Call(raw, {}, method="GET")) == 200
    assert small.house.door.counts["unserved"] == 1
    assert not small.gateway.to("+60123456789")


async def test_binary_is_answered_kindly(small: Village) -> None:
    """Who sends what we cannot read hears so."""
    texter = await known(small)
    before = len(texter.got)
    raw = "%01%02%03&coding=1&charset=8-BIT"
    path = f"{PATH}?secret={SECRET}&id=binary&from={CITIZEN[1:]}&text={raw}"
    assert await small.call(Call(path, {}, method="GET")) == 200
    await small.gateway.wait_for(texter.number, before + 1)


WRONG = [
    (get(id="1", **{"from": "6281200000001"}), 401),
    (get(secret="salah", id="1", **{"from": "6281200000001"}), 401),
    (get(secret="", id="1", **{"from": "6281200000001"}), 401),
    (get(secret=SECRET, id="1"), 400),
    (get(secret=SECRET, **{"from": "6281200000001"}), 400),
    (get(secret=SECRET, id="1", **{"from": "BankContoh"}), 200),
    (get(secret=SECRET, id="1", **{"from": "3636"}), 200),
    (get(f"{PATH}/receipt", id="1.0", type=1), 401),
    (get(f"{PATH}/receipt", secret=SECRET, id="1.0"), 400),
    (get(f"{PATH}/receipt", secret=SECRET, id="1.0", type=1), 200),
    (get(f"{PATH}/receipt", secret=SECRET, id="1.0", type=32), 200),
    (Call(f"{PATH}?secret=%FF", {}, method="GET"), 401),
    (Call(f"{PATH}?{'a=b&' * 70}", {}, method="GET"), 400),
    (Call(PATH, {}, b"{}"), 405),
    (Call(PATH, {}, method="HEAD"), 405),
]


async def test_who_may_call_and_how(small: Village, smsbox: FakeSmsbox) -> None:
    """Wrong secrets, what is missing, banks: nobody is written to, and nothing is echoed."""
    for call, status in WRONG:
        told = await small.answer(call)
        assert told[0] == status, call.path
        assert "salah" not in told[1]
    assert smsbox.sent == []


@pytest.mark.parametrize("reported", [True, False])
async def test_a_text_without_an_answer_is_sent_again_only_if_nobody_has_it(
    small: Village, smsbox: FakeSmsbox, monkeypatch: pytest.MonkeyPatch, *, reported: bool
) -> None:
    """A smsbox that died between taking and saying so: its report decides."""
    monkeypatch.setattr(sms_kannel, "HINDSIGHT", 1.0)
    sender = small.house.outbox._senders[Channel.SMS]
    sender._gateway._wire._timeout = 0.3  # type: ignore[attr-defined]  # nobody waits 30 s for a test
    smsbox.troubles.append(Trouble(hang=True, taken=reported))
    call = small.gateway.brings(CITIZEN, "halo", small.clock)
    assert await small.call(call) == 200
    if reported:
        await small.gateway.wait_for(CITIZEN, 1)
        told = smsbox.sent[0].report(8).partition("/sms/kannel")
        assert await small.call(Call("".join(told[1:]), {}, method="GET")) == 200
    await small.house.outbox._pumps.wait(10)
    assert len(smsbox.sent) == 1
    assert small.house.outbox.sent == 1
