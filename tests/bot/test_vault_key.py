"""A house without the vault's key: it runs, and says of violence tickets who can open them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from casework.access.links import Claim
from casework.citizen.finding import Finding
from casework.citizen.whose import Person
from casework.trail.actions import OPERATOR, Action
from referrals.roles import Role
from storage.database.sealing import Sealer, VaultClosed
from storage.unit import Outcome
from tests.bot.playing import Play, fill_registry, open_play
from tests.bot.test_desk import CODE, filed, links_of
from tests.bot.test_whole_loop import file_papers
from tests.storage.samples import BUDI
from tests.web.stage import BROWSER, TOKEN, Desk, agency_app, client


@pytest.fixture
async def whole(database_url: str, tmp_path: Path) -> AsyncIterator[Play]:
    """Give a house that holds the vault's key."""
    play = await open_play(database_url, tmp_path, vault_key=Sealer.new_key())
    await fill_registry(play)
    yield play
    await play.house.close()


@pytest.fixture
async def partly(whole: Play, database_url: str, tmp_path: Path) -> AsyncIterator[Play]:
    """Give a house on the same database that does not."""
    play = await open_play(database_url, tmp_path, instance="partly")
    yield play
    await play.house.close()


async def test_the_houses_key_opens_no_violence_ticket(whole: Play, partly: Play) -> None:
    """Its officers' page opens in the one house and is locked in the other."""
    citizen = await whole.known()
    await filed(whole, citizen, "PPA")
    now = whole.clock.now()
    token = links_of(whole).token(Claim(CODE, 1), now)
    assert await whole.house.desk.see(token, now)
    with pytest.raises(VaultClosed):
        await partly.house.desk.see(token, now)


async def test_everything_else_runs_without_it(whole: Play, partly: Play) -> None:
    """Tickets are filed and followed, own lists are shown, people are erased."""
    victim = await whole.known()
    await filed(whole, victim, "PPA")
    partly.citizen()  # the number that the other house gave out already
    await file_papers(partly)
    finding = Finding(partly.house.store, partly.house.district, partly.clock.now)
    assert len(await finding.one(victim.address, CODE, "")) == 1
    assert await finding.one(BUDI, CODE, "0001") == ()
    unit = partly.house.store.unit()
    now = partly.clock.now()
    erased = await partly.house.rights.erase(unit, Person(victim.address), now, OPERATOR)
    assert await partly.house.store.commit(unit) is Outcome.KEPT
    assert erased.waiting == (CODE,)


async def test_the_desk_is_refused_and_that_is_kept(whole: Play) -> None:
    """Who is not the vault's officer opens nothing of it, and the try is in the audit."""
    citizen = await whole.known()
    await filed(whole, citizen, "PPA")
    now = whole.clock.now()
    token = links_of(whole).token(Claim(CODE, 1, Role.VERIFIER, whole.house.district.desk), now)
    assert await whole.house.desk.see(token, now) is None
    lines = await whole.house.store.looks_at([CODE], [])
    assert [line.action for line in lines] == [Action.REFUSED]


async def test_the_page_says_who_can_open_it() -> None:
    """A locked ticket is no error: the page names who holds its key."""

    async def locked(token: str, at: object) -> None:
        raise VaultClosed

    desk = Desk()
    desk.see = locked  # type: ignore[method-assign,assignment]  # the desk of a house without the key
    async with client(agency_app(desk)) as browser:
        answer = await browser.get(f"/agency/{TOKEN}", headers=BROWSER)
        assert answer.status == 423
        assert "pejabat pelindungan data" in await answer.text()
