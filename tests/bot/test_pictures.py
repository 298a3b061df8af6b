"""What an office shows for its work reaches the citizen as a picture, where their channel can."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conversations.messages import Channel
from handlers.delivery import Blocked, DeliveryError, Refused, TryLater
from referrals import commands
from tests.bot.living import settle
from tests.bot.officers import Officer
from tests.bot.playing import Citizen, Play
from tests.bot.test_officers_see import filed
from tests.bot.whatsapping import Person, open_town
from tests.casework.pictures import METADATA, pdf, photo
from tests.fakes.graph_api import GraphApi

CODE = "100000009"


async def done(play: Play, citizen: Citizen, files: list[bytes], service: str = "RTLH") -> Officer:
    """Have the office of a ticket of *citizen* say that it is done, and show *files*."""
    officer = await filed(play, citizen, CODE, service)
    await officer.did(commands.Accept(leg=1))
    await settle(play)
    await officer.did(commands.Resolve(leg=1), files=files)
    await settle(play)
    return officer


async def test_the_proof_comes_as_a_picture_before_the_question(play: Play) -> None:
    """Photos and documents are shown in their order, cleaned; the words still hold the link."""
    citizen = await play.known()
    await done(play, citizen, [photo(secret=True), pdf()])
    shown = play.phones.pictures[citizen.address]
    assert [picture.kind for picture in shown] == ["image/jpeg", "application/pdf"]
    assert METADATA not in shown[0].content
    assert "/bukti/" in citizen.last
    labels = [choice.label for choice in citizen.heard[-1].choices]
    assert labels[:2] == ["Sudah selesai", "Belum selesai"]
    audited = await play.house.store.looks_at([CODE], [])
    assert ("program", "file") in [(line.actor, line.action) for line in audited]


async def test_the_row_names_pictures_and_holds_none(play: Play) -> None:
    """The database's outbox knows which files to show, and has none of their bytes."""
    citizen = await play.known()
    play.clock.move(hours=12)  # at night
    await done(play, citizen, [photo(secret=True)])
    assert play.phones.pictures[citizen.address] == []
    play.clock.move(hours=10)
    await play.house.outbox.sweep()
    await settle(play)
    assert len(play.phones.pictures[citizen.address]) == 1


async def test_by_sms_the_link_does(play: Play) -> None:
    """A telephone that shows no pictures gets the words alone."""
    citizen = play.citizen(Channel.SMS)
    await citizen.say("halo")
    await done(play, citizen, [photo()])
    assert play.phones.pictures[citizen.address] == []
    assert "/bukti/" in citizen.last


@pytest.mark.parametrize(
    ("faults", "shown"),
    [
        ([TryLater(0.05)], 2),
        ([None, TryLater(0.05)], 2),
        ([TryLater(0.05)] * 3, 0),
        ([Refused("PHOTO_INVALID_DIMENSIONS")], 0),
        ([Blocked()], 0),
    ],
)
async def test_a_picture_that_fails_costs_no_words(
    play: Play, faults: list[DeliveryError | None], shown: int
) -> None:
    """It is tried again a few times, none is shown twice, and the words come in any case.

    However often it is tried, the audit keeps once that the files were opened.
    """
    citizen = await play.known()
    play.phones.unshown = failing(faults)
    await done(play, citizen, [photo(), photo(shade=99)])
    await play.phones.wait_until(lambda: "/bukti/" in citizen.last)
    pictures = play.phones.pictures[citizen.address]
    assert len(pictures) == shown
    assert len({picture.name for picture in pictures}) == shown
    looks = await play.house.store.looks_at([CODE], [])
    assert [line.action for line in looks if line.actor == "program"].count("file") == 1


def failing(faults: list[DeliveryError | None]) -> Iterator[DeliveryError | None]:
    """Yield *faults*, then nothing but successes."""
    yield from faults
    while True:
        yield None


async def test_what_was_erased_meanwhile_is_not_shown(play: Play) -> None:
    """The row names files; of a ticket that is gone there are none."""
    citizen = await play.known()
    play.clock.move(hours=12)
    await done(play, citizen, [photo()])
    unit = play.house.store.unit()
    unit.drop_files(CODE)
    await play.house.store.commit(unit)
    play.clock.move(hours=10)
    await play.house.outbox.sweep()
    await settle(play)
    assert "/bukti/" in citizen.last
    assert play.phones.pictures[citizen.address] == []


async def test_whatsapp_gets_the_file_itself(database_url: str, tmp_path: Path) -> None:
    """It is handed to Meta once and shown within the window; after it the words go alone."""
    api = GraphApi()
    await api.start()
    try:
        async with open_town(database_url, tmp_path, api) as town:
            person = Person(town, number="628110001708")
            await person.say("halo")
            await person.tap("Setuju")
            citizen = Citizen(town.house, town.play.phones, person.number, Channel.WHATSAPP)
            before = len(person.got)
            officer = await filed(town.play, citizen, CODE, "RTLH")
            await officer.did(commands.Accept(leg=1))
            await officer.did(commands.Resolve(leg=1), files=[photo(secret=True)])
            await person.next(len(person.got) - before + 1)
            await town.house.outbox._pumps.wait(5)
            (upload,) = api.uploads
            assert upload[0] == "image/jpeg"
            assert METADATA not in upload[1]
            images = [one for one in person.got if one["type"] == "image"]
            assert [image["image"]["id"] for image in images] == ["7001"]
            assert api.violations == []
    finally:
        await api.close()
