"""What citizens send as a file is fetched as it arrives, and kept as long as somebody needs it."""

from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.files import shelf_of
from casework.files.arriving import FETCH, HOPELESS, file_with, keep_in_mind
from casework.files.cleaning import JPEG
from casework.ticket.views import Opened
from conversations.messages import Attachment, Inbound
from conversations.turn import Answered, Draft, OpenTicket
from handlers.delivery import Refused, TryLater
from referrals.choosing import Refusal
from storage.shelf.arrivals import Arrival
from storage.store import Store
from tests.bot.living import ticket_of
from tests.bot.officers import Officer
from tests.bot.playing import Citizen, Play
from tests.bot.test_officers_see import filed, opened
from tests.casework.pictures import METADATA, photo
from tests.storage.seen import seen_before

REF = "AgACAgUAAx-1"


async def sends_photo(citizen: Citizen, ref: str = REF) -> str:
    """Send a photo and return the reply."""
    message = replace(citizen.message(), attachments=(Attachment("photo", ref),))
    return await citizen._talk(message)


async def begins(play: Play, *, kept: object = None) -> Citizen:
    """Return somebody who amid a complaint sent a photo, of which their channel gives *kept*."""
    play.phones.albums[REF] = photo(secret=True) if kept is None else kept  # type: ignore[assignment]  # bytes, or an error to raise
    citizen = await play.known()
    await citizen.say("lapor jalan rusak")
    assert "fotonya kami simpan" in await sends_photo(citizen)
    await play.house.timers.tick()
    return citizen


async def ends(play: Play, citizen: Citizen) -> Officer:
    """Have *citizen* send their complaint off, and return its office."""
    await citizen.say("Sumberrejo dekat masjid")
    said = await citizen.say("KIRIM")
    code = "".join(letter for letter in said.partition("tiket: ")[2][:11] if letter.isdigit())
    await play.house.timers.tick()
    leg = (await ticket_of(play, code)).last_leg
    assert leg is not None
    return Officer(play, code, leg.number)


def contents(play: Play) -> list[Path]:
    """Return what lies on the shelf."""
    folder = play.house.settings.data_dir / "files"
    return [path for path in folder.rglob("*") if path.is_file()]


async def waiting(play: Play) -> int:
    """Return how many timers of files there are, due or not."""
    kept = await play.house.store.arrival_of(REF)
    return int(kept is not None)


async def test_a_photo_is_fetched_when_it_arrives(play: Play) -> None:
    """Its channel forgets it after some days; the office opens it all the same, without traces."""
    citizen = await begins(play)
    assert len(contents(play)) == 1
    play.phones.albums.clear()
    play.clock.move(days=3)
    office = await ends(play, citizen)
    (file,) = (await office.sees()).files
    assert (file.kind, file.lost, file.proof) == (JPEG, False, False)
    found = await opened(play, office, file.seq, file.place)
    assert isinstance(found, Opened)
    assert METADATA not in found.content
    assert await play.house.store.arrival_of(REF) is None
    assert await seen_before(play.house.store, [sha256(photo(secret=True)).hexdigest()])


async def test_nothing_lies_open_and_the_sweep_leaves_it(play: Play) -> None:
    """What waits for its ticket is sealed, and is nobody's stray."""
    await begins(play)
    (path,) = contents(play)
    assert b"\xff\xd8\xff" not in path.read_bytes()
    shelf = shelf_of(play.house.settings, play.house.store.sealer)
    play.clock.move(days=400)
    assert await shelf.sweep(play.house.store.known_files, play.clock.now()) == 0


async def test_what_the_channel_cannot_give_now_is_fetched_later(play: Play) -> None:
    """An outage costs no photo: not before the complaint is sent, and not after it."""
    citizen = await begins(play, kept=TryLater())
    office = await ends(play, citizen)
    assert (await office.sees()).files[0].kind == ""
    play.phones.albums[REF] = photo()
    play.clock.move(seconds=40)
    await play.house.timers.tick()
    play.clock.move(seconds=40)
    await play.house.timers.tick()
    assert (await office.sees()).files[0].kind == JPEG
    play.phones.albums.clear()
    assert isinstance(await opened(play, office, 1, 1), Opened)


@pytest.mark.parametrize("kept", [Refused("131052"), b"<html>", b"\xff\xd8\xff" + bytes(11 << 20)])
async def test_what_cannot_be_fetched_says_so_to_the_officer(play: Play, kept: object) -> None:
    """Gone, unfit or too large: the page says so, and opening it tries once more."""
    citizen = await begins(play, kept=kept)
    office = await ends(play, citizen)
    (file,) = (await office.sees()).files
    assert file.lost
    asked = [said for said in citizen.heard if "tidak bisa kami buka" in said.text]
    assert len(asked) == 1
    assert contents(play) == []
    assert isinstance(await opened(play, office, file.seq, file.place), Refusal)
    play.phones.albums[REF] = photo()
    assert isinstance(await opened(play, office, file.seq, file.place), Opened)
    assert not (await office.sees()).files[0].lost


async def test_a_channel_that_stays_away_is_given_up(play: Play) -> None:
    """After some days the provider has forgotten it too, and nobody goes on asking."""
    citizen = await begins(play, kept=TryLater())
    office = await ends(play, citizen)
    play.clock.move(seconds=HOPELESS.total_seconds())
    await play.house.timers.tick()
    play.clock.move(seconds=20)
    await play.house.timers.tick()
    assert (await office.sees()).files[0].lost


async def test_a_photo_that_is_filed_while_it_is_swept_stays(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sweep read its row just before the ticket took it: neither row nor content goes."""
    citizen = await begins(play)
    await citizen.say("Sumberrejo dekat masjid")
    said = list[str]()

    async def files_meanwhile(_store: Store, _arrival: Arrival) -> bool:
        said.append(await citizen.say("KIRIM"))
        return False

    monkeypatch.setattr(Store, "is_held", files_meanwhile)
    play.clock.move(days=1, seconds=1)
    await play.house.timers.tick()
    assert len(said) == 1
    await play.house.timers.tick()
    code = "".join(letter for letter in said[0].partition("tiket: ")[2][:11] if letter.isdigit())
    (file,) = (await Officer(play, code, 1).sees()).files
    assert (file.kind, file.lost) == (JPEG, False)
    assert len(contents(play)) == 1


async def test_what_is_never_filed_is_discarded(play: Play) -> None:
    """As long as the draft is kept so is the photo; a day after BATAL nothing is left of it."""
    citizen = await begins(play)
    for _ in range(3):
        play.clock.move(days=1, seconds=1)
        await play.house.timers.tick()
    assert len(contents(play)) == 1
    await citizen.say("BATAL")
    await citizen.say("MENU")
    for _ in range(6):  # what KEMBALI leads back to is a draft as well
        await citizen.say("STATUS")
        await citizen.say("MENU")
    play.clock.move(days=1, seconds=1)
    await play.house.timers.tick()
    assert contents(play) == []
    assert await waiting(play) == 0


async def test_who_is_erased_leaves_no_photo_behind(play: Play) -> None:
    """HAPUS lets go of what was fetched and of what is still to be."""
    citizen = await begins(play)
    unit = play.house.store.unit()
    unit.erase_talk(citizen.address)
    await play.house.store.commit(unit)
    shelf = shelf_of(play.house.settings, play.house.store.sealer)
    play.clock.move(days=400)
    assert await shelf.sweep(play.house.store.known_files, play.clock.now()) == 1
    await play.house.timers.tick()
    assert await waiting(play) == 0


async def test_a_photo_that_the_conversation_lets_go_is_never_fetched(play: Play) -> None:
    """What nobody asked for and nobody keeps is left where it is."""
    play.phones.albums[REF] = photo()
    citizen = await play.known()
    await sends_photo(citizen)
    await play.house.timers.tick()
    held = await play.house.store.arrival_of(REF)
    assert held is None
    assert contents(play) == []


async def test_the_vaults_photos_are_sealed_for_the_vault(play: Play) -> None:
    """What came before the ticket was the vault's is sealed anew for its officers alone."""
    play.phones.albums[REF] = photo()
    citizen = await play.known()
    sent = Attachment("photo", REF)
    answer = Answered("story", "isi", "isi", (sent,))
    record = OpenTicket("100000009", Draft("PPA", (answer,)), "id", "99.01.01.2001")
    said = Inbound(
        sender=citizen.address,
        message_id="1",
        received_at=play.clock.now(),
        attachments=(sent,),
    )
    unit = play.house.store.unit()
    keep_in_mind(unit, said, b"", (record,), play.clock.now())
    await play.house.store.commit(unit)
    await play.house.timers.tick()
    (loose,) = contents(play)
    await filed(play, citizen, "100000009", "PPA", ref=REF)
    unit = play.house.store.unit()
    file_with(unit, (record,), play.clock.now())
    await play.house.store.commit(unit)
    await play.house.timers.tick()
    (row,) = await play.house.store.files_of("100000009")
    (kept,) = contents(play)
    assert row.vault
    assert kept.name == row.id != loose.name
    shelf = shelf_of(play.house.settings, play.house.store.sealer)
    assert await shelf.get(row) is not None


async def test_a_turn_never_waits_for_a_file(play: Play) -> None:
    """The citizen is answered while their photo is still under way."""
    play.phones.albums[REF] = photo()
    citizen = await play.known()
    await citizen.say("lapor jalan rusak")
    assert "fotonya kami simpan" in await sends_photo(citizen)
    assert contents(play) == []
    assert await play.house.store.claim_timers(FETCH, play.clock.now(), 5)


async def test_a_shelf_that_is_away_loses_nothing(play: Play) -> None:
    """Where files cannot be kept now, they are fetched again later, however long it takes."""
    blocked = play.house.settings.data_dir / "files"
    blocked.write_text("no folder")
    citizen = await begins(play)
    office = await ends(play, citizen)
    play.clock.move(seconds=HOPELESS.total_seconds() * 2)
    await play.house.timers.tick()
    assert not (await office.sees()).files[0].lost
    blocked.unlink()
    for _ in range(2):
        play.clock.move(hours=7)
        await play.house.timers.tick()
    assert (await office.sees()).files[0].kind == JPEG
