"""A facilitator files for a resident in a real browser, while the line comes and goes."""

import re

from playwright.async_api import FilePayload, Page, expect

from referrals.district.directory import FieldKind
from tests.bot.living import settle
from tests.browser.looking import DESK, NARROWEST, PHONE, REAL, Eyes
from tests.browser.town import Town, number_of
from tests.casework.pictures import fresh_photo
from tests.web.console.calling import answer

pytestmark = REAL

SERVICE = "DTSEN_USUL"
WHO = "facilitator"
SOON = 20_000  # milliseconds in which a page that waits for its line goes on
CUT = re.compile("Sambungan putus")
KEPT = "1 foto sudah kami terima"


async def test_a_form_with_a_photo_outlives_the_line(eyes: Eyes) -> None:
    """Cut off before the check and again before the end, it is one ticket with its photo."""
    async with eyes.window(WHO, PHONE) as window:
        page = await begin(await window.open("/console/village"))
        await fill(page, eyes.town)
        await page.set_input_files("[name='u.photo']", picture())
        for button, came in (("review", ".summary"), ("send", ".taken .big")):
            await window.context.set_offline(True)
            await page.click(f"button[value='{button}'].primary")
            await expect(page.locator("[data-draft-notice]")).to_have_text(CUT)
            await window.context.set_offline(False)
            await expect(page.locator(came)).to_be_visible(timeout=SOON)
        code = (await page.inner_text(".taken .big")).replace(" ", "")
        assert await page.evaluate("localStorage.length") == 0
    await settle(eyes.town.play)
    assert await filed_by(eyes.town) == [code]
    async with eyes.window("village_operator") as window:
        page = await window.open(f"/console/cases/{code}")
        await expect(page.locator(".files a")).to_have_count(1)


async def test_a_draft_that_comes_back_tells_of_its_photo(eyes: Eyes) -> None:
    """What was typed is there again, and so is a photo that had arrived; else it is asked for."""
    async with eyes.window(WHO, PHONE) as window:
        page = await begin(await window.open("/console/village"))
        await fill(page, eyes.town)
        await page.set_input_files("[name='u.photo']", picture())
        kept = await page.evaluate("JSON.stringify({...localStorage})")
        assert "satupintu.draft." in kept
        assert not any(told in kept for told in (SERVICE, "f.nik", "f.photo"))
        page = await begin(await window.open("/console/village"))
        await expect(page.locator("[data-draft-notice]")).to_contain_text("pilih lagi fotonya")
        await page.set_input_files("[name='u.photo']", picture())
        await page.click("button[value='review'].primary")
        await expect(page.locator(".summary")).to_be_visible(timeout=SOON)
        page = await begin(await window.open("/console/village"))
        await expect(page.locator("[data-held='f.photo']")).to_be_visible()
        await page.click("button[value='review'].primary")
        await expect(page.locator(".summary")).to_be_visible(timeout=SOON)
        await page.click("details.card summary")
        await expect(page.locator("[data-held='f.photo']")).to_contain_text(KEPT)
        assert window.heard == []


async def test_a_look_in_the_field_outlives_the_line(eyes: Eyes) -> None:
    """Answers and photo wait in the page for the line and are kept once; then no draft is left."""
    store, code = eyes.town.play.house.store, eyes.town.codes["working"]
    async with eyes.window("village_operator", PHONE) as window:
        page = await window.open(f"/console/village/cases/{code}")
        for question in await page.locator("fieldset.question").all():
            await question.locator("[value='yes']").check()
        await page.set_input_files("[name='photos']", picture())
        await window.context.set_offline(True)
        await page.click("main form .primary")
        await expect(page.locator("[data-draft-notice]")).to_have_text(CUT)
        await window.context.set_offline(False)
        await page.wait_for_url(f"**/console/cases/{code}?done=noted", timeout=SOON)
        assert await page.evaluate("localStorage.length") == 0
    assert len(await store.notes_of(code)) == 1
    assert len([one for one in await store.files_of(code) if one.seq == 0]) == 1


async def test_the_three_functions_are_large_from_the_smallest_telephone_up(eyes: Eyes) -> None:
    """They come first, each as high as two thumbs, one below the other or side by side."""
    async with eyes.window(WHO) as window:
        page = await window.open("/console/village")
        for width, rows in ((NARROWEST, 3), (DESK, 1)):
            await window.size(width)
            boxes = [await one.bounding_box() for one in await page.locator(".tile").all()]
            sizes = [box for box in boxes if box]
            assert len(sizes) == 3
            assert len({round(box["y"]) for box in sizes}) == rows
            assert all(box["height"] >= 88 and box["width"] >= 250 for box in sizes)
            assert max(box["y"] + box["height"] for box in sizes) <= 800
            assert await window.judged() == []


async def begin(page: Page) -> Page:
    """Choose what a family that is not listed needs, from the village's own page."""
    await page.click(f"button[name='service'][value='{SERVICE}']")
    await page.wait_for_load_state()
    return page


async def fill(page: Page, town: Town) -> None:
    """Answer every question of the form as a resident would."""
    for field in town.play.house.district.services[SERVICE].fields:
        row = page.locator(f".form-row[data-key='{field.key}']")
        if field.kind in {FieldKind.PHOTO, FieldKind.WHOM} or not await row.is_visible():
            continue
        if field.kind is FieldKind.CHOICE:
            await row.locator("[type=radio]").last.check()
        else:
            await page.fill(f"[name='f.{field.key}']", answer(field))


async def filed_by(town: Town) -> list[str]:
    """Return the codes of what the facilitator filed, as the audit has them."""
    store = town.play.house.store
    chains = [await store.audit_lines(one, 0) for one in await store.audit_chains()]
    who = f"staff:{number_of(WHO)}"
    return [
        one.code for lines in chains for one in lines if (one.actor, one.action) == (who, "filed")
    ]


def picture() -> FilePayload:
    """Return a photo as a telephone gives it."""
    return FilePayload(name="foto.jpg", mimeType="image/jpeg", buffer=fresh_photo())
