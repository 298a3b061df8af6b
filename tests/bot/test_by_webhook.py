"""From a citizen's need through an office's own program to their SUDAH, by webhook."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import time_machine
from aiohttp import web
from cloudevents.core.bindings.http import HTTPMessage, from_http
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from standardwebhooks import Webhook as Judge

from conversations.turn import Answered
from referrals.district.directory import Privacy
from referrals.ticket import ClosedBecause, LegState
from storage.database.migrate import migrate
from storage.replies.deliveries import DeliveryState
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
from tests.bot.test_desk import filed
from tests.bot.test_whole_loop import file_papers
from tests.fakes.agency_server import AgencyServer, Got

NIK = "9901014107800001"
OFFICE, VAULT = "disdukcapil", "uptd-ppa"
WEBHOOK = """
    ways:
      - {{kind: webhook, url: "{url}", secret_env: AGENCY_PAPERS, private: true}}
      - {{kind: inbox}}
"""


@pytest.fixture
async def server() -> AsyncIterator[AgencyServer]:
    """Give an office's own program, as far as it listens."""
    own = AgencyServer()
    await own.start()
    yield own
    await own.close()


@pytest.fixture
async def play(
    database_url: str, tmp_path: Path, server: AgencyServer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Play]:
    """Give a house whose civil registry and vault are reached by webhook."""
    monkeypatch.setenv("AGENCY_PAPERS", SECRET)
    webhook = WEBHOOK.format(url=server.url)
    rows = {OFFICE: webhook + STATUSES.format(variable="AGENCY_PAPERS"), VAULT: webhook}
    migrate(database_url)
    stage = await open_play(database_url, tmp_path, district=with_rows(tmp_path, rows))
    await fill_registry(stage)
    yield stage
    await stage.house.close()


def read(play: Play, got: Got) -> CloudEvent:
    """Return *got* as other people's packages understand it, having checked its signature."""
    with time_machine.travel(play.clock.now(), tick=False):
        assert Judge(SECRET).verify(got.body, got.headers)
    return from_http(HTTPMessage(headers=got.headers, body=got.body), JSONFormat())


async def test_from_the_need_to_sudah(play: Play, server: AgencyServer) -> None:
    """Filed, received, accepted, resolved, confirmed: each side hears of what the other did."""
    citizen, code = await file_papers(play)
    await play.house.timers.tick()
    event = read(play, server.got[0])
    told = event.get_data()
    leg = (await ticket_of(play, code)).legs[0]

    assert event.get_type() == "id.satupintu.referral.created"
    assert event.get_subject() == f"{code}/1"
    assert told["service"]["code"] == "ADMINDUK"
    assert ", Kecamatan " in told["area"]["name"]
    assert leg.state is LegState.DELIVERED
    assert [one.state for one in await news_of(play, code)] == [DeliveryState.DELIVERED]

    heard = len(citizen.heard)
    async with front_door(play) as client:
        program = Program(client, play, told["agency"], SECRET)
        assert told["updates"].endswith(program.path)
        assert (await program.post(told["ticket"], "DITERIMA", leg=told["leg"]))[0] == 200
        assert (await program.post(told["ticket"], "SELESAI", words="KTP dicetak"))[0] == 200
    await play.phones.wait_for(citizen.address, heard + 2)
    assert "KTP dicetak" in citizen.last
    await citizen.tap("Sudah")
    await play.house.timers.tick()

    assert (await ticket_of(play, code)).closed_because is ClosedBecause.CONFIRMED
    assert read(play, server.got[-1]).get_type() == "id.satupintu.referral.confirmed"
    assert len({got.headers["webhook-id"] for got in server.got}) == len(server.got)


async def test_what_is_shared_and_nothing_more(play: Play, server: AgencyServer) -> None:
    """The event holds the answers that the service's row shares, by the rows' own keys."""
    await file_papers(play)
    await play.house.timers.tick()
    answers = {one["key"] for one in read(play, server.got[0]).get_data()["answers"]}
    fields = play.house.district.services["ADMINDUK"].fields
    assert answers
    assert answers <= {field.key for field in fields if field.shared}


async def test_who_wants_to_stay_unknown_does(play: Play, server: AgencyServer) -> None:
    """The office gets the case of somebody anonymous, and neither their name nor their NIK."""
    who = (Answered("name", "Siti Aminah", "Siti Aminah"), Answered("nik", NIK, "…0001"))
    for privacy in (Privacy.NAMED, Privacy.ANONIM):
        await filed_papers(play, play.citizen(), answers=who, privacy=privacy)
    await play.house.timers.tick()
    named, unknown = sorted(server.got, key=lambda got: b"Siti" not in got.body)
    assert b"Siti Aminah" in named.body
    assert b"Siti" not in unknown.body
    assert NIK.encode() not in unknown.body
    assert read(play, unknown).get_data()["service"]["code"] == "ADMINDUK"


async def test_a_vaults_event_is_neutral(play: Play, server: AgencyServer) -> None:
    """Neither service nor area nor answer nor story leaves the house."""
    await filed(play, await play.known(), "PPA", "99.01.01.2001")
    await play.house.timers.tick()
    (got,) = server.got
    assert not {"service", "area", "answers", "priority"} & set(read(play, got).get_data())
    for word in (b"PPA", b"Kekerasan", b"Sukamaju", b"0812"):
        assert word not in got.body


async def test_a_server_that_is_away_is_tried_by_the_table(
    play: Play, server: AgencyServer
) -> None:
    """After 5 s, then 5 min, then as long as it asks; the same id, and a single receipt."""
    asking = web.Response(status=503, headers={"Retry-After": "7200"})
    server.answers.extend([web.Response(status=500), web.Response(status=404), asking])
    code = await filed_papers(play, play.citizen())
    await play.house.timers.tick()
    for wait, tries in ((4, 1), (2, 2), (290, 2), (50, 3), (7000, 3), (300, 4), (90_000, 4)):
        await later(play, seconds=wait)
        assert len(server.got) == tries
    assert {got.headers["webhook-id"] for got in server.got} == {"letter_" + letter(server)}
    assert [one.attempts for one in await news_of(play, code)] == [4]
    assert (await ticket_of(play, code)).legs[0].state is LegState.DELIVERED


def letter(server: AgencyServer) -> str:
    """Return the number of the first letter that arrived."""
    return server.got[0].headers["webhook-id"].removeprefix("letter_")


async def test_gone_closes_the_way_and_alerts_the_desk(play: Play, server: AgencyServer) -> None:
    """410: the next way has the letter, the desk a letter, and nobody calls there again."""
    server.answers.append(web.Response(status=410))
    code = await filed_papers(play, play.citizen())
    for _ in range(3):
        await play.house.timers.tick()
    first = await news_of(play, code)
    desk = await play.house.inbox.letters(play.house.district.desk)
    again = await filed_papers(play, play.citizen())
    for _ in range(3):
        await play.house.timers.tick()

    assert [one.way for one in first] == ["webhook", "inbox"]
    assert (first[0].state, first[0].reason) == (DeliveryState.FAILED, "Gone")
    assert any("ditutup" in one.subject for one in desk)
    assert len(server.got) == 1
    assert [one.way for one in await news_of(play, again)] == ["inbox"]
