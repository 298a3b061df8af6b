"""How many people the console's accounts look up, before who is answerable for them."""

from casework.trail.seen import Seen
from conversations.messages import Address, Channel
from tests.bot.living import settle
from tests.web.console.board import NAME, NIK, PHONE, file
from tests.web.console.calling import looked_up
from tests.web.console.conftest import Console

ACCOUNTS = "/console/accounts"


async def test_supervisors_see_how_many_people_were_looked_up(console: Console) -> None:
    """Of every account on this day, in the list and on its own page."""
    supervisor, agent = await console.sign_in("supervisor"), await console.sign_in("call_agent")
    await looked_up(console, agent, 3)
    told = f"3 dari {console.district.looks_a_day}"
    assert (await supervisor.get(ACCOUNTS))[1].count(told) == 1
    assert told in (await supervisor.get(f"{ACCOUNTS}/{agent.account.id}"))[1]


async def test_who_is_unmasked_counts_among_the_days_looks(console: Console) -> None:
    """The last look of a day opens one person, again and again, and nobody else."""
    most = console.district.looks_a_day
    first, second = [await file(console, number=n, nik=f"{NIK[:-1]}{n}") for n in (1, 2)]
    await settle(console.play)
    officer = await console.sign_in("village_operator")
    await looked_up(console, officer, most - 1)
    why = {"why": "Cocokkan KK"}
    for _ in range(2):
        assert NAME in (await officer.post(f"/console/cases/{first}/reveal", why))[1]
    status, page = await officer.post(f"/console/cases/{second}/reveal", why)
    assert (status, NAME in page) == (422, False)
    assert "Jatah pencarian Anda hari ini sudah habis" in page
    deeds = [one.action for one in await console.audited(f"staff:{officer.account.id}")]
    assert (deeds.count("reveal"), deeds.count("over_quota")) == (2, 1)
    supervisor = await console.sign_in("supervisor")
    assert f"{most} dari {most}" in (await supervisor.get(ACCOUNTS))[1]


async def test_sheets_count_among_the_days_looks(console: Console) -> None:
    """Of two cases that are ticked with one look left, one is shown whole, and it is said."""
    codes = [await file(console, "DTSEN_USUL", number=n, nik=f"{NIK[:-1]}{n}") for n in (1, 2)]
    await settle(console.play)
    officer = await console.sign_in("village_operator")
    await looked_up(console, officer, console.district.looks_a_day - 1)
    one, other = [await officer.post("/console/village/sheets", {"code": c}) for c in codes]
    assert f"{NIK[:-1]}1" in one[1]
    assert f"{NIK[:-1]}2" not in other[1]
    assert "Sisanya bisa diambil besok" in other[1]


async def test_who_was_looked_at_learns_which_office_did(console: Console) -> None:
    """The office of an account, as that of a link; whose account it is stays inside."""
    code = await file(console, nik=NIK)
    officer = await console.sign_in("village_operator")
    await officer.get(f"/console/cases/{code}")
    seen = await Seen(console.play.house.store, console.district).of(
        Address(Channel.SMS, PHONE), {code}, NIK
    )
    assert officer.account.office in {one.who for one in seen}
