"""Sending to WhatsApp: through the real client, to a fake that refuses what Meta refuses."""

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from conversations.messages import Address, Channel, Choice, Reply
from handlers.delivery import (
    Blocked,
    DeliveryError,
    Refused,
    Sent,
    TryLater,
    Unanswered,
    Unauthorised,
    WindowClosed,
)
from handlers.pace import Pace
from handlers.whatsapp_media import File
from handlers.whatsapp_sender import Asks, Line, Standing, Whatsapp, Words
from handlers.whatsapp_templates import Part, Spelt, Template
from handlers.wire import Wire
from tests.fakes.graph_api import PHONE_ID, TOKEN, GraphApi, Trouble

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
CITIZEN = Address(Channel.WHATSAPP, "6281200000001")
SILENT = Address(Channel.WHATSAPP, "ID.13491208655302741918")
STRANGER = Address(Channel.WHATSAPP, "6281200000009")
HELLO = Reply("Selamat datang")
NEWS = Reply(
    "4821 0937 9: sudah selesai.\nApakah benar?", (Choice("ticket:sudah:482109379", "Sudah"),)
)
LONG = Reply("\n\n".join(f"Bagian {n}. " + "kata " * 600 for n in range(3)))
TICKET = Template(
    name="kabar_tiket",
    parameters=(Part.CODE, Part.NEWS),
    buttons=("ticket:status:{code}",),
    texts=(
        Spelt(language="id", body="Kabar {{1}}: {{2}} Terima kasih.", buttons=("Status",)),
        Spelt(language="en", body="News {{1}}: {{2}} Thank you.", buttons=("Status",)),
    ),
)
PLAIN = Template(
    name="kabar",
    parameters=(Part.NEWS,),
    texts=(Spelt(language="id", body="Kabar: {{1}} Terima kasih."),),
)
APPROVED = [
    {"name": name, "language": language, "status": "APPROVED"}
    for name in ("kabar_tiket", "kabar")
    for language in ("id", "en")
]


async def stand(address: Address) -> Standing:
    """Say that everybody wrote an hour ago, but for one who is silent and one unknown."""
    if address == STRANGER:
        return Standing()
    hours = 24 if address == SILENT else 1
    return Standing(NOW - timedelta(hours=hours), "en" if address == SILENT else "id")


def code_in(text: str) -> str | None:
    """Find the one code there is."""
    return "482109379" if "4821 0937 9" in text else None


def sender(api: GraphApi, pace: Pace | None = None, templates: bool = True) -> Whatsapp:  # noqa: FBT001, FBT002 - a table's column
    """Return our sender, connected to the fake."""
    api.templates = APPROVED
    words = Words((TICKET, PLAIN) if templates else (), {"id": "Pilih", "en": "Choose"})
    asks = Asks(lambda: NOW, stand, code_in)
    line = Line(PHONE_ID, TOKEN)
    return Whatsapp(Wire(api.url, timeout=0.5), line, pace or Pace(0, 0), words, asks)


@pytest.fixture
async def whatsapp(graph_api: GraphApi) -> AsyncIterator[Whatsapp]:
    """Return our sender without speed limits."""
    channel = sender(graph_api)
    yield channel
    await channel.close()


async def failure(channel: Whatsapp, reply: Reply = HELLO, to: Address = CITIZEN) -> DeliveryError:
    """Return what sending *reply* raises."""
    with pytest.raises(DeliveryError) as caught:
        await channel.send(to, reply, 7)
    return caught.value


async def test_a_reply_arrives(graph_api: GraphApi, whatsapp: Whatsapp) -> None:
    """What we say is taken, and its receipts will name it as nobody else can."""
    sent = await whatsapp.send(CITIZEN, HELLO, 7)
    (message,) = graph_api.sent
    assert message["text"]["body"] == "Selamat datang"
    assert sent == Sent((message["biz_opaque_callback_data"],), tariff="service")


async def test_without_a_row_receipts_name_it_as_meta_does(
    graph_api: GraphApi, whatsapp: Whatsapp
) -> None:
    """Meta's own id serves where there is no row of the outbox."""
    assert await whatsapp.send(CITIZEN, HELLO) == Sent(("wamid.1",), tariff="service")


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (Trouble(429, 130429), TryLater),
        (Trouble(400, 131056), TryLater),
        (Trouble(400, 80007), TryLater),
        (Trouble(500, 131000), TryLater),
        (Trouble(503, 131016), TryLater),
        (Trouble(500), TryLater),
        (Trouble(502, page="<h1>Bad gateway</h1>"), TryLater),
        (Trouble(200, page="<h1>Login</h1>"), TryLater),
        (Trouble(hang=True), Unanswered),
        (Trouble(400, 131026), Blocked),
        (Trouble(400, 130472), Blocked),
        (Trouble(400, 132000), Refused),
        (Trouble(404, 132001), Refused),
        (Trouble(400, 132015), Refused),
        (Trouble(400, 100), Refused),
        (Trouble(400, 131009), Refused),
        (Trouble(401, 190), Unauthorised),
        (Trouble(403, 10), Unauthorised),
        (Trouble(403, 200), Unauthorised),
        (Trouble(400, 133010), Unauthorised),
        (Trouble(403, 131031), Unauthorised),
        (Trouble(400, 131042), Unauthorised),
        (Trouble(403, 368), Unauthorised),
        (Trouble(400, 999999), Refused),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else str(value[:2]),
)
async def test_every_error_belongs_to_the_family(
    graph_api: GraphApi, whatsapp: Whatsapp, trouble: Trouble, kind: type[DeliveryError]
) -> None:
    """Each of Meta's numbers says whether to try again and whose it is."""
    graph_api.troubles.append(trouble)
    assert type(await failure(whatsapp)) is kind


async def test_a_pair_that_talked_too_fast_rests_six_seconds(
    graph_api: GraphApi, whatsapp: Whatsapp
) -> None:
    """131056 says no time, but the rule does: one message in six seconds."""
    graph_api.troubles.append(Trouble(400, 131056))
    assert (await failure(whatsapp)).after == 6


async def test_retry_after_makes_the_chat_rest(graph_api: GraphApi, whatsapp: Whatsapp) -> None:
    """After a 429 the next message to that person waits as long as Meta asked."""
    graph_api.troubles.append(Trouble(429, 130429, retry_after=1))
    began = time.monotonic()
    assert (await failure(whatsapp)).after == 1
    await whatsapp.send(CITIZEN, HELLO)
    assert time.monotonic() - began >= 1


async def test_a_server_that_is_away_is_tried_later(graph_api: GraphApi) -> None:
    """No connection means: again later."""
    graph_api.url = "http://127.0.0.1:9"
    channel = sender(graph_api)
    assert isinstance(await failure(channel), TryLater)
    await channel.close()


async def test_a_long_reply_goes_on_where_it_was_cut_short(
    graph_api: GraphApi, whatsapp: Whatsapp
) -> None:
    """Parts that arrived are not sent twice, and all of them have their receipts."""
    graph_api.troubles += [None, Trouble(503)]
    await failure(whatsapp, LONG)
    sent = await whatsapp.send(CITIZEN, LONG, 7)
    texts = [message["text"]["body"] for message in graph_api.sent]
    assert "".join("".join(texts).split()) == "".join(LONG.text.split())
    assert sent.references == tuple(one["biz_opaque_callback_data"] for one in graph_api.sent)
    assert sent.units == len(texts)


async def test_a_long_reply_of_which_nothing_arrived_starts_afresh(
    graph_api: GraphApi, whatsapp: Whatsapp
) -> None:
    """A first part that failed is sent again with all the others."""
    graph_api.troubles.append(Trouble(503))
    await failure(whatsapp, LONG)
    sent = await whatsapp.send(CITIZEN, LONG, 7)
    assert len(graph_api.sent) == sent.units


async def test_after_a_day_news_go_by_template(graph_api: GraphApi, whatsapp: Whatsapp) -> None:
    """Who is silent gets the news in one line, in their language, with a button about it."""
    graph_api.shut.add(SILENT.id)
    sent = await whatsapp.send(SILENT, NEWS, 7)
    (message,) = graph_api.sent
    assert sent == Sent((message["biz_opaque_callback_data"],), tariff="utility")
    assert message["recipient"] == SILENT.id
    assert message["template"] == {
        "name": "kabar_tiket",
        "language": {"code": "en"},
        "components": [
            {
                "type": "body",
                "parameters": [
                    {"type": "text", "text": "482109379"},
                    {"type": "text", "text": "4821 0937 9: sudah selesai. Apakah benar?"},
                ],
            },
            {
                "type": "button",
                "sub_type": "quick_reply",
                "index": "0",
                "parameters": [{"type": "payload", "payload": "ticket:status:482109379"}],
            },
        ],
    }


async def test_news_of_no_ticket_take_another_template(
    graph_api: GraphApi, whatsapp: Whatsapp
) -> None:
    """Where no code is in the words, the template that needs none is taken."""
    await whatsapp.send(STRANGER, HELLO, 7)
    assert graph_api.sent[0]["template"]["name"] == "kabar"


async def test_metas_clock_is_right(graph_api: GraphApi, whatsapp: Whatsapp) -> None:
    """Where Meta says that the window is closed, the template goes at once."""
    graph_api.shut.add(CITIZEN.id)
    sent = await whatsapp.send(CITIZEN, NEWS, 7)
    assert [message["type"] for message in graph_api.tried] == ["interactive", "template"]
    assert sent.tariff == "utility"


async def test_without_a_template_another_channel_must_do(graph_api: GraphApi) -> None:
    """A district without templates says so, and asks Meta for nothing."""
    channel = sender(graph_api, templates=False)
    assert isinstance(await failure(channel, NEWS, SILENT), WindowClosed)
    assert graph_api.tried == []
    await channel.close()


async def test_a_template_that_meta_does_not_know_is_refused(
    graph_api: GraphApi, whatsapp: Whatsapp
) -> None:
    """Nobody approved it: the operator's mistake, and no reason to try again."""
    graph_api.templates = []
    error = await failure(whatsapp, NEWS, SILENT)
    assert isinstance(error, Refused)
    assert error.reason.startswith("132001")


async def test_a_picture_is_shown_within_the_window(
    graph_api: GraphApi, whatsapp: Whatsapp
) -> None:
    """By its id or its address; who is silent gets none, for no template holds it."""
    photo = File("image/jpeg", media="7001", caption="Atap baru")
    sent = await whatsapp.send_file(CITIZEN, photo, 7)
    assert sent == Sent((graph_api.sent[0]["biz_opaque_callback_data"],), tariff="service")
    letter = File("application/pdf", link="https://example.org/s.pdf", name="surat.pdf")
    await whatsapp.send_file(CITIZEN, letter)
    assert graph_api.sent[0]["image"] == {"id": "7001", "caption": "Atap baru"}
    assert graph_api.sent[1]["document"]["filename"] == "surat.pdf"
    with pytest.raises(WindowClosed):
        await whatsapp.send_file(SILENT, photo)


@pytest.mark.parametrize(
    "file", [File("video/mp4", media="1"), File("image/png"), File("image/png", link="http://x")]
)
async def test_what_whatsapp_does_not_show_is_refused(
    graph_api: GraphApi, whatsapp: Whatsapp, file: File
) -> None:
    """Another kind, nothing at all, and an address that is not sealed."""
    with pytest.raises(Refused):
        await whatsapp.send_file(CITIZEN, file)
    assert graph_api.tried == []


def test_the_line_prints_without_its_token() -> None:
    """Who logs it by mistake logs no secret."""
    assert TOKEN not in repr(Line(PHONE_ID, TOKEN))


async def test_a_pair_bursts_and_then_slows_down(graph_api: GraphApi) -> None:
    """As many at once as Meta takes, then at its pace; others do not wait."""
    channel = sender(graph_api, Pace(0, 10, chat_burst=3))
    began = time.monotonic()
    for _ in range(3):
        await channel.send(CITIZEN, HELLO)
    await channel.send(STRANGER, HELLO)
    quick = time.monotonic() - began
    await channel.send(CITIZEN, HELLO)
    assert time.monotonic() - began >= 0.1
    assert quick < 0.5
    await channel.close()
