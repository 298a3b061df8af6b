"""Files sent to us and given out by us, over real HTTP."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientResponse, FormData, web

from casework.files.cleaning import JPEG, PDF
from casework.files.evidence import MOST_FILES
from casework.ticket.views import Opened, ProofView
from referrals.at_work import Resolve
from referrals.choosing import Refusal
from tests.casework.pictures import pdf, photo
from tests.web.stage import BROWSER, NOW, OURS, TOKEN, Client, Desk, Page, client, now
from web import forms, uploads
from web.forms import PATIENCE
from web.pages import add_pages
from web.public.proofs import ProofPages, add_proofs

PATH = f"/agency/{TOKEN}"
FILE = f"{PATH}/files/1-1"
SAID = "KTP baru sudah dicetak."
GOOD = "482109379.4.20500.abcdefghijklmnopqrst"


def form(*files: bytes, name: str = "foto.jpg", kind: str = "image/jpeg") -> FormData:
    """Return a filled form of the step resolve with *files*."""
    made = FormData({"action": "resolve", "words": SAID, "once": "abc"})
    for content in files:
        made.add_field("files", content, filename=name, content_type=kind)
    return made


async def send(page: Client, made: FormData, **headers: str) -> ClientResponse:
    """Send *made* as our page would; return the answer."""
    return await page.post(PATH, data=made, headers={**OURS, **headers}, allow_redirects=False)


async def test_files_come_with_a_form(page: Client, desk: Desk) -> None:
    """Fields are read as ever, files byte for byte, whatever they are called."""
    answer = await send(page, form(photo(), pdf(), name="../../etc/passwd.exe"))
    assert answer.status == 303
    assert desk.done == [(Resolve(leg=2), SAID)]
    assert desk.files == [photo(), pdf()]
    assert desk.names == ["abc/resolve"]


async def test_a_field_without_a_file_is_no_file(page: Client, desk: Desk) -> None:
    """A browser sends an empty part where nothing was chosen."""
    assert (await send(page, form(b""))).status == 303
    assert desk.files == []


async def test_too_many_files_are_refused_kindly(page: Client, desk: Desk) -> None:
    """More than MOST are not even looked at, and what was typed is still there."""
    answer = await send(page, form(*[pdf()] * (MOST_FILES + 1)))
    assert answer.status == 409
    assert SAID in await answer.text()
    assert desk.done == []


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a form with files be full sooner."""
    monkeypatch.setattr(forms, "MOST_WITH_FILES", 50_000)


@pytest.mark.usefixtures("small")
async def test_too_many_bytes_are_not_waited_for(page: Client, desk: Desk) -> None:
    """A form that grows past its bound is cut off with 413, in one file or in several."""
    for files in ([bytes(60_000)], [bytes(30_000)] * 2):
        assert (await send(page, form(*files))).status == 413
    long = FormData({"action": "resolve", "words": "a" * 20_000, "once": "abc"})
    long.add_field("files", b"x", filename="a")
    assert (await send(page, long)).status == 413
    assert desk.done == []


async def test_a_form_with_files_from_elsewhere_is_not_taken(page: Client, desk: Desk) -> None:
    """Another site cannot upload in an officer's name."""
    for site in ("cross-site", "same-site"):
        assert (await send(page, form(photo()), **{"Sec-Fetch-Site": site})).status == 403
    assert desk.done == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no boundary at all",
        b"--b\r\n\r\n",
        b'--b\r\nContent-Disposition: form-data; name="action"\r\n\r\nresolve',
        b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n--b--",
        b'--b\r\nContent-Disposition: form-data; name="words"\r\n\r\n\xff\xfe\r\n--b--\r\n',
    ],
)
async def test_a_broken_form_changes_nothing(page: Client, desk: Desk, body: bytes) -> None:
    """What is no form is answered in constant words, and never with a fault of ours."""
    headers = {**OURS, "Content-Type": "multipart/form-data; boundary=b"}
    answer = await page.post(PATH, data=body, headers=headers)
    assert answer.status in {400, 422}
    assert desk.done == []


async def test_many_parts_are_not_counted_to_the_end(page: Client, desk: Desk) -> None:
    """A form with more fields than any page of ours has is refused."""
    made = FormData()
    for number in range(40):
        made.add_field(f"f{number}", "x", content_type="text/plain")
    made.add_field("files", b"x", filename="a")
    assert (await send(page, made)).status == 400
    assert desk.done == []


async def test_a_form_that_never_ends_is_given_up(
    page: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A body that trickles is not waited for without end."""
    monkeypatch.setattr(forms, "PATIENCE_WITH_FILES", 0.2)

    async def trickle() -> AsyncIterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
        await asyncio.sleep(5)

    headers = {**OURS, "Content-Type": "multipart/form-data; boundary=b"}
    answer = await page.post(PATH, data=trickle(), headers=headers)
    assert answer.status == 408
    assert desk.done == []


async def test_a_form_that_finds_no_room_may_come_again(
    page: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only so many large forms are held at once; a small one always finds its way."""
    room = forms.Uploads(0)
    monkeypatch.setattr(forms, "UPLOADS", room)
    large = bytes(2 * forms.SMALL_FORM)
    assert (await send(page, form(large))).status == 503
    assert desk.done == []
    assert (await send(page, form(b"x"))).status == 303
    room.places = 1
    for _ in range(2):
        assert (await send(page, form(large))).status != 503  # whatever the desk thinks of it


async def test_what_stands_still_keeps_nobody_out(
    page: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bodies that were begun and bring nothing take no place, and are soon given up."""
    monkeypatch.setattr(forms, "UPLOADS", forms.Uploads(1))
    monkeypatch.setattr(uploads, "STILL", 0.1)
    begun = asyncio.Event()

    async def idle() -> AsyncIterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
        begun.set()
        await asyncio.sleep(5)

    headers = {**OURS, "Content-Type": "multipart/form-data; boundary=b"}
    waiting = asyncio.ensure_future(page.post(PATH, data=idle(), headers=headers))
    await begun.wait()
    assert (await send(page, form(photo(), pdf()))).status == 303
    assert (await waiting).status == 408


class Slow:
    """A body of which as much comes between two looks as must."""

    def __init__(self) -> None:
        self.looks = 0
        self.looked_often = asyncio.Event()

    @property
    def total_bytes(self) -> int:
        """How much came."""
        self.looks += 1
        if self.looks > 9:
            self.looked_often.set()
        return self.looks * uploads.FEWEST

    def is_eof(self) -> bool:
        """Tell that there is more."""
        return False


async def test_a_slow_body_that_moves_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a weak signal brings between its pauses is enough, however often one looks."""
    monkeypatch.setattr(uploads, "STILL", 0)
    slow = Slow()
    async with asyncio.timeout(PATIENCE) as limit:
        with uploads.Moving(slow, limit):
            await slow.looked_often.wait()
    assert uploads.FEWEST < 20_000 * 5  # bytes of slow 3G in what a pause of ten seconds leaves


def test_one_sender_has_two_places_and_leaves_the_others() -> None:
    """Whoever holds two finds no third, and all others find theirs."""
    room = forms.Uploads(3)
    room.take("a")
    room.take("a")
    with pytest.raises(web.HTTPServiceUnavailable):
        room.take("a")
    room.take("b")
    assert not room.has_place("c")
    room.leave("a")
    assert room.has_place("c")


async def test_a_link_that_does_not_hold_waits_for_no_file(page: Client, desk: Desk) -> None:
    """Without a link that opens something nothing is read."""
    desk.view = None
    assert (await send(page, form(photo()))).status == 404


@pytest.mark.parametrize(("kind", "how"), [(JPEG, "inline"), (PDF, "attachment")])
async def test_a_file_is_given_out_in_a_box(page: Client, desk: Desk, kind: str, how: str) -> None:
    """It is what it says, it runs nothing, it is kept nowhere; a document is saved, not shown."""
    desk.opened = Opened(kind, photo(), "4-1.x")
    answer = await page.get(FILE, headers=BROWSER)
    assert answer.status == 200
    assert await answer.read() == photo()
    assert answer.content_type == kind
    assert answer.headers["Content-Disposition"] == f'{how}; filename="4-1.x"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; sandbox;")


@pytest.mark.parametrize(
    ("reason", "status", "told"),
    [
        ("file_later", 503, "belum dapat diambil"),
        ("file_gone", 410, "tidak ada lagi"),
        ("file_broken", 415, "tidak dapat ditunjukkan"),
    ],
)
async def test_a_file_that_cannot_be_shown_says_why(
    page: Client, desk: Desk, reason: str, status: int, told: str
) -> None:
    """The page explains it, and what the officer can do."""
    desk.opened = Refusal(reason)
    answer = await page.get(FILE, headers=BROWSER)
    assert answer.status == status
    assert told in await answer.text()


@pytest.mark.parametrize("path", ["9-1", "1-9", "a-1", "1", "1-1/..", "-1-1"])
async def test_other_files_are_not_there(page: Client, desk: Desk, path: str) -> None:
    """Whatever is typed behind the link opens nothing."""
    desk.opened = Opened(JPEG, photo(), "x")
    assert (await page.get(f"{PATH}/files/{path}", headers=BROWSER)).status == 404


@pytest.fixture
async def citizen() -> AsyncIterator[Client]:
    """Give a citizen's browser before the page of a proof."""

    async def see(token: str, at: object) -> ProofView | None:
        view = ProofView(
            code="482109379", agency_name="Dinas", at=NOW, kinds=(JPEG, PDF), waits=True
        )
        return view if token == GOOD else None

    async def opened(token: str, place: int, at: object) -> Opened | None:
        return Opened(JPEG, photo(), "4-1.jpg") if (token, place) == (GOOD, 1) else None

    app = web.Application()
    add_pages(app, "Asia/Jakarta")
    add_proofs(app, ProofPages(see, opened, now))
    async with client(app) as browser:
        yield browser


async def test_a_citizen_sees_the_proof_and_how_to_answer(citizen: Client) -> None:
    """Photo and document are on the page, with the words to answer by."""
    answer = await citizen.get(f"/bukti/{GOOD}", headers=BROWSER)
    page = Page(await answer.text())
    assert answer.status == 200
    assert "SUDAH 482109379" in page.text
    assert f"/bukti/{GOOD}/1" in [image.get("src") for image in page.all("img")]
    assert f"/bukti/{GOOD}/2" in [link.get("href") for link in page.all("a")]
    assert (await citizen.get(f"/bukti/{GOOD}/1")).content_type == JPEG
    assert "SUDAH" in await (await citizen.get(f"/bukti/{GOOD}?lang=en")).text()


async def test_a_wrong_link_to_a_proof_shows_one_page(citizen: Client) -> None:
    """Forged, expired, or of a file that is not there: the same kind words."""
    for path in ("/bukti/x", f"/bukti/{GOOD}x", f"/bukti/{GOOD}/2", "/bukti/x/1"):
        answer = await citizen.get(path, headers=BROWSER)
        assert answer.status == 404
        assert "tidak berlaku lagi" in await answer.text()
