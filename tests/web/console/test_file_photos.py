"""Photos and documents that come with a form typed for a resident: kept once, seen by officers."""

import re
from typing import Any

from aiohttp import FormData

from casework.files.cleaning import JPEG, PDF
from conversations.forms.fields.photos import MOST_PHOTOS
from tests.bot.living import settle
from tests.bot.officers import Officer
from tests.bot.test_arriving import contents
from tests.casework.pictures import METADATA, fresh_photo, pdf, photo
from tests.conversations.town import DISTRICT
from tests.web.console.calling import Agent, answers, facilitator
from tests.web.console.conftest import BROWSER, Console, SignedClient

USUL = DISTRICT.services["DTSEN_USUL"]
SEEN = re.compile(r'name="f\.photo" value="([^"]*)"')


async def send(at_work: Agent, fields: dict[str, Any], *photos: bytes, key: str = "photo") -> None:
    """Send *fields* with *photos* as a browser sends the form."""
    form = FormData({"csrf": at_work.me.csrf, **fields}, default_to_multipart=True)
    for number, one in enumerate(photos):
        form.add_field(f"u.{key}", one, filename=f"{number}.jpg", content_type="image/jpeg")
    client = at_work.me.client
    answer = await client.post(at_work.path, data=form, headers=BROWSER, allow_redirects=False)
    at_work.status, at_work.page = answer.status, await answer.text()


async def reviewed(at_work: Agent, *photos: bytes, **more: str) -> None:
    """Type a whole form with *photos*, and have it read."""
    await at_work.open("DTSEN_USUL", "")
    typed = at_work.form.working | answers(USUL) | {"witness": "Sri Wahyuni, kader"} | more
    typed |= {"f.photo": ""}
    await send(at_work, typed | {"step": "review"}, *photos)


async def test_a_photo_goes_with_the_ticket_to_its_officer(console_on_both: Console) -> None:
    """What was chosen before the summary is the ticket's own once it is sent, without traces."""
    console = console_on_both
    at_work = await facilitator(console)
    await reviewed(at_work, photo(secret=True), pdf())
    assert at_work.status == 200, at_work.said
    assert "2 foto sudah kami terima" in at_work.said
    code = await at_work.file()
    await settle(console.play)
    first, second = (await Officer(console.play, code, 1).sees()).files
    assert {first.kind, second.kind} == {JPEG, PDF}
    officer = await console.sign_in("village_operator")
    answer = await officer.client.get(await paper_of(officer, code), headers=BROWSER)
    assert answer.status == 200
    assert METADATA not in await answer.read()


async def paper_of(who: SignedClient, code: str) -> str:
    """Return where *who* opens the first file of case *code*, once they said why."""
    path = f"/console/cases/{code}"
    _, page = await who.post(f"{path}/reveal", {"why": "Mencocokkan berkas"})
    found = re.search(rf'href="({path}/files/1-1\?word=[0-9a-f.]+)"', page)
    assert found
    return found[1]


async def test_a_citizens_photo_opens_for_a_reason_alone(console: Console) -> None:
    """It may be an identity card: without a reason, a while later, or for others it stays shut."""
    at_work = await facilitator(console)
    await reviewed(at_work, fresh_photo())
    code = await at_work.file()
    await settle(console.play)
    officer, other = [await console.sign_in("village_operator") for _ in range(2)]
    path = f"/console/cases/{code}"
    assert f"{path}/files" not in (await officer.get(path))[1]
    shut = (303, f"{path}?done=sealed#orang")
    paper = await paper_of(officer, code)
    for who, asked in ((officer, f"{path}/files/1-1"), (other, paper), (at_work.me, paper)):
        answer = await who.client.get(asked, headers=BROWSER, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == shut
    assert "Tulis alasan" in (await officer.get(path, done="sealed"))[1]
    assert "Peran Anda" in (await at_work.me.get(path, done="sealed"))[1]
    console.play.clock.move(minutes=16)
    answer = await officer.client.get(paper, headers=BROWSER, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == shut
    deeds = [one.action for one in await console.audited(f"staff:{officer.account.id}")]
    assert deeds.count("reveal") == 1
    assert (deeds.count("refused"), deeds.count("file")) == (2, 0)


async def test_a_form_sent_again_has_its_photo_once(console: Console) -> None:
    """However often the last step arrives, it is one ticket with one photo."""
    at_work = await facilitator(console)
    await reviewed(at_work, fresh_photo())
    code = await at_work.file()
    await settle(console.play)
    for _ in range(2):
        await at_work.send(**at_work.sent)
        assert at_work.code == code
    await settle(console.play)
    assert len(await console.play.house.store.files_of(code)) == 1
    assert len(contents(console.play)) == 1


async def test_a_photo_named_thrice_is_one_photo(console: Console) -> None:
    """Whoever types its mark again and again has the ticket take it once."""
    at_work = await facilitator(console)
    await reviewed(at_work, fresh_photo())
    held = SEEN.search(at_work.page)
    assert held
    thrice = {"f.photo": " ".join([held[1]] * 3)}
    await send(at_work, at_work.form.working | thrice | {"step": "review"})
    assert "1 foto sudah kami terima" in at_work.said
    code = await at_work.file()
    await settle(console.play)
    assert len(await console.play.house.store.files_of(code)) == 1


async def test_a_hostile_file_is_refused_kindly(console: Console) -> None:
    """What is no photo, or a broken one, is named; nothing typed or brought before is lost."""
    at_work = await facilitator(console)
    await reviewed(at_work, fresh_photo())
    held = SEEN.search(at_work.page)
    assert held
    wrong = {b"<script>": "bukan foto", fresh_photo()[:400]: "rusak atau terpotong"}
    for content, told in wrong.items():
        await send(at_work, at_work.form.working | {"step": "review"}, content)
        assert at_work.status == 422
        assert told in at_work.said
        assert held[1] in at_work.page
    await send(
        at_work, at_work.form.working | {"step": "review"}, *[fresh_photo()] * (MOST_PHOTOS + 1)
    )
    assert "paling banyak tiga" in at_work.said
    await send(at_work, at_work.form.working | {"step": "review"})
    assert at_work.status == 200


async def test_what_was_never_sent_is_swept(console: Console) -> None:
    """A photo of a form that nobody sends goes; who sends it later is asked to choose it again."""
    at_work = await facilitator(console)
    await reviewed(at_work, fresh_photo())
    assert len(contents(console.play)) == 1
    sent = at_work.form.working | {"step": "send"}
    console.play.clock.move(days=1, minutes=1)
    await console.play.house.timers.tick()
    assert contents(console.play) == []
    again = Agent(console, await console.seat(at_work.me.account), at_work.path)
    await again.send(**sent | {"csrf": again.me.csrf})
    assert again.status == 422
    assert "Mohon pilih lagi" in again.said
    assert again.code == ""


async def test_a_photo_is_its_own_forms_alone(console: Console) -> None:
    """Neither another account nor another form can put that photo into a ticket of theirs."""
    at_work, other = await facilitator(console), await facilitator(console)
    await reviewed(at_work, fresh_photo())
    held = SEEN.search(at_work.page)
    assert held
    for thief in (other, Agent(console, at_work.me, at_work.path)):
        await thief.open("DTSEN_USUL", "")
        typed = thief.form.working | answers(USUL) | {"witness": "Sri Wahyuni, kader"}
        await thief.review(**typed | {"f.photo": held[1]})
        assert "foto sudah kami terima" not in thief.said
        code = await thief.file()
        assert code
        await settle(console.play)
        assert (await Officer(console.play, code, 1).sees()).files == ()


async def test_photos_can_be_let_go_and_chosen_anew(console: Console) -> None:
    """A new choice replaces the one before; a tick takes it back; the summary is read again."""
    at_work = await facilitator(console)
    await reviewed(at_work, fresh_photo(), fresh_photo())
    read_back = at_work.form.working["seen"]
    await send(at_work, at_work.form.working | {"step": "send"}, fresh_photo())
    assert at_work.code == ""
    assert at_work.form.working["seen"] != read_back
    assert "1 foto sudah kami terima" in at_work.said
    await send(at_work, at_work.form.working | {"step": "review", "x.photo": "on"})
    assert "foto sudah kami terima" not in at_work.said


async def test_the_paper_of_a_consent_is_kept_with_it(console: Console) -> None:
    """A photo of the thumb print lies with the entry that says how they agreed."""
    at_work = await facilitator(console)
    await reviewed(at_work, way="witness_thumb")
    await send(at_work, at_work.form.working | {"step": "review"}, fresh_photo(), key="+paper")
    assert at_work.status == 200, at_work.said
    code = await at_work.file()
    await settle(console.play)
    (kept,) = await console.play.house.store.files_of(code)
    assert kept.seq == 2


async def test_nobody_sends_a_photo_through_a_call(console: Console) -> None:
    """On the page of a call a file is passed over: it is not even looked at."""
    at_work = Agent(console, await console.sign_in("call_agent"))
    await at_work.ring()
    await at_work.open("DTSEN_USUL")
    await send(at_work, at_work.form.working | answers(USUL) | {"step": "review"}, b"x")
    assert at_work.status == 200, at_work.said
    assert contents(console.play) == []
    assert "u.photo" not in at_work.page
