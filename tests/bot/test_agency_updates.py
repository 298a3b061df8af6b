"""What offices' programs say, against the whole house: doubled, late, about others' tickets."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from datetime import UTC, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from casework.actions import Action, office
from casework.office_news import Update, Verdict
from referrals import commands
from referrals.log import first_broken, replay
from referrals.ticket import ClosedBecause, LegState, TicketState
from storage.deliveries import Delivery, DeliveryState
from storage.migrate import migrate
from tests.bot.officers import looks_at
from tests.bot.offices import (
    OTHER,
    SECRET,
    STATUSES,
    Program,
    filed_papers,
    front_door,
    ticket_of,
    with_rows,
)
from tests.bot.playing import Play, fill_registry, open_play
from tests.bot.test_desk import filed
from tests.bot.test_whole_loop import act, file_papers, state_of
from tests.casework.pictures import photo
from tests.servers import Postgres

OFFICE, ELSEWHERE, VAULT = "disdukcapil", "dinkes", "uptd-ppa"
ROWS = {
    OFFICE: STATUSES.format(variable="AGENCY_PAPERS"),
    ELSEWHERE: STATUSES.format(variable="AGENCY_HEALTH"),
    VAULT: STATUSES.format(variable="AGENCY_VAULT"),
}
DONE, REPEATED, OLD = '{"outcome":"done"}', '{"outcome":"repeated"}', '{"outcome":"old"}'
INCOMPLETE = '{"outcome":"incomplete"}'
UNFIT = '{"outcome":"unfit"}'
NOTHING_NEW, STRANGER = '{"outcome":"nothing_new"}', '{"outcome":"stranger"}'


@pytest.fixture
async def play(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Play]:
    """Give a house in a district where three offices have programs."""
    monkeypatch.setenv("AGENCY_PAPERS", SECRET)
    monkeypatch.setenv("AGENCY_HEALTH", OTHER)
    monkeypatch.setenv("AGENCY_VAULT", OTHER)
    migrate(database_url)
    stage = await open_play(database_url, tmp_path, district=with_rows(tmp_path, ROWS))
    await fill_registry(stage)
    yield stage
    await stage.house.close()


@pytest.fixture
async def program(play: Play) -> AsyncIterator[Program]:
    """Give the civil registry's program."""
    async with front_door(play) as client:
        yield Program(client, play, OFFICE, SECRET)


def ago(play: Play, **by: float) -> str:
    """Return a moment before now, as a program writes it."""
    return (play.clock.now() - timedelta(**by)).isoformat()


async def test_from_the_need_to_sudah_by_a_program(play: Play, program: Program) -> None:
    """Accepted and resolved by the office's program; the citizen hears of both and closes it."""
    citizen, code = await file_papers(play)

    assert await program.post(code, "diterima", expected="2026-12-01") == (200, DONE)
    accepted = await citizen.next()
    assert await program.post(code, "SELESAI", words="KTP baru sudah dicetak") == (200, DONE)
    solved = await citizen.next()
    assert await state_of(play, code) is TicketState.RESOLVED
    await citizen.tap("Sudah")

    ticket = await ticket_of(play, code)
    entries = await play.house.store.entries(code)
    assert "1 Desember" in accepted
    assert "KTP baru sudah dicetak" in solved
    assert ticket.closed_because is ClosedBecause.CONFIRMED
    assert replay(entries) == ticket
    assert first_broken(entries) is None


async def test_a_program_never_closes(play: Play, program: Program) -> None:
    """However often it says done: the ticket waits for its citizen."""
    _, code = await file_papers(play)
    for word in ("SELESAI", "SELESAI", "PROSES", "SELESAI"):
        await program.post(code, word, words="sudah selesai")
    assert await state_of(play, code) is TicketState.RESOLVED


async def test_what_programs_skip_is_done_for_them(play: Play, program: Program) -> None:
    """Resolved without accepting, at work again from the waiting list: the steps between count."""
    citizen, code = await file_papers(play)
    assert await program.post(code, "TUNGGU", words="blangko habis") == (200, DONE)
    assert await state_of(play, code) is TicketState.ON_HOLD
    assert await program.post(code, "TUNGGU", words="masih habis") == (200, NOTHING_NEW)
    assert await program.post(code, "PROSES") == (200, DONE)
    assert await state_of(play, code) is TicketState.IN_PROGRESS
    assert await program.post(code, "PROSES") == (200, NOTHING_NEW)
    assert await program.post(code, "TUNGGU", words="antre", expected="2027-11-01") == (200, DONE)
    assert await program.post(code, "SELESAI", words="sudah dicetak") == (200, DONE)
    assert await state_of(play, code) is TicketState.RESOLVED
    told = [await citizen.next() for _ in range(6)]
    assert "sudah dicetak" in told[-1]


async def test_every_word_of_the_row_means_something(play: Play, program: Program) -> None:
    """Ask, decline and return reach the citizen and the desk as they do from the page."""
    citizen, code = await file_papers(play)
    assert await program.post(code, "DICETAK") == (200, NOTHING_NEW)
    assert await program.post(code, "TANYA", words="Apakah KK sudah ada?") == (200, DONE)
    assert "Apakah KK sudah ada?" in await citizen.next()
    assert await state_of(play, code) is TicketState.NEEDS_INFO
    assert (await program.post(code, "SELESAI", words="sudah"))[0] == 409

    citizen, code = await file_papers(play)
    assert await program.post(code, "DITOLAK", words="bukan warga sini") == (200, DONE)
    assert await state_of(play, code) is TicketState.DECLINED

    _, code = await file_papers(play)
    better = {"words": "urusan kesehatan", "better": "nowhere"}
    assert (await program.post(code, "BUKAN KEWENANGAN", **better))[0] == 409
    assert await program.post(code, "BUKAN KEWENANGAN", words="salah kantor") == (200, DONE)
    assert await state_of(play, code) is TicketState.TRIAGE


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
        assert await other.post("482109375", "DITERIMA") == (404, STRANGER)
        assert await other.send(b"{}", secret=SECRET) == (401, "")
    assert await program.post(code, "DITERIMA", leg=2) == (404, STRANGER)
    noted = [one.actor for one in await looks_at(play, code) if one.action == Action.REFUSED]
    assert noted == [office(ELSEWHERE), office(OFFICE)]
    assert (await ticket_of(play, code)).legs[0].state is not LegState.WORKING
    assert await program.post(code, "DITERIMA", leg=1) == (200, DONE)


async def test_a_leg_that_was_given_back_is_over(play: Play, program: Program) -> None:
    """After a return nothing that the program says moves the ticket."""
    _, code = await file_papers(play)
    await program.post(code, "BUKAN KEWENANGAN", words="salah kantor")
    before = (await ticket_of(play, code)).events
    for word in ("DITERIMA", "SELESAI", "DITOLAK", "TUNGGU", "TANYA"):
        assert (await program.post(code, word, words="masih di sini"))[0] == 409
    assert (await ticket_of(play, code)).events == before


async def test_an_unknown_word_is_the_desks_to_learn(play: Play, program: Program) -> None:
    """422 with a constant word, one letter to the desk for each new status, and no news."""
    _, code = await file_papers(play)
    for word in ("TERPENDING", "terpending", "TERPENDING "):
        answer = await program.post(code, word, words="9901014107800001")
        assert answer == (422, '{"outcome":"unknown"}')
    assert (await program.post(code, "DIGANTUNG"))[0] == 422
    letters = await play.house.inbox.letters(play.house.district.desk)
    assert len(letters) == 2
    assert "TERPENDING" in letters[1].text
    assert all("99010141" not in letter.text and not letter.link for letter in letters)
    assert await state_of(play, code) is TicketState.REFERRED


async def test_what_must_come_with_words(play: Play, program: Program) -> None:
    """The citizen is owed an explanation; a reason of the list; a day that can be."""
    _, code = await file_papers(play)
    for word in ("SELESAI", "DITOLAK", "TUNGGU", "TANYA", "BUKAN KEWENANGAN"):
        assert await program.post(code, word, words=" \u200b") == (422, INCOMPLETE)
    assert (await program.post(code, "DITOLAK", words="tidak bisa", reason="mood"))[0] == 422
    for day in ("2026-11-01", "2999-11-01"):
        assert (await program.post(code, "DITERIMA", expected=day))[0] == 422
        assert (await program.post(code, "TUNGGU", words="antre", expected=day))[0] == 422
    assert await state_of(play, code) is TicketState.REFERRED


async def test_a_proof_counts_once(play: Play, program: Program) -> None:
    """A photo comes with the resolve; one that proved something before is refused."""
    citizen, code = await file_papers(play)
    done = {"words": "sudah dicetak", "files": [b64encode(photo()).decode()]}
    broken = {"words": "sudah dicetak", "files": [b64encode(b"no photo").decode()]}
    assert await program.post(code, "SELESAI", **broken) == (422, UNFIT)
    assert await program.post(code, "SELESAI", **done) == (200, DONE)
    other = await filed_papers(play, citizen)
    assert await program.post(other, "SELESAI", **done) == (422, UNFIT)
    assert (await ticket_of(play, other)).state is TicketState.IN_PROGRESS


async def test_a_row_may_demand_proof(play: Play) -> None:
    """An office whose row says so does not resolve by words alone."""
    code = await filed_papers(play, play.citizen())
    agency = play.house.district.agencies[OFFICE]
    assert agency.updates
    strict = replace(agency, updates=replace(agency.updates, proof=True))
    bare = Update(id="u1", ticket=code, status="SELESAI", words="sudah dicetak")
    now = play.clock.now()
    assert await play.house.updates.take(strict, bare, now) is Verdict.INCOMPLETE
    proven = replace(bare, files=(photo(),))
    assert await play.house.updates.take(strict, proven, now) is Verdict.DONE


async def test_long_and_odd_words_are_cut_and_cleaned(play: Play, program: Program) -> None:
    """What a citizen reads is of a telephone's length, without signs that nobody sees."""
    citizen, code = await file_papers(play)
    await program.post(code, "SELESAI", words="\u202eselesai\x00 " + "x" * 5000)
    await citizen.next()
    words = await play.house.store.ticket_words(code)
    said = b"".join(words.values()).decode()
    assert "\u202e" not in said
    assert len(said) < 3000


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


async def test_its_own_number_finds_the_leg(play: Play, program: Program) -> None:
    """A program may name the case as it answered our webhook, in the place of a leg."""
    _, code = await file_papers(play)
    unit = play.house.store.unit()
    unit.keep_delivery(
        Delivery(
            letter=1, turn=0, agency=OFFICE, code=code, leg=1, way="webhook",
            state=DeliveryState.DELIVERED, at=play.clock.now(), reference="DS-77",
        )
    )  # fmt: skip
    await play.house.store.commit(unit)
    assert await program.post(code, "DITERIMA", reference="DS-77") == (200, DONE)
    assert await program.post(code, "TUNGGU", words="antre", reference="unknown") == (200, DONE)


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
