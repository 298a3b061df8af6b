"""What offices' programs say twice, late, too early, of others' tickets or without a right."""

import asyncio
import time
from datetime import UTC
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.programs import agency_updates
from casework.trail.actions import Action, office_actor
from referrals import commands
from referrals.log import first_broken, replay
from referrals.ticket import LegState, TicketState
from storage.database.migrate import migrate
from tests.bot.officers import Officer, looks_at
from tests.bot.offices import (
    DONE,
    ELSEWHERE,
    OFFICE,
    OLD,
    OTHER,
    REPEATED,
    ROWS,
    SECRET,
    STRANGER,
    VAULT,
    Program,
    ago,
    filed_papers,
    front_door,
    ticket_of,
    with_rows,
)
from tests.bot.playing import Play, fill_registry, open_play
from tests.bot.test_desk import filed
from tests.bot.test_whole_loop import act, file_papers, state_of
from tests.servers import Postgres


async def test_an_update_that_comes_again_does_nothing(play: Play, program: Program) -> None:
    """The same message, the same id in another message, the same news under a new id: once."""
    _, code = await file_papers(play)
    body = b'{"ticket": "%b", "status": "DITERIMA", "id": "u1"}' % code.encode()
    news = {"words": "sudah dicetak", "occurred_at": ago(play, minutes=1)}

    assert await program.send(body, name="m1") == (200, DONE)
    again = await asyncio.gather(*(program.send(body, name="m1") for _ in range(5)))
    assert set(again) == {(200, REPEATED)}
    assert await program.send(body.replace(b"DITERIMA", b"TUNGGU"), name="m2") == (200, REPEATED)
    assert (await ticket_of(play, code)).events == 3
    assert await program.post(code, "SELESAI", id="u2", **news) == (200, DONE)
    assert await program.post(code, "SELESAI", id="u2", **news) == (200, REPEATED)
    assert await program.post(code, "selesai ", id="u3", **news) == (200, REPEATED)
    assert (await ticket_of(play, code)).events == 4


async def test_two_at_once_are_one(play: Play, program: Program) -> None:
    """The same message over many connections at the same moment is done a single time."""
    _, code = await file_papers(play)
    body = b'{"ticket": "%b", "status": "TANYA", "words": "KK ada?"}' % code.encode()
    answers = await asyncio.gather(*(program.send(body, name="m1") for _ in range(8)))
    assert answers.count((200, DONE)) == 1
    assert {status for status, _ in answers} == {200}
    assert (await ticket_of(play, code)).legs[0].asked == 1


async def test_a_message_is_not_played_again_later(play: Play, program: Program) -> None:
    """What was recorded on its way is refused after five minutes, and known before."""
    _, code = await file_papers(play)
    sent = play.clock.now()
    body = b'{"ticket": "%b", "status": "DITERIMA"}' % code.encode()
    assert await program.send(body, name="m1", at=sent) == (200, DONE)
    play.clock.move(minutes=4)
    assert await program.send(body, name="m1", at=sent) == (200, REPEATED)
    play.clock.move(minutes=2)
    assert await program.send(body, name="m1", at=sent) == (401, "")


async def test_late_news_changes_nothing(play: Play, program: Program) -> None:
    """Reordered updates end where the office stands, whichever came first."""
    _, code = await file_papers(play)
    done = {"words": "sudah dicetak", "occurred_at": ago(play, minutes=1)}
    assert await program.post(code, "SELESAI", **done) == (200, DONE)
    late = await program.post(code, "TUNGGU", words="antre", occurred_at=ago(play, minutes=2))
    assert late == (200, OLD)
    assert await state_of(play, code) is TicketState.RESOLVED
    assert (await program.post(code, "TUNGGU", words="antre", occurred_at=ago(play, minutes=2)))[
        1
    ] == REPEATED


async def test_a_late_selesai_never_overrides_belum(play: Play, program: Program) -> None:
    """The citizen said BELUM after the office finished: old news of that does not count."""
    citizen, code = await file_papers(play)
    told = ago(play, minutes=0)
    await program.post(code, "SELESAI", words="sudah dicetak", occurred_at=told)
    play.clock.move(hours=3)
    await citizen.tap("Belum")
    await citizen.say("KTP belum saya terima")
    assert await state_of(play, code) is TicketState.IN_PROGRESS

    late = {"words": "sudah dicetak kok", "occurred_at": ago(play, hours=1)}
    assert await program.post(code, "SELESAI", **late) == (200, OLD)
    assert await state_of(play, code) is TicketState.IN_PROGRESS
    fresh = {"words": "sudah diantar", "occurred_at": ago(play, minutes=0)}
    assert await program.post(code, "SELESAI", **fresh) == (200, DONE)


async def test_an_officer_on_the_page_counts_too(play: Play, program: Program) -> None:
    """What somebody did by hand is newer than what the program tells of an hour ago."""
    _, code = await file_papers(play)
    play.clock.move(hours=2)
    await act(play, commands.Accept(leg=1))
    old = await program.post(code, "TUNGGU", words="antre", occurred_at=ago(play, hours=1))
    assert old == (200, OLD)
    near = {"words": "antre", "occurred_at": ago(play, minutes=3)}
    assert await program.post(code, "TUNGGU", **near) == (200, DONE)


async def test_a_clock_that_goes_ahead_is_set_back(play: Play, program: Program) -> None:
    """News from next year do not make today's old."""
    _, code = await file_papers(play)
    ahead = {"words": "antre", "occurred_at": "2027-11-23T00:00:00Z"}
    assert await program.post(code, "TUNGGU", **ahead) == (200, DONE)
    play.clock.move(minutes=1)
    assert await program.post(code, "PROSES", occurred_at=ago(play, minutes=0)) == (200, DONE)


async def test_another_offices_ticket_is_nobodys(play: Play, program: Program) -> None:
    """A ticket that is not there, another office's, and a leg of the future: one answer."""
    _, code = await file_papers(play)
    async with front_door(play) as client:
        other = Program(client, play, ELSEWHERE, OTHER)
        assert await other.post(code, "DITERIMA") == (404, STRANGER)
        assert await other.post("482109379", "DITERIMA") == (404, STRANGER)
        assert await other.send(b"{}", secret=SECRET) == (401, "")
    assert await program.post(code, "DITERIMA", leg=2) == (404, STRANGER)
    noted = [one.actor for one in await looks_at(play, code) if one.action == Action.REFUSED]
    free = [one.actor for one in await looks_at(play, "482109379")]
    assert free == [office_actor(ELSEWHERE)]  # noted like the other, and so as slow to answer
    assert noted == [office_actor(ELSEWHERE), office_actor(OFFICE)]
    assert (await ticket_of(play, code)).legs[0].state is not LegState.WORKING
    assert await program.post(code, "DITERIMA", leg=1) == (200, DONE)


async def test_taken_codes_take_no_longer_than_free_ones(
    play: Play, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refusal is told at one time after the question, however much there was to look up."""
    monkeypatch.setattr(agency_updates, "EVEN", 0.5)
    _, code = await file_papers(play)
    async with front_door(play) as client:
        other = Program(client, play, ELSEWHERE, OTHER)
        for asked in (code, "482109379"):
            begun = time.monotonic()
            assert await other.post(asked, "DITERIMA") == (404, STRANGER)
            assert 0.5 <= time.monotonic() - begun < 1


@pytest.mark.parametrize("burnt", [f"{OFFICE}:m1", f"program/{OFFICE}/{{}}/id/m1", "m1"])
async def test_nobody_uses_up_a_programs_names(play: Play, program: Program, burnt: str) -> None:
    """What an officer's form is called on another ticket, or on this one, hides no update."""
    _, code = await file_papers(play)
    _, other = await file_papers(play)
    for ticket in (other, code):
        named = burnt.format(code)
        assert await Officer(play, ticket, 1).does(commands.Accept(leg=1), once=named)
    body = b'{"ticket": "%b", "status": "TUNGGU", "words": "antre"}'
    assert await program.send(body % code.encode(), name="m1") == (200, DONE)
    assert await program.send(body % code.encode(), name="m1") == (200, REPEATED)
    assert await program.send(body % other.encode(), name="m1") == (200, DONE)


async def test_a_leg_that_was_given_back_is_over(play: Play, program: Program) -> None:
    """After a return nothing that the program says moves the ticket."""
    _, code = await file_papers(play)
    await program.post(code, "BUKAN KEWENANGAN", words="salah kantor")
    before = (await ticket_of(play, code)).events
    for word in ("DITERIMA", "SELESAI", "DITOLAK", "TUNGGU", "TANYA"):
        assert (await program.post(code, word, words="masih di sini"))[0] == 409
    assert (await ticket_of(play, code)).events == before


async def test_a_vault_keeps_its_rules(play: Play) -> None:
    """Its own office's program may work on it; nothing is asked, and it never leaves."""
    citizen = await play.known()
    code = await filed(play, citizen, "PPA", "99.01.01.2001")
    heard = len(citizen.heard)
    async with front_door(play) as client:
        vault = Program(client, play, VAULT, OTHER)
        other = Program(client, play, OFFICE, SECRET)
        assert await other.post(code, "DITERIMA") == (404, STRANGER)
        assert (await vault.post(code, "TANYA", words="apa yang terjadi?"))[0] == 409
        assert (await vault.post(code, "BUKAN KEWENANGAN", words="bukan kami"))[0] == 409
        assert await vault.post(code, "DITERIMA") == (200, DONE)
    assert len(citizen.heard) == heard


async def test_a_secret_that_is_missing_lets_nobody_in(
    play: Play, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row without its secret in the environment is no open door; two secrets are one."""
    _, code = await file_papers(play)
    monkeypatch.setenv("AGENCY_PAPERS", "")
    assert await program.post(code, "DITERIMA") == (401, "")
    monkeypatch.setenv("AGENCY_PAPERS", f"{OTHER} {SECRET}")
    assert await program.post(code, "DITERIMA") == (200, DONE)


async def test_a_database_that_is_away_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """503 while nothing can be kept; the same message is done once it can."""
    monkeypatch.setenv("AGENCY_PAPERS", SECRET)
    with Postgres() as server:
        migrate(server.url())
        folder = with_rows(tmp_path, ROWS)
        play = await open_play(server.url(), tmp_path, district=folder)
        await fill_registry(play)
        _, code = await file_papers(play)
        body = b'{"ticket": "%b", "status": "DITERIMA"}' % code.encode()
        async with front_door(play) as client:
            program = Program(client, play, OFFICE, SECRET)
            server.stop()
            assert (await program.send(body, name="m1"))[0] == 503
            server.start()
            assert await back(program, body) == (200, DONE)
        await play.house.close()


async def back(program: Program, body: bytes) -> tuple[int, str]:
    """Return the first answer that is not 503."""
    async with asyncio.timeout(20):
        while (answer := await program.send(body, name="m1"))[0] == 503:  # noqa: ASYNC110 - a database says nothing when it is back
            await asyncio.sleep(0.1)
    return answer


WORDS = st.text(max_size=30) | st.sampled_from(["sudah dicetak", "9901014107800001", "\x00"])
SAID = st.sampled_from(
    ["DITERIMA", "PROSES", "SELESAI", "DITOLAK", "BUKAN KEWENANGAN", "TUNGGU", "TANYA", "DICETAK"]
)
BODIES = st.fixed_dictionaries(
    {"status": SAID | st.text(min_size=1, max_size=20)},
    optional={
        "leg": st.integers(-1, 4) | st.none(),
        "words": WORDS,
        "reason": st.sampled_from(["", "quota", "mood"]) | WORDS,
        "better": st.sampled_from(["", "dinsos-data", VAULT, "nowhere"]) | WORDS,
        "expected": st.dates().map(str) | st.text(max_size=5),
        "occurred_at": st.datetimes(timezones=st.just(UTC)).map(str) | st.text(max_size=5),
        "id": WORDS,
        "reference": WORDS,
    },
)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(bodies=st.lists(BODIES, min_size=1, max_size=4))
async def test_nothing_that_is_signed_breaks_the_house(
    play: Play, program: Program, bodies: list[dict[str, object]]
) -> None:
    """Whatever a program with the right secret says, in any order: an answer, a log that holds."""
    code = await filed_papers(play, play.citizen())
    for body in bodies:
        status, _ = await program.send(msgspec.json.encode({"ticket": code, **body}))
        assert status in {200, 400, 404, 409, 422}
    entries = await play.house.store.entries(code)
    assert replay(entries) == await ticket_of(play, code)
    assert first_broken(entries) is None
    assert (await ticket_of(play, code)).state is not TicketState.CLOSED
