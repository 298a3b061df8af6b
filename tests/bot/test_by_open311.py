"""From a citizen's need through an office's Open311 server to their SUDAH."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from referrals.ticket import ClosedBecause, TicketState
from storage.database.migrate import migrate
from storage.replies.deliveries import DeliveryState
from tests.bot.living import settle
from tests.bot.offices import (
    SECRET,
    STATUSES,
    Program,
    filed_papers,
    front_door,
    later,
    news_of,
    ticket_of,
    with_rows,
)
from tests.bot.playing import Play, fill_registry, open_play
from tests.bot.test_whole_loop import file_papers, state_of
from tests.casework.pictures import fresh_photo
from tests.fakes.open311_server import JURISDICTION, KEY, Open311Server

OFFICE = "disdukcapil"
OPEN311 = """
    ways:
      - kind: open311
        url: "{url}"
        jurisdiction: {jurisdiction}
        key_env: AGENCY_KEY
        service_code: "99"
        private: true
        statuses:
          - {{says: DITERIMA, means: accept}}
          - {{says: TUNGGU, means: hold}}
          - {{says: DITOLAK, means: decline, reason: not_eligible}}
      - {{kind: inbox}}
"""


@pytest.fixture
async def open311() -> AsyncIterator[Open311Server]:
    """Give an office's Open311 server."""
    own = Open311Server()
    await own.start()
    yield own
    await own.close()


@pytest.fixture
async def play(
    database_url: str, tmp_path: Path, open311: Open311Server, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Play]:
    """Give a house whose civil registry is reached at its Open311 server."""
    monkeypatch.setenv("AGENCY_PAPERS", SECRET)
    monkeypatch.setenv("AGENCY_KEY", KEY)
    served = OPEN311.format(url=open311.url, jurisdiction=JURISDICTION)
    rows = {OFFICE: served + STATUSES.format(variable="AGENCY_PAPERS")}
    migrate(database_url)
    stage = await open_play(database_url, tmp_path, district=with_rows(tmp_path, rows))
    await fill_registry(stage)
    yield stage
    await stage.house.close()


async def test_the_request_names_nobody(play: Play, open311: Open311Server) -> None:
    """It holds the ticket's code and no word of the citizen's; its number is kept sealed."""
    _, code = await file_papers(play)
    await play.house.timers.tick()
    (form,) = open311.forms
    (news,) = await news_of(play, code)
    assert code in form["description"]
    assert "hilang" not in form["description"]
    assert news.state is DeliveryState.DELIVERED
    assert news.reference in open311.requests


async def test_from_the_need_to_sudah(play: Play, open311: Open311Server) -> None:
    """A request is opened; its news accept and resolve; the citizen reads the notes and closes."""
    citizen, code = await file_papers(play)
    await play.house.timers.tick()
    number = (await news_of(play, code))[0].reference
    heard = len(citizen.heard)
    await later(play, minutes=17)
    assert await state_of(play, code) is TicketState.REFERRED

    open311.change(number, status_notes="DITERIMA", updated_datetime=stamp(play))
    await later(play, minutes=17)
    assert await state_of(play, code) is TicketState.IN_PROGRESS
    await later(play, minutes=17)
    open311.change(
        number, status="closed", status_notes="KTP dicetak", updated_datetime=stamp(play)
    )
    await later(play, minutes=17)
    await play.phones.wait_for(citizen.address, heard + 2)
    asked = len(open311.answered)
    await later(play, days=2)

    assert await state_of(play, code) is TicketState.RESOLVED
    assert "KTP dicetak" in citizen.last
    assert "tidak mengirim bukti" in citizen.last
    assert len(open311.answered) == asked
    await citizen.tap("Sudah")
    assert (await ticket_of(play, code)).closed_because is ClosedBecause.CONFIRMED


@pytest.mark.parametrize("shown", [True, False])
async def test_a_photo_over_there_is_the_proof(
    play: Play,
    open311: Open311Server,
    shown: bool,  # noqa: FBT001 - one of two cases
) -> None:
    """What media_url leads to is shown to the citizen; else they read that there is no proof."""
    citizen, code = await file_papers(play)
    await play.house.timers.tick()
    number = (await news_of(play, code))[0].reference
    open311.photos["done.jpg"] = fresh_photo() if shown else b"<html>gone</html>"
    photo = f"{open311.url}/photos/done.jpg"
    news = {"status": "closed", "status_notes": "KTP dicetak", "media_url": photo}
    open311.change(number, **news, updated_datetime=stamp(play))
    await later(play, minutes=17)
    await settle(play)
    assert await state_of(play, code) is TicketState.RESOLVED
    assert ("/bukti/" in citizen.last) is shown
    assert ("tidak mengirim bukti" in citizen.last) is not shown


async def test_a_photo_used_before_proves_nothing(play: Play, open311: Open311Server) -> None:
    """The case is done by the office's account, and its citizen sees no photo of another's."""
    open311.photos["old.jpg"] = fresh_photo()
    told = []
    for _ in range(2):
        citizen = await play.known()
        code = await filed_papers(play, citizen)
        await play.house.timers.tick()
        number = (await news_of(play, code))[0].reference
        news = {"status": "closed", "media_url": f"{open311.url}/photos/old.jpg"}
        open311.change(number, **news, updated_datetime=stamp(play))
        await later(play, minutes=17)
        await settle(play)
        assert await state_of(play, code) is TicketState.RESOLVED
        told.append("/bukti/" in citizen.last)
    assert told == [True, False]


def stamp(play: Play) -> str:
    """Return the present as a GeoReport server writes it."""
    return play.clock.now().isoformat()


async def test_closed_is_never_more_than_resolved(play: Play, open311: Open311Server) -> None:
    """Closed at once and without a word: resolved with an honest sentence, and BELUM reopens."""
    citizen, code = await file_papers(play)
    await play.house.timers.tick()
    number = (await news_of(play, code))[0].reference
    heard = len(citizen.heard)
    open311.change(number, status="closed", updated_datetime=stamp(play))
    await later(play, minutes=17)
    await play.phones.wait_for(citizen.address, heard + 2)
    assert await state_of(play, code) is TicketState.RESOLVED
    assert "Tidak ada keterangan" in citizen.last

    await citizen.tap("Belum")
    await citizen.say("KTP belum saya terima")
    await play.house.timers.tick()
    await later(play, hours=7)
    assert len(open311.forms) == 2
    assert await state_of(play, code) is TicketState.IN_PROGRESS


async def test_a_refusal_there_is_one_here(play: Play, open311: Open311Server) -> None:
    """Notes that begin with the row's word for a refusal: declined, with what follows as words."""
    citizen, code = await file_papers(play)
    await play.house.timers.tick()
    number = (await news_of(play, code))[0].reference
    open311.change(number, status_notes="TUNGGU: blangko habis", updated_datetime=stamp(play))
    await later(play, minutes=17)
    assert await state_of(play, code) is TicketState.ON_HOLD
    await later(play, minutes=17)
    note = "ditolak: bukan warga sini"
    open311.change(number, status="closed", status_notes=note, updated_datetime=stamp(play))
    await later(play, minutes=17)
    assert await state_of(play, code) is TicketState.DECLINED
    await play.phones.wait_until(
        lambda: any("bukan warga sini" in reply.text for reply in citizen.heard)
    )


async def test_a_token_is_followed(play: Play, open311: Open311Server) -> None:
    """A server that numbers later: the number takes the token's place, and its news are read."""
    open311.tokens = True
    code = await filed_papers(play, play.citizen())
    await play.house.timers.tick()
    assert (await news_of(play, code))[0].reference == "token:t1"
    await later(play, minutes=17)
    assert (await news_of(play, code))[0].reference == "token:t1"
    number = open311.number("t1")
    open311.change(number, status_notes="DITERIMA", updated_datetime=stamp(play))
    await later(play, minutes=17)
    assert (await news_of(play, code))[0].reference == number
    assert await state_of(play, code) is TicketState.IN_PROGRESS


async def test_looks_grow_rare_and_heed_the_server(play: Play, open311: Open311Server) -> None:
    """Every quarter of an hour at first, a few times a day later, and not before it may."""
    code = await filed_papers(play, play.citizen())
    await play.house.timers.tick()
    number = (await news_of(play, code))[0].reference
    open311.change(number, status_notes="DITERIMA", updated_datetime=stamp(play))
    looks = await looks_within(play, open311, timedelta(hours=2))
    assert 6 <= looks <= 8
    await looks_within(play, open311, timedelta(days=3))
    assert 3 <= await looks_within(play, open311, timedelta(days=1)) <= 5

    open311.status, open311.headers = 503, {"Retry-After": "43200"}
    await later(play, hours=7)
    open311.status = 0
    assert await looks_within(play, open311, timedelta(hours=11)) == 0
    assert await looks_within(play, open311, timedelta(hours=9)) >= 1


async def looks_within(play: Play, open311: Open311Server, time: timedelta) -> int:
    """Let *time* pass by quarters of an hour; return how often the case was looked at."""
    before = len(open311.answered)
    for _ in range(int(time / timedelta(minutes=15))):
        await later(play, minutes=15)
    return len(open311.answered) - before


async def test_nobody_looks_when_it_is_over(play: Play, open311: Open311Server) -> None:
    """Once the leg has ended here, whatever they write there is nobody's news."""
    code = await filed_papers(play, play.citizen())
    await play.house.timers.tick()
    async with front_door(play) as client:
        program = Program(client, play, OFFICE, SECRET)
        await program.post(code, "BUKAN KEWENANGAN", words="salah kantor")
    number = (await news_of(play, code))[0].reference
    open311.change(number, status="closed", status_notes="selesai", updated_datetime=stamp(play))
    await later(play, days=1)
    assert await state_of(play, code) is TicketState.TRIAGE
    assert not [path for path, _ in open311.answered if "/requests/" in path]


async def test_a_closure_that_came_late_is_looked_at_until_it_counts(
    play: Play, open311: Open311Server
) -> None:
    """A citizen's words before our next look neither hide a closure nor end our looking."""
    citizen, code = await file_papers(play)
    await play.house.timers.tick()
    number = (await news_of(play, code))[0].reference
    open311.change(
        number, status="closed", status_notes="KTP dicetak", updated_datetime=stamp(play)
    )
    play.clock.move(minutes=10)
    await citizen.say(f"JAWAB {code} nomor HP saya ganti")
    await later(play, minutes=17)
    await settle(play)
    assert await state_of(play, code) is TicketState.RESOLVED
