"""The demo's WhatsApp: signed deliveries in, our sender's calls out, held to Meta's limits."""

from collections.abc import AsyncIterator

import pytest

from conversations.messages import Address, Channel, Choice, Inbound, Reply
from handlers import whatsapp
from handlers.arrival import Arrived, Receipt
from handlers.delivery import Refused
from handlers.pace import Pace
from handlers.whatsapp_account import Account
from handlers.whatsapp_media import File
from handlers.whatsapp_sender import Asks, Line, Standing, Whatsapp, Words
from handlers.whatsapp_templates import Part, Spelt, Template
from handlers.wire import Wire
from tests.web.stage import NOW, OURS, Client, Telephones, client, demo_app, happenings, now
from web.demo.graph_api import Line as DemoLine
from web.demo.meta_deliveries import digits_of

PHONE_ID, TOKEN, SECRET = "990000002", "demo", "demo-secret"
SITI = Address(Channel.WHATSAPP, digits_of(1))
BODY = "Ada kabar: {{1}} Terima kasih."
NEWS = Template(name="kabar", parameters=(Part.NEWS,), texts=(Spelt(language="id", body=BODY),))


class Meta:
    """Our webhook, as the telephone posts to it."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    async def take(self, body: bytes, signature: str) -> int:
        """Take *body* where it is signed."""
        if not whatsapp.signature_ok(signature, body, SECRET):
            return 401
        self.heard += whatsapp.read(body, NOW, PHONE_ID)
        return 200


@pytest.fixture
def meta() -> Meta:
    """Give a webhook that remembers."""
    return Meta()


@pytest.fixture
async def stage(telephones: Telephones, meta: Meta) -> AsyncIterator[Client]:
    """Give a browser before a demo with WhatsApp."""
    line = DemoLine(
        deliver=meta.take, phone_id=PHONE_ID, token=TOKEN, secret=SECRET, templates=(NEWS,)
    )
    async with client(demo_app(telephones, line)) as browser:
        yield browser


@pytest.fixture
async def sender(stage: Client) -> AsyncIterator[Whatsapp]:
    """Give our own sender, whose citizens all wrote just now."""

    async def stand(_: Address) -> Standing:
        return Standing(NOW)

    wire = Wire(str(stage.make_url("/simulator/graph/v23.0")))
    asks = Asks(now, stand, lambda _: None)
    ours = Whatsapp(wire, Line(PHONE_ID, TOKEN), Pace(0, 0), Words((NEWS,)), asks)
    yield ours
    await ours.close()


async def handle(stage: Client, **handled: object) -> int:
    """Use the WhatsApp telephone of citizen 1; return the status."""
    told = {"citizen": 1, **handled}
    answer = await stage.post("/simulator/whatsapp/messages", json=told, headers=OURS)
    return answer.status


@pytest.mark.parametrize(
    "handled",
    [
        {"kind": "text", "text": "halo"},
        {"kind": "button", "choice": "menu:check", "text": "Cek status"},
        {"kind": "row", "choice": "menu:need", "text": "Ajukan"},
        {"kind": "quick", "choice": "ticket:status:1", "text": "Lihat status"},
        {"kind": "photo"},
        {"kind": "document"},
        {"kind": "place"},
        {"kind": "contact"},
    ],
    ids=lambda handled: handled["kind"],
)
async def test_what_is_done_arrives_signed(
    stage: Client, meta: Meta, handled: dict[str, str]
) -> None:
    """Everything goes the way of Meta's deliveries, and is read as one."""
    assert await handle(stage, **handled) == 200
    (heard,) = meta.heard
    assert isinstance(heard, Inbound)
    assert heard.sender == SITI
    assert heard.unreadable is None
    assert heard.picked == (handled.get("choice") or None)


async def test_a_photo_of_the_telephone_can_be_fetched(stage: Client, meta: Meta) -> None:
    """In two calls, as from Meta."""
    await handle(stage, kind="photo")
    (heard,) = meta.heard
    assert isinstance(heard, Inbound)
    url = str(stage.make_url("/simulator/graph/v23.0"))
    account = Account(url, Line(PHONE_ID, TOKEN))
    content = await account.fetch(heard.attachments[0].ref, 1 << 20)
    assert (content or b"").startswith(b"\xff\xd8\xff")
    with pytest.raises(Refused):
        await account.fetch("9", 1 << 20)
    await account.close()


async def test_buttons_and_lists_are_shown(stage: Client, sender: Whatsapp, meta: Meta) -> None:
    """Three choices are buttons, four a list; Meta says of each that it arrived."""
    asked = await sender.send(SITI, Reply("Setuju?", (Choice("a", "Ya"), Choice("b", "Tidak"))), 7)
    rows = tuple(Choice(f"v{n}", f"Pilihan {n}") for n in range(4))
    listed = await sender.send(SITI, Reply("Pilih", rows), 8)
    first, second = await happenings(stage, 2)
    assert [pick["title"] for pick in first["buttons"]] == ["Ya", "Tidak"]
    assert [row["id"] for row in second["rows"]] == ["v0", "v1", "v2", "v3"]
    told = [one for one in meta.heard if isinstance(one, Receipt)]
    named = {*asked.references, *listed.references}
    assert {(one.reference, one.state) for one in told} == {
        (name, Arrived.DELIVERED) for name in named
    }


async def test_after_a_day_templates_alone_arrive(stage: Client, sender: Whatsapp) -> None:
    """The window closes and opens as Meta's does, and a template is shown as approved."""
    assert await handle(stage, kind="later") == 200
    await sender.send(SITI, Reply("Tiket selesai."))
    await handle(stage, kind="text", text="ya")
    await sender.send(SITI, Reply("Terima kasih."))
    shown = [one for one in await happenings(stage, 4) if one.get("mine") is False]
    assert [(one["text"], one["template"]) for one in shown] == [
        ("Ada kabar: Tiket selesai. Terima kasih.", True),
        ("Terima kasih.", False),
    ]


async def test_a_picture_of_ours_is_shown(stage: Client, sender: Whatsapp) -> None:
    """It is uploaded, named in a message, and the telephone can look at it."""
    account = Account(str(stage.make_url("/simulator/graph/v23.0")), Line(PHONE_ID, TOKEN))
    media = await account.upload(b"\xff\xd8\xff", "image/jpeg", "3-1.jpg")
    await sender.send_file(SITI, File("image/jpeg", media=media))
    (shown,) = await happenings(stage, 1)
    assert shown["shape"] == "photo"
    assert await (await stage.get(shown["picture"])).read() == b"\xff\xd8\xff"
    await account.close()


async def test_nobody_else_sends(stage: Client, sender: Whatsapp) -> None:
    """A wrong token, an unknown number and an unknown picture get nothing."""
    path = f"/simulator/graph/v23.0/{PHONE_ID}/messages"
    assert (await stage.post(path, json={})).status == 401
    assert (await stage.get("/simulator/whatsapp/pictures/1")).status == 404
    assert await handle(stage, kind="what") == 400
