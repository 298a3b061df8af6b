"""The registry behind a turn: slow, gone, or asked too often."""

import asyncio
from pathlib import Path

import pytest

from bot.taking import late_answers
from bot.taking.late_answers import AGAIN, HUNG, PATIENCE, REFUSED, worth_another
from casework.citizen.tries import wrong_late
from conversations.turn import LookUp, RegistryAnswered, TicketsFound
from registry_client.answers import (
    Answer,
    Edition,
    Listed,
    NotFound,
    NotMatched,
    Pending,
    Programme,
    Unavailable,
)
from registry_client.nik import Nik
from storage.database.migrate import migrate
from tests.bot.playing import MONDAY, Citizen, Play, open_play

SITI, SITI_PROOF = "9901014107800001", "0001"
EDITION = Edition("DTSEN 2026-T4", MONDAY.date())
LISTED = Listed(2, (Programme("PKH", active=True),), EDITION)


class HangingRegistry:
    """A registry that takes its time for each question, however often it is asked."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.asked = 0

    async def look_up(self, nik: Nik, proof: str) -> Answer:
        self.asked += 1
        await asyncio.sleep(self._seconds)
        return LISTED


class SlowRegistry:
    """A registry that answers only when let."""

    def __init__(self) -> None:
        self.may_answer = asyncio.Event()
        self.reached = asyncio.Event()
        self.asked = 0

    async def look_up(self, nik: Nik, proof: str) -> Answer:
        self.asked += 1
        self.reached.set()
        await self.may_answer.wait()
        return LISTED


async def ask(citizen: Citizen, nik: str, proof: str) -> str:
    """Ask for a status, and return the answer."""
    await citizen.say("menu")
    await citizen.tap("Cek")
    await citizen.say(nik)
    return await citizen.say(proof)


async def test_the_fixed_identities_get_their_answers(play: Play) -> None:
    """SITI AMINAH is listed in desil 2 with PKH, and is told as of which data."""
    answer = await ask(await play.known(), SITI, SITI_PROOF)

    assert "desil 2" in answer.lower()
    assert "PKH" in answer
    assert "DTSEN 2026-T4" in answer


async def test_a_wrong_proof_and_an_unknown_nik_are_one_answer(play: Play) -> None:
    """A stranger cannot tell from the answer whether a NIK is in the registry."""
    wrong = await ask(await play.known(), SITI, "9999")
    unknown = await ask(await play.known(), "9901034506880005", "9999")

    assert wrong == unknown


async def test_the_sixth_proof_of_a_day_is_not_looked_at(play: Play) -> None:
    """Five proofs a day for one NIK, whoever gives them; the right one no longer helps."""
    citizens = [await play.known() for _ in range(6)]
    for citizen in citizens[:5]:
        await ask(citizen, SITI, "9999")

    refused = await ask(citizens[5], SITI, SITI_PROOF)
    play.clock.move(days=1)
    tomorrow = await ask(citizens[5], SITI, SITI_PROOF)

    assert "desil" not in refused.lower()
    assert "desil 2" in tomorrow.lower()


async def test_who_guesses_slowly_is_stopped_for_the_month(play: Play) -> None:
    """After fifteen wrong proofs of one NIK the right one helps in the next month again."""
    citizen = await play.known()
    for _ in range(3):
        for _ in range(5):
            await ask(await play.known(), SITI, "9999")
        play.clock.move(days=1)

    refused = await ask(citizen, SITI, SITI_PROOF)
    play.clock.move(days=31)
    next_month = await ask(citizen, SITI, SITI_PROOF)

    assert "desil" not in refused.lower()
    assert "kantor desa" in refused.lower()
    assert "desil 2" in next_month.lower()


async def test_strangers_cannot_shut_out_who_proved_it_before(play: Play) -> None:
    """Five strangers a day and fifteen a month close a NIK to others, not to its family."""
    family, stranger = await play.known(), await play.known()
    await ask(family, SITI, SITI_PROOF)
    for _ in range(3):
        play.clock.move(days=1)
        for _ in range(5):
            await ask(await play.known(), SITI, "9999")

    told = [await ask(family, SITI, SITI_PROOF) for _ in range(5)]
    one_more = await ask(family, SITI, SITI_PROOF)

    assert all("desil 2" in answer.lower() for answer in told)
    assert "27 November 2026" in one_more
    assert "1 Desember 2026" in await ask(stranger, SITI, SITI_PROOF)


async def test_who_proved_it_before_cannot_guess_without_end(play: Play) -> None:
    """Whoever has a count of their own is stopped for the month after fifteen wrong ones too."""
    family = await play.known()
    await ask(family, SITI, SITI_PROOF)
    for _ in range(6):
        play.clock.move(days=1)
        for _ in range(5):
            await ask(family, SITI, "9999")
    play.clock.move(days=1)

    answer = await ask(family, SITI, SITI_PROOF)

    assert "1 Desember 2026" in answer


def test_a_right_proof_is_no_wrong_one() -> None:
    """That the civil registry does not know the row is told to a right proof only."""
    question = LookUp(Nik(SITI), SITI_PROOF)
    for answer, wrong in ((NotFound(EDITION), 1), (NotMatched(EDITION), 0), (Pending(), 0)):
        assert len(wrong_late(RegistryAnswered(answer, question))) == wrong
    assert wrong_late(TicketsFound(())) == ()


async def test_right_proofs_are_counted_by_the_day_only(play: Play) -> None:
    """A family that looks often at what is theirs is not sent away."""
    for _ in range(4):
        for _ in range(5):
            answer = await ask(await play.known(), SITI, SITI_PROOF)
            assert "desil 2" in answer.lower()
        play.clock.move(days=1)


async def test_the_day_of_proofs_is_the_districts_own(play: Play) -> None:
    """Five tries before seven in the morning are still today's at eight: days turn at midnight."""
    play.clock.time = MONDAY.replace(hour=23, minute=30)  # 06:30 the next day in the district
    citizen = await play.known()
    for _ in range(5):
        await ask(citizen, SITI, "9999")
    play.clock.move(hours=1)  # past midnight in UTC, not in the district

    answer = await ask(citizen, SITI, SITI_PROOF)

    assert "desil 2" not in answer.lower()


async def test_proofs_given_at_once_are_counted_too(play: Play) -> None:
    """Twenty people who try one NIK in the same instant get five tries between them."""
    citizens = [await play.known() for _ in range(12)]
    for citizen in citizens:
        await citizen.tap("Cek")
        await citizen.say(SITI)

    answers = await asyncio.gather(*(citizen.say(SITI_PROOF) for citizen in citizens))

    assert sum("desil 2" in answer.lower() for answer in answers) == 5


async def test_a_slow_registry_is_said_at_once_and_answers_later(
    database_url: str, tmp_path: Path
) -> None:
    """A citizen is told that it takes longer, and gets the answer when there is one."""
    migrate(database_url)
    slow = SlowRegistry()
    play = await open_play(database_url, tmp_path, slow.look_up)
    citizen = await play.known()

    waiting = await ask(citizen, SITI, SITI_PROOF)
    timers = asyncio.ensure_future(play.house.timers.run())
    slow.may_answer.set()
    answer = await citizen.next()
    timers.cancel()
    await play.house.close()

    assert "desil" not in waiting.lower()
    assert "desil 2" in answer.lower()
    assert slow.asked == 2


async def test_a_registry_that_hangs_is_given_longer_with_each_try(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that takes longer than the first patience comes with a later one."""
    migrate(database_url)
    monkeypatch.setattr(late_answers, "PATIENCE", (0.02, 0.6))
    hanging = HangingRegistry(seconds=0.4)
    play = await open_play(database_url, tmp_path, hanging.look_up)
    citizen = await play.known()

    await ask(citizen, SITI, SITI_PROOF)
    await play.house.timers.tick()
    play.clock.move(seconds=AGAIN.total_seconds())
    await play.house.timers.tick()
    answer = await citizen.next()
    await play.house.close()

    assert "desil 2" in answer.lower()
    assert hanging.asked == 3


async def test_a_question_that_hangs_is_asked_by_nobody_else(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long a try may last, its timer is no other's until it is over."""
    migrate(database_url)
    monkeypatch.setattr(late_answers, "PATIENCE", (300.0,))
    slow = SlowRegistry()
    play = await open_play(database_url, tmp_path, slow.look_up)
    citizen = await play.known()

    await ask(citizen, SITI, SITI_PROOF)
    slow.reached.clear()
    lane = asyncio.ensure_future(play.house.timers.tick())
    await slow.reached.wait()
    play.clock.move(minutes=4)
    others = await play.house.store.claim_timers("registry", play.clock.now(), 9)
    slow.may_answer.set()
    await lane
    answer = await citizen.next()
    await play.house.close()

    assert not others
    assert "desil 2" in answer.lower()


def test_a_look_up_of_more_than_a_minute_is_never_cut_off() -> None:
    """Each try lasts well over a minute, and none is shorter than the one before."""
    assert PATIENCE[0] >= 90
    assert list(PATIENCE) == sorted(PATIENCE)
    assert worth_another(Pending(), 1)
    assert not worth_another(Pending(), HUNG)
    assert worth_another(Unavailable(), HUNG)
    assert not worth_another(Unavailable(), REFUSED)
    assert not worth_another(LISTED, 1)
