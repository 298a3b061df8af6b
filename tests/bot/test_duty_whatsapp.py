"""Officers on duty get their letters by WhatsApp too, and take a leg by a tap there."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from referrals.ticket import TicketState
from tests.bot.offices import with_rows
from tests.bot.playing import Citizen
from tests.bot.posting import OFFICE, carry, news_of
from tests.bot.test_officers_see import filed
from tests.bot.test_whole_loop import state_of
from tests.bot.whatsapping import Person, Town, choices_of, open_town, text_of
from tests.fakes.graph_api import GraphApi

CODE = "100000009"
NUMBER = "628110009999"
ROW = f"    ways: [{{kind: whatsapp, numbers: ['+{NUMBER}']}}]"


@pytest.fixture
async def town(database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """Give a town whose civil registry is on duty by WhatsApp."""
    api = GraphApi()
    await api.start()
    district = with_rows(tmp_path, {OFFICE: ROW})
    async with open_town(database_url, tmp_path, api, district) as opened:
        yield opened
    assert api.violations == []
    await api.close()


async def letter(town: Town, on_duty: Person | None = None) -> Person:
    """Have a letter for the civil registry carried, and return its officer on duty."""
    officer = on_duty or Person(town, number=NUMBER)
    before = len(officer.got)
    await filed(town.play, Citizen(town.house, town.play.phones, "7009"), CODE, "ADMINDUK")
    await carry(town.play)
    await town.api.wait_for(NUMBER, before + 1)
    return officer


def button(officer: Person) -> str:
    """Return what the button under the newest template carries."""
    parts = officer.got[-1]["template"]["components"]
    (only,) = [part for part in parts if part["type"] == "button"]
    return str(only["parameters"][0]["payload"])


async def test_outside_the_window_a_template_brings_the_button(town: Town) -> None:
    """Who never wrote gets what Meta approved for offices; its button takes the leg, once."""
    officer = await letter(town)
    assert officer.got[-1]["template"]["name"] == "tugas_kantor"
    assert "/agency/" in text_of(officer.got[-1])
    assert (await news_of(town.play, CODE))[0][0] == "whatsapp"
    tap = {"payload": button(officer), "text": "Terima"}
    assert "Diterima atas nama" in await officer._talk("button", tap)
    assert "template" not in officer.got[-1]  # a tap lets us write freely, as any message does
    assert await state_of(town.play, CODE) is TicketState.IN_PROGRESS
    assert "sudah" in await officer._talk("button", tap)


async def test_within_the_window_it_is_a_message_with_a_button(town: Town) -> None:
    """An officer who wrote today gets free words, the link among them, and Terima beneath."""
    officer = Person(town, number=NUMBER)
    await officer.say("halo")
    await letter(town, officer)
    assert [label for _, label in choices_of(officer.got[-1])] == ["Terima"]
    assert "/agency/" in officer.last
    await officer.tap("Terima")
    assert await state_of(town.play, CODE) is TicketState.IN_PROGRESS


async def test_another_number_taps_in_vain(town: Town) -> None:
    """A copied button does nothing on a telephone that is on no roster."""
    officer = await letter(town)
    stranger = Person(town, number="628110007777")
    await stranger.say("halo")
    tap = {"payload": button(officer), "text": "Terima"}
    assert "petugas jaga" in await stranger._talk("button", tap)
    assert await state_of(town.play, CODE) is TicketState.REFERRED


async def test_who_is_known_by_an_id_alone_is_asked_for_their_number(town: Town) -> None:
    """Meta may hide a number: without it nobody is taken for an officer."""
    officer = await letter(town)
    hidden = Person(town, user="ID.4711")
    await hidden.say("halo")
    tap = {"payload": button(officer), "text": "Terima"}
    assert "petugas jaga" in await hidden._talk("button", tap)
    both = Person(town, user="ID.4712", number=NUMBER)
    assert "Diterima" in await both._talk("button", tap)
