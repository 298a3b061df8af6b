"""Points on the map that citizens sent: a link for who reads them, and for nobody else."""

from conversations.messages import Place
from tests.bot.living import settle
from tests.bot.officers import Officer
from tests.bot.offices import front_door
from tests.web.console.board import case_of, file
from tests.web.console.conftest import Console
from tests.web.console.test_village import VILLAGE

PIN = Place(-6.123456, 106.123456)
MAP = (
    'href="https://www.openstreetmap.org/?mlat=-6.12346&amp;mlon=106.12346'
    '#map=18/-6.12346/106.12346" target="_blank" rel="noreferrer noopener"'
)
APP = 'href="geo:-6.12346,106.12346?q=-6.12346,106.12346"'


async def test_a_place_leads_to_a_map(console: Console) -> None:
    """On the case, on the way to a look in the field, and behind an office's link."""
    code = await file(console, pin=PIN)
    await settle(console.play)
    browser = await console.sign_in("village_operator")
    pages = [await case_of(browser, code), (await browser.get(f"{VILLAGE}/cases/{code}"))[1]]
    async with front_door(console.play) as client:
        office = await client.get(f"/agency/{Officer(console.play, code, 1).token}")
        pages.append(await office.text())
    for text in pages:
        assert text.count(MAP) == 1
        assert text.count(APP) == 1
        assert (
            ">-6.12346" not in text
        )  # the link says where it leads, the words beside it where it is


async def test_where_nobody_sent_a_place_no_map_is_named(console: Console) -> None:
    """What was told in words alone leads nowhere."""
    text = await case_of(await console.sign_in("verifier"), await file(console))
    assert "openstreetmap" not in text
    assert "Titik di peta" not in text


async def test_no_link_carries_where_somebody_hides(console: Console) -> None:
    """A vault's officer reads how contact is safe; no page of theirs leads to a map."""
    code = await file(console, "PPA", pin=PIN, picked={"safe_now": "aman"})
    text = await case_of(await console.sign_in("vault_officer"), code)
    assert "openstreetmap" not in text
    assert "geo:" not in text
