"""A real Kannel between an operator and us: what it does to messages, replies and reports."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from itertools import count, pairwise
from pathlib import Path

import pytest

from conversations.messages import Address, Channel, Reply
from handlers.arrival import Arrived
from handlers.delivery import Blocked, Refused, TryLater, Unauthorised
from handlers.pace import Pace
from handlers.sms_kannel import Kannel as Gateway
from handlers.sms_kannel import Smsbox
from handlers.sms_kannel_status import Line, ask_bearerbox, ask_ourselves, ask_smsbox
from handlers.sms_sender import SmsSender
from handlers.sms_text import ALPHABET, BASIC
from tests.handlers.kannel_desk import Desk, until
from tests.kannel import ABSENT, NUMBER, PASSWORD, PRESENT, SECRET, Kannel
from tests.on_air import TABLE
from tests.servers import free_port

pytestmark = [
    pytest.mark.skipif(not PRESENT, reason=ABSENT),
    pytest.mark.xdist_group("kannel"),
]
JAVANESE = "\ua9b2"
NEWS = (
    "Kabar untuk tiket 7KQ2-M4XD-P: KTP Ibu sudah jadi. Ambil di kantor desa, Senin sampai Jumat. "
)
numbers = count(6281200000001)


@pytest.fixture(scope="module")
def kannel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kannel]:
    """Give a Kannel with a line to an operator."""
    found = Kannel(tmp_path_factory.mktemp("kannel"), free_port())
    found.start()
    yield found
    found.stop()


@pytest.fixture
async def desk(kannel: Kannel) -> AsyncIterator[Desk]:
    """Give whoever smsbox calls."""
    found = Desk(kannel.ours)
    await found.open()
    yield found
    await found.close()
    await kannel.behave(throttled=0, state="DELIVRD")


@pytest.fixture
async def sender(kannel: Kannel) -> AsyncIterator[SmsSender]:
    """Give our sender, without speed limits."""
    found = sender_to(kannel)
    yield found
    await found.close()


def smsbox_of(kannel: Kannel, password: str = PASSWORD, secret: str = SECRET) -> Smsbox:
    """Return how *kannel* and we reach each other."""
    return Smsbox(
        url=kannel.url,
        username="satupintu",
        password=password,
        callback=f"http://127.0.0.1:{kannel.ours}",
        secret=secret,
    )


def sender_to(kannel: Kannel, password: str = PASSWORD) -> SmsSender:
    """Return a sender through *kannel*."""
    return SmsSender(Gateway(smsbox_of(kannel, password)), Pace(0, 0))


def somebody() -> str:
    """Return a telephone number that nobody used yet, as SMPP writes it."""
    return str(next(numbers))


def address(number: str) -> Address:
    """Return where *number* is reached."""
    return Address(Channel.SMS, f"+{number}")


def texts(kannel: Kannel, number: str) -> list[str]:
    """Return the texts that reached *number*, as its telephone shows them."""
    return [one.text for one in kannel.taken() if one.to == number and one.whole]


@pytest.mark.parametrize(
    "text",
    ["halo apa kabar", "", "baris satu\nbaris dua {€}", "terima kasih \U0001f64f", "ê",
     "#1&2=3%4+5", NEWS * 4, "Halo \U0001f600 " + JAVANESE * 200],
    ids=["plain", "empty", "lines", "emoji", "accent", "signs", "long", "long UCS-2"],
)  # fmt: skip
@pytest.mark.parametrize("parts", ["all", "backwards"])
async def test_what_a_citizen_writes_arrives_whole(
    kannel: Kannel, desk: Desk, text: str, parts: str
) -> None:
    """Every alphabet, long or short, parts in whatever order: one message, word for word."""
    number = somebody()
    await kannel.say(number, text, parts=parts)
    await until(lambda: desk.by(f"+{number}"))
    (heard,) = desk.by(f"+{number}")
    assert heard.text == text
    assert heard.unreadable is None


@pytest.mark.parametrize(("sender", "ton"), [("{}", 0), ("{}", 1), ("+{}", 1), ("0{}", 2)])
async def test_whoever_writes_is_the_same_citizen(
    kannel: Kannel, desk: Desk, sender: str, ton: int
) -> None:
    """With a plus, without one, national: SMPP lines differ, people do not."""
    number = somebody()
    written = number.removeprefix("62") if ton == 2 else number
    await kannel.say(sender.format(written), "halo", ton=ton)
    await until(lambda: desk.by(f"+{number}"))


async def test_a_part_alone_comes_by_itself(kannel: Kannel, desk: Desk) -> None:
    """Parts whose others never came are not thrown away."""
    number = somebody()
    await kannel.say(number, JAVANESE * 90, parts="first")
    await until(lambda: desk.by(f"+{number}"))
    assert desk.by(f"+{number}")[0].text == JAVANESE * 67


async def test_binary_is_said_to_be_unreadable(kannel: Kannel, desk: Desk) -> None:
    """Settings and ringtones are no text; letters in another alphabet than announced are."""
    first, second = somebody(), somebody()
    await kannel.say_raw(first, bytes.fromhex("0605040b8423f0010203"), coding=4, header=True)
    await kannel.say_raw(second, b"h\xe9lo", coding=1)
    await until(lambda: desk.by(f"+{first}") and desk.by(f"+{second}"))
    assert desk.by(f"+{first}")[0].unreadable == "binary"
    assert desk.by(f"+{second}")[0].text == "h\xe9lo"


@pytest.mark.parametrize("status", [500, 503, 400])
async def test_what_we_could_not_take_comes_again(kannel: Kannel, desk: Desk, status: int) -> None:
    """Kannel tells it again, under the same id, until we say 200."""
    number, desk.status = somebody(), status
    await kannel.say(number, "halo")
    await until(lambda: sum(number in asked for asked in desk.asked) >= 2)
    desk.status = 200
    await until(lambda: desk.by(f"+{number}"))
    tries = [asked for asked in desk.asked if number in asked]
    assert len(tries) >= 3
    assert len(set(tries)) == 1


@pytest.mark.parametrize(
    "text",
    ["Halo", TABLE.replace("\x1b", ""), "".join(sorted(ALPHABET - BASIC - {"\f"})), NEWS * 5,
     "Terima kasih \U0001f64f", (JAVANESE * 9 + " ") * 20, "\U0001f64f" * 50],
    ids=["short", "alphabet", "extension", "long", "emoji", "long UCS-2", "long emoji"],
)  # fmt: skip
async def test_a_reply_arrives_as_it_was_written(
    kannel: Kannel, desk: Desk, sender: SmsSender, text: str
) -> None:
    """Every letter of the alphabet and beyond it; parts end where we laid them out."""
    number = somebody()
    sent = await sender.send(address(number), Reply(text), 7)
    await until(lambda: texts(kannel, number))
    (taken,) = [one for one in kannel.taken() if one.to == number]
    assert "".join(taken.text.split()) == "".join(text.split())
    assert taken.sender == NUMBER
    assert len(taken.parts) == sent.units
    assert all(a[-1].isspace() or b[0].isspace() for a, b in pairwise(taken.parts))


async def test_a_very_long_reply_comes_in_messages_one_after_the_other(
    kannel: Kannel, desk: Desk, sender: SmsSender
) -> None:
    """Kannel would cut it off after six parts; nothing is missing."""
    number = somebody()
    sent = await sender.send(address(number), Reply(NEWS * 20), 8)
    await until(lambda: len(texts(kannel, number)) == len(sent.references))
    words = "".join(f"{text} " for text in texts(kannel, number)).split()
    assert Counter(words) == Counter((NEWS * 20).split())
    assert len(sent.references) == 3


def test_what_the_operator_is_still_writing_is_read_once_it_stands_there(tmp_path: Path) -> None:
    """A look between the two halves of a line sees neither, and breaks nothing."""
    seen, log = Kannel(tmp_path, free_port()), tmp_path / "operator.log"
    line = '{"to": "628", "sender": "1708", "coding": 0, "header": "", "body": "48"}\n'
    log.write_text(line[:40])
    assert seen.taken() == []
    log.write_text(line)
    assert [one.to for one in seen.taken()] == ["628"]


async def test_reports_name_the_text_as_we_did(
    kannel: Kannel, desk: Desk, sender: SmsSender
) -> None:
    """The operator has it, then the telephone: one report each for a text of many parts.

    Each comes by a call of its own, and on a busy machine one may overtake the other.
    """
    sent = await sender.send(address(somebody()), Reply(NEWS * 3), 21)
    (name,) = sent.references
    await until(lambda: len(desk.of(name)) == 2)
    assert {one.state for one in desk.of(name)} == {Arrived.SENT, Arrived.DELIVERED}


@pytest.mark.parametrize(
    ("state", "kind"), [("UNDELIV", Blocked), ("EXPIRED", TryLater), ("REJECTD", Refused)]
)
async def test_what_did_not_arrive_says_why(
    kannel: Kannel, desk: Desk, sender: SmsSender, state: str, kind: type
) -> None:
    """The operator's word decides what can be done."""
    await kannel.behave(state=state)
    sent = await sender.send(address(somebody()), Reply("Halo"), next(numbers))
    (name,) = sent.references
    await until(lambda: len(desk.of(name)) == 2)
    (failed,) = [one for one in desk.of(name) if one.state is Arrived.FAILED]
    assert type(failed.error) is kind


async def test_too_much_for_the_operator_is_tried_again(
    kannel: Kannel, desk: Desk, sender: SmsSender
) -> None:
    """What the operator throttles is sent once it can be, and once."""
    number, before = somebody(), kannel.throttled()
    await kannel.behave(throttled=2)
    await sender.send(address(number), Reply("Halo"), 31)
    await until(lambda: texts(kannel, number), 40)
    assert texts(kannel, number) == ["Halo"]
    assert kannel.throttled() == before + 2


async def test_kannel_says_who_may_not_send_and_to_whom(kannel: Kannel, desk: Desk) -> None:
    """A wrong password is the operator's to mend; a number that is none is given up."""
    wrong, right = sender_to(kannel, "salah"), sender_to(kannel)
    with pytest.raises(Unauthorised):
        await wrong.send(address(somebody()), Reply("Halo"))
    with pytest.raises(Blocked):
        await right.send(Address(Channel.SMS, "abc"), Reply("Halo"))
    await wrong.close()
    await right.close()


async def test_how_kannel_stands_is_asked_without_a_message(kannel: Kannel, desk: Desk) -> None:
    """Its user and ours, its line, and the way back to us; whoever is a stranger hears so."""
    await ask_smsbox(smsbox_of(kannel))
    await ask_ourselves(smsbox_of(kannel))
    found = await ask_bearerbox(kannel.status_url)
    assert (found.state, found.lines) == ("running", (Line("operator", "online"),))
    for asked in (
        ask_smsbox(smsbox_of(kannel, "salah")),
        ask_ourselves(smsbox_of(kannel, secret="lain")),
        ask_bearerbox(f"{kannel.status_url}x"),
    ):
        with pytest.raises(Unauthorised):
            await asked
    with pytest.raises(TryLater):
        await ask_smsbox(Smsbox(url="http://127.0.0.1:9/", username="", password=""))


async def test_kannels_logs_tell_nobodys_words(
    kannel: Kannel, desk: Desk, sender: SmsSender
) -> None:
    """With the page's log-levels no number or text stands in any log, even while we are away."""
    number, desk.status = somebody(), 503
    await kannel.say(number, "NIK saya 9901014107800001")
    sent = await sender.send(address(number), Reply("Ibu SITI AMINAH terdaftar"), 41)
    (name,) = sent.references
    await until(lambda: sum(number in asked for asked in desk.asked) > 1)
    await desk.close()
    await until(lambda: texts(kannel, number))
    await asyncio.sleep(1.5)  # in which smsbox tries in vain
    desk.status = 200
    await desk.open()
    await until(lambda: desk.by(f"+{number}") and len(desk.of(name)) == 2)
    logs = kannel.logs()
    assert "SMPP" in logs
    assert not [word for word in (number, "9901014107800001", "SITI", SECRET) if word in logs]
