"""A call from the ring to the receipt, in a real browser and by the keyboard alone."""

import logging

from playwright.async_api import expect

from conversations.messages import Address, Channel
from referrals.district.directory import Field, FieldKind
from tests.bot.living import settle, ticket_of
from tests.browser.hands import Hands
from tests.browser.looking import REAL, Eyes
from tests.browser.town import filed, texting
from tests.web.console.calling import answer

pytestmark = REAL

LOG = logging.getLogger(__name__)  # pytest --log-cli-level=info shows it

RINGS = "081234567890"
CALLER = Address(Channel.SMS, "+6281234567890")
MOST = 90.0  # seconds from the ring to the code
BUDI, BUDIS = "9901011708750002", "0002"  # on the list, in no programme yet
SERVICE = "DTSEN_USUL"  # where that leads


async def test_a_call_with_the_keys_alone(eyes: Eyes) -> None:
    """Enter looks who calls, the proof is asked, the answer read; what leads on is filed and told.

    All of it takes less than ninety seconds of keys and pages, and the caller's telephone has the
    code once the call is over.
    """
    play = eyes.town.play
    known = await filed(play, by=texting(play, CALLER.id))
    async with eyes.window("call_agent") as window:
        page = await window.open(f"/console/call?from={RINGS}")
        hands = Hands(page)
        await expect(page.locator("#f-q")).to_be_focused()
        await hands.turn()
        await expect(page.locator("#theirs ~ ul .code")).to_have_text(grouped(known))
        await expect(page.locator("#f-q")).to_be_focused()
        await prove(hands)
        await expect(page.locator(".card .script").first).to_contain_text("Desil 4")
        await hands.to(f"button[value='{SERVICE}']", back=True)
        await hands.turn()
        assert await page.input_value("#f-nik") == BUDI
        await fill(hands, play.house.district.services[SERVICE].fields)
        await agree(hands)
        code = (await page.inner_text(".taken .big")).replace(" ", "")
        LOG.info("%s; the machine's part %.1f s", hands, hands.machine)
        assert hands.seconds < MOST, hands
        assert window.heard == []
    await settle(play)
    assert (await ticket_of(play, code)).service == SERVICE
    assert grouped(code) in play.phones.got[CALLER][-1].text


async def prove(hands: Hands) -> None:
    """Type the NIK and the proof that the caller says."""
    await hands.to("#f-nik")
    await hands.type(BUDI)
    await hands.press("Tab")
    await hands.type(BUDIS)
    await hands.turn()


async def fill(hands: Hands, fields: tuple[Field, ...]) -> None:
    """Answer what must be answered, in the order of the form, and have it read."""
    for field in fields:
        row = hands.page.locator(f".form-row[data-key='{field.key}']")
        if not field.required or field.kind in (FieldKind.NIK, FieldKind.PHOTO):
            continue
        if not await row.is_visible():
            continue
        await hands.to(f"[name='f.{field.key}']")
        if field.kind in (FieldKind.CHOICE, FieldKind.WHOM):
            await hands.press("1")
        elif field.kind is FieldKind.AREA:
            await hands.type("sukamaju")
            await expect(row.locator("[role=option]").first).to_be_visible()
            await hands.press("Enter")
        else:
            await hands.type(answer(field))
    await hands.to("button[value='review']")
    await hands.turn()


async def agree(hands: Hands) -> None:
    """Tick what the caller says yes to, and send."""
    await expect(hands.page.locator("[name=agrees]")).to_be_focused()
    await hands.press("Space")
    await hands.to("[name=texts]")
    await hands.press("Space")
    await hands.to("button[value='send']")
    await hands.turn()


def grouped(code: str) -> str:
    """Return *code* as it is written."""
    return f"{code[:4]} {code[4:8]} {code[8]}"
