"""Looks in the field: answers, photos, and who sees them."""

import re

from tests.bot.living import settle
from tests.casework.pictures import fresh_photo
from tests.web.console.board import NAME, NIK, PHONE, file
from tests.web.console.calling import phone
from tests.web.console.conftest import BROWSER, Console
from tests.web.console.test_village import ONCE, OTHER, VILLAGE, send

PHOTO = re.compile(r'href="(/console/village/[^"]+/photos/[0-9a-f]{32})"')
ANSWERS = dict.fromkeys(
    ("home", "papers", "job", "house", "water", "income", "member", "aid"), "yes"
)


async def test_a_look_in_the_field_is_for_colleagues_alone(console_on_both: Console) -> None:
    """Answers become a note, photos lie with the case; nobody writes to the citizen."""
    console = console_on_both
    code = await file(console, number=1)
    await settle(console.play)
    before = len(phone(console, PHONE).heard)
    browser = await console.sign_in("village_operator")
    path = f"{VILLAGE}/cases/{code}"
    _, page = await browser.get(path)
    once = ONCE.search(page)
    assert once
    typed = {**ANSWERS, "once": once[1], "words": "Rumah di tepi sungai."}
    for _ in range(2):
        assert await send(browser, path, typed, fresh_photo()) == (
            303,
            f"/console/cases/{code}?done=noted",
        )
    _, case = await browser.get(f"/console/cases/{code}")
    assert case.count("Rumah di tepi sungai.") == 1
    assert "Atap, dinding, atau lantai rumah tidak layak? Ya" in case
    _, page = await browser.get(path)
    (photo,) = PHOTO.findall(page)
    assert (await browser.client.get(photo, headers=BROWSER)).status == 200
    await settle(console.play)
    assert len(phone(console, PHONE).heard) == before
    stranger = await console.sign_in("village_operator", OTHER)
    assert (await stranger.get(path))[0] == 404
    assert (await stranger.get(photo))[0] == 404
    assert (await send(stranger, path, typed))[0] == 404


async def test_the_desk_sees_what_a_look_in_the_field_saw(console: Console) -> None:
    """The case's page has the photo for whoever verifies at the desk, and for no other office."""
    code = await file(console, number=1)
    await settle(console.play)
    browser = await console.sign_in("village_operator")
    path = f"{VILLAGE}/cases/{code}"
    await send(browser, path, {**ANSWERS, "once": "a" * 16, "words": ""}, fresh_photo())
    desk = await console.sign_in("verifier")
    (photo,) = PHOTO.findall((await desk.get(f"/console/cases/{code}"))[1])
    assert (await desk.client.get(photo, headers=BROWSER)).status == 200
    assert (await desk.get(path))[0] == 403
    other = await console.sign_in("officer")
    assert (await other.get(photo))[0] == 404


async def test_a_checklist_is_whole_or_not_kept(console: Console) -> None:
    """An open question, too many words or a broken photo are said, and nothing is lost."""
    code = await file(console, number=1)
    browser = await console.sign_in("facilitator")
    path, typed = f"{VILLAGE}/cases/{code}", {**ANSWERS, "once": "v1", "words": "Tepi sungai."}
    for wrong in ({"home": ""}, {"words": "x" * 601}, {"once": ""}):
        assert (await send(browser, path, typed | wrong))[0] == 422
    status, page = await send(browser, path, typed, b"no photo")
    assert status == 422
    assert "Tepi sungai." in page
    assert await console.play.house.store.notes_of(code) == ()


async def test_who_goes_and_looks_knows_where_and_what(console: Console) -> None:
    """The checklist stands under the case's own address and story, masked like its page."""
    code = await file(console, number=1)
    browser = await console.sign_in("village_operator")
    assert f'href="{VILLAGE}/cases/{code}"' in (await browser.get(f"/console/cases/{code}"))[1]
    _, page = await browser.get(f"{VILLAGE}/cases/{code}")
    assert "Atap bocor" in page
    assert "Desa Sukamaju" in page
    assert NAME not in page
    lines = await console.play.house.store.looks_at([code], [NIK])
    assert (f"staff:{browser.account.id}", "page") in {(one.actor, one.action) for one in lines}
