"""The page where tickets are looked up, with the whole house behind it."""

import asyncio
from collections.abc import AsyncIterator
from time import perf_counter

import pytest

from casework.trail.actions import Action
from conversations.turn import Answered, Draft, OpenTicket
from referrals import commands
from referrals.codes import code_from, shown
from referrals.district.directory import FieldKind
from referrals.roles import Sensitivity
from referrals.ticket import ClosedBecause, TicketState
from storage.unit import Outcome
from tests.bot.living import settle, story_of, ticket_of
from tests.bot.officers import Officer, looks_at
from tests.bot.offices import Client, front_door
from tests.bot.playing import Citizen, Play
from tests.bot.test_for_another import filed_with_nik
from tests.web.stage import BROWSER, OURS, Page
from web.public import tracking

NIK = "9901014107800001"
DESA = "99.01.01.2001"
UNKNOWN = "482109379"


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test wait for the time that a look takes."""
    monkeypatch.setattr(tracking, "TIME", 0.0)


@pytest.fixture
async def client(play: Play) -> AsyncIterator[Client]:
    """Give a browser before the whole house."""
    async with front_door(play) as browser:
        yield browser


class Visitor:
    """Somebody at the page who follows where it leads."""

    def __init__(self, client: Client, play: Play) -> None:
        self.client = client
        self.play = play
        self.page = Page("")
        self.status = 0

    async def tries(self, code: str, proof: str = "0001") -> str:
        """Fill the form in; return the page that follows."""
        return await self.posts("/lacak", code=code, proof=proof)

    async def posts(self, path: str, **form: str) -> str:
        """Send *form*; return the page that follows."""
        answer = await self.client.post(path, data=form, headers=OURS)
        return await self._seen(answer.status, await answer.text())

    async def answers(self, name: str, **more: str) -> str:
        """Send the form of answer *name* as it stands on the page."""
        fields = {field["name"]: field["value"] for field in self.page.all("input")[:2]}
        form = {str(name): value or "" for name, value in fields.items()}
        return await self.posts("/lacak/jawab", **form, answer=name, **more)

    async def _seen(self, status: int, text: str) -> str:
        self.page, self.status = Page(text), status
        assert self.page.strange() == []
        return self.page.text


async def filed(play: Play, citizen: Citizen, service: str = "RTLH") -> str:
    """File a need that names Siti's NIK, without the conversation about it; return the code."""
    clock, store = play.clock, play.house.store
    kinds = {field.kind: field.key for field in play.house.district.services[service].fields}
    answers = (Answered(kinds.get(FieldKind.NIK, "nik"), NIK, "…0001"),)
    record = OpenTicket(code_from(clock.token()), Draft(service, answers), "id", DESA)
    unit = store.unit()
    filing = play.house.turns._records._admitting._filing
    filing.open(unit, record, citizen.address, clock.now(), clock.token())
    assert await store.commit(unit) is Outcome.KEPT
    return record.code


async def solved(play: Play) -> tuple[Citizen, str]:
    """Have a need filed and called done; return citizen and code."""
    citizen = await play.known()
    code = await filed(play, citizen)
    officer = Officer(play, code, 1)
    await officer.did(commands.Accept(leg=1))
    await officer.did(commands.Resolve(leg=1))
    await settle(play)
    return citizen, code


async def test_it_tells_what_the_chat_tells(client: Client, play: Play) -> None:
    """State, whose turn, since when and by when stand on the page, in the chat's own words."""
    citizen, code = await solved(play)
    told = await Visitor(client, play).tries(shown(code))
    chat = (await citizen.say(f"STATUS {code}")).splitlines()
    for line in chat[2:4]:
        assert line in told
    assert "Yang menentukan Bapak/Ibu" in told
    assert "Foto 1 dari" in told
    assert "Kata kantor" in told


async def test_it_speaks_english(client: Client, play: Play) -> None:
    """?lang=en is kept from the form to the ticket and in its forms."""
    _, code = await solved(play)
    visitor = Visitor(client, play)
    told = await visitor.posts("/lacak?lang=en", code=code, proof="0001")
    assert "What happens next?" in told
    assert {form["action"] for form in visitor.page.all("form")} == {
        "/lacak/jawab?lang=en",
        "/lacak/tutup?lang=en",
    }


async def test_sudah_closes_it_and_the_telephone_hears(client: Client, play: Play) -> None:
    """Confirmed on the page with stars, the ticket is closed, and its own telephone is told."""
    citizen, code = await solved(play)
    before = len(citizen.heard)
    visitor = Visitor(client, play)
    await visitor.tries(code)
    told = await visitor.answers("sudah", reason="4")
    ticket = await ticket_of(play, code)
    assert ticket.closed_because is ClosedBecause.CONFIRMED
    assert "Terima kasih!" in told
    await settle(play)
    assert len(citizen.heard) == before + 1
    assert "SUDAH" in citizen.last
    assert shown(code) in citizen.last


async def test_belum_takes_its_reason_to_the_office(client: Client, play: Play) -> None:
    """Not yet, and why: the office has to go on and reads the reason."""
    _, code = await solved(play)
    visitor = Visitor(client, play)
    await visitor.tries(code)
    assert "belum melihat alasannya" in await visitor.answers("belum", reason=" ")
    assert visitor.status == 422
    assert "sudah kami teruskan" in await visitor.answers("belum", reason="Atap masih bocor")
    assert (await ticket_of(play, code)).state is TicketState.IN_PROGRESS
    assert "Atap masih bocor" in repr((await Officer(play, code, 1).sees()).history)


async def test_banding_goes_to_somebody_else(client: Client, play: Play) -> None:
    """What an office refused can be appealed on the page, in one's own words."""
    citizen = await play.known()
    code = await filed(play, citizen)
    officer = Officer(play, code, 1)
    await officer.did(commands.Accept(leg=1))
    await officer.did(commands.Decline(leg=1, reason="quota"))
    visitor = Visitor(client, play)
    assert "Saya keberatan" in await visitor.tries(code)
    assert "kami catat" in await visitor.answers("banding", reason="Saya berhak")
    assert (await ticket_of(play, code)).state is TicketState.APPEAL


async def test_a_form_counts_once(client: Client, play: Play) -> None:
    """Sent twice, even at once, an answer is taken once, and both times the page says thanks."""
    _, code = await solved(play)
    visitor = Visitor(client, play)
    await visitor.tries(code)
    page = visitor.page
    fields = {str(f["name"]): f["value"] or "" for f in page.all("input")[:2]}
    form = {**fields, "answer": "belum", "reason": "atap masih bocor"}
    sent = [client.post("/lacak/jawab", data=form, headers=OURS) for _ in range(3)]
    told = [Page(await answer.text()).text for answer in await asyncio.gather(*sent)]
    assert all("sudah kami teruskan" in text for text in told)
    assert (await story_of(play, code)).count("not_solved") == 1


async def test_an_answer_that_comes_too_late(client: Client, play: Play) -> None:
    """Meanwhile answered by chat, the page says so, shows how it stands and changes nothing."""
    citizen, code = await solved(play)
    visitor = Visitor(client, play)
    await visitor.tries(code)
    await citizen.say(f"BELUM {code} atap masih bocor")
    assert "baru saja berubah" in await visitor.answers("sudah")
    assert visitor.status == 409
    assert (await ticket_of(play, code)).state is TicketState.IN_PROGRESS


async def test_one_answer_for_all_that_is_not_shown(client: Client, play: Play) -> None:
    """Unknown, wrong, protected, and tried too often: byte for byte the same page but the code."""
    _, code = await solved(play)
    visitor = Visitor(client, play)
    told = {(await visitor.tries(UNKNOWN, "0001")).replace(UNKNOWN, "")}
    for _ in range(6):
        told.add((await visitor.tries(code, "9999")).replace(code, ""))
    told.add((await visitor.tries(code, "0001")).replace(code, ""))  # right, but too late
    assert len(told) == 1
    assert visitor.status == 422


async def test_a_protected_ticket_is_not_there(client: Client, play: Play) -> None:
    """A vault ticket is unknown here, even with its right proof."""
    visitor = Visitor(client, play)
    unknown = (await visitor.tries(UNKNOWN)).replace(UNKNOWN, "")
    citizen = await play.known()
    service = next(
        s.code for s in play.house.district.services.values() if s.sensitivity is Sensitivity.VAULT
    )
    vault = await filed(play, citizen, service)
    assert (await visitor.tries(vault)).replace(vault, "") == unknown


async def test_a_village_shares_one_address(client: Client, play: Play) -> None:
    """More people than one may try a day look their tickets up from one place."""
    codes = [await filed(play, await play.known()) for _ in range(7)]
    for code in codes:
        await Visitor(client, play).tries(code, "9999")
    assert "Apa yang terjadi" in await Visitor(client, play).tries(codes[-1])


async def test_every_look_is_noted(client: Client, play: Play) -> None:
    """Who looked with a proof, right or wrong, stands in the trail, without their address."""
    _, code = await solved(play)
    visitor = Visitor(client, play)
    await visitor.tries(code, "9999")
    await visitor.tries(code)
    lines = [line for line in await looks_at(play, code) if line.actor == "citizen"]
    assert {Action(line.action) for line in lines} == {Action.FIND, Action.FIND_REFUSED}
    kept = b"".join(play.house.store.audit_detail(line) or b"" for line in lines)
    assert b'"web"' in kept
    assert b"127.0.0.1" not in kept


async def test_proofs_open_within_the_visit(client: Client, play: Play) -> None:
    """The photo opens for who proved the ticket, and for nobody else."""
    _, code = await solved(play)
    visitor = Visitor(client, play)
    await visitor.tries(code)
    link = next(a["href"] for a in visitor.page.all("a") if "/bukti/" in str(a["href"]))
    photo = await client.get(str(link))
    assert photo.content_type.startswith("image/")
    assert (await client.get("/lacak/bukti/999-1", headers=BROWSER)).status == 404
    await visitor.posts("/lacak/tutup")
    led = await client.get(str(link), allow_redirects=False)
    assert (led.status, led.headers["Location"]) == (303, "/lacak")


async def test_who_it_is_for_reads_of_klaim(client: Client, play: Play) -> None:
    """Filed by somebody else, the page explains how to take it over."""
    code = await filed_with_nik(play, await play.known())
    assert f"KLAIM {code}" in await Visitor(client, play).tries(code)


async def test_all_looks_take_like_time(
    client: Client, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a proof is tried on, the answer comes after the same while."""
    monkeypatch.setattr(tracking, "TIME", 0.3)
    _, code = await solved(play)
    visitor = Visitor(client, play)
    took = []
    for tried, proof in ((UNKNOWN, "0001"), (code, "9999")):
        began = perf_counter()
        await visitor.tries(tried, proof)
        took.append(perf_counter() - began)
    assert min(took) >= 0.3
