"""Who must come and see a house reads a name, the desa and a number, on the page and on paper."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from referrals.district.directory import FieldKind, Service
from storage.database.migrate import migrate
from tests.bot.living import settle
from tests.bot.officers import Officer
from tests.bot.offices import front_door
from tests.bot.playing import DISTRICT, Citizen, Play, open_play
from tests.conversations.town import DISTRICT as CONTOH
from tests.web.stage import BROWSER, Page

NAME, NIK, NUMBER = "Siti Aminah", "9901014107800001", "0812-3456-7890"
VISITED = ("RTLH", "LANSIA_DIS", "GIZI")  # their rows say that a worker comes and sees
BY_HAND = (
    "    ways: [{kind: inbox}]\n    level: village",
    "    ways: [{kind: letter}]\n    level: village",
)


@pytest.fixture
async def on_paper(database_url: str, tmp_path: Path) -> AsyncIterator[Play]:
    """Give a house whose village desks get nothing but paper."""
    folder = tmp_path / "district"
    shutil.copytree(DISTRICT, folder)
    rows = folder / "agencies.yaml"
    assert BY_HAND[0] in rows.read_text()
    rows.write_text(rows.read_text().replace(*BY_HAND))
    migrate(database_url)
    stage = await open_play(database_url, tmp_path, district=folder)
    yield stage
    await stage.house.close()


async def house_told(play: Play) -> tuple[Citizen, str]:
    """Have somebody tell of their house in the chat; return them and the code."""
    citizen = await play.known()
    await citizen.say("rumah saya hampir roboh")
    await citizen.tap("Ya")
    for answer in ("hampir roboh", NIK, "Sukamaju", "ya", "lewati", "bocor", "tanah", "bambu"):
        await citizen.say(answer)
    for answer in ("tidak ada", "milik sendiri", NAME, "0812 3456 7890", "lewati"):
        await citizen.say(answer)
    await citizen.tap("Ya, kirim")
    (ticket,) = await play.house.store.tickets_of(citizen.address, 9)
    return citizen, ticket.code


async def test_the_page_says_whom_to_visit_and_how_to_ring(play: Play) -> None:
    """Name, NIK, desa and number stand there, as the citizen gave them for it."""
    _, code = await house_told(play)
    view = await Officer(play, code, 1).sees()
    shown = {label.id: told for label, told in view.answers if not isinstance(label, str)}
    assert shown["Nama"] == NAME
    assert shown["Telepon"] == NUMBER
    assert shown["Desa/kelurahan"].startswith("Desa Sukamaju")
    assert view.area_path.startswith("Desa Sukamaju")


async def test_the_printed_letter_says_it_too(on_paper: Play) -> None:
    """An office with nothing but paper can find the house from the paper alone."""
    _, code = await house_told(on_paper)
    await settle(on_paper)
    async with front_door(on_paper) as client:
        link = f"/agency/{Officer(on_paper, code, 1).token}/letter"
        answer = await client.get(link, headers=BROWSER)
        text = Page(await answer.text()).text
    for told in (NAME, NUMBER, "Desa Sukamaju", NIK, "Hampir roboh", "Batas waktu selesai"):
        assert told in text


async def test_who_gives_no_number_is_filed_all_the_same(play: Play) -> None:
    """The number may be passed over, as not everybody has one to be called on."""
    service = play.house.district.services["RTLH"]
    (phone,) = (field for field in service.fields if field.kind is FieldKind.PHONE)
    assert not phone.required


@pytest.mark.parametrize("code", VISITED)
def test_whoever_is_visited_can_be_found_and_rung(code: str) -> None:
    """Each service that sends a worker shares a name, the area and a number with its office."""
    assert shared(CONTOH.services[code]) >= {FieldKind.NAME, FieldKind.AREA, FieldKind.PHONE}


def shared(service: Service) -> set[FieldKind]:
    """Return the kinds of what the offices of *service* get to see."""
    return {field.kind for field in service.fields if field.shared}
