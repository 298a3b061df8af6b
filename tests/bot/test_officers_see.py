"""What officers get to know by their links: files, the family, who was not reached, the vault."""

from itertools import repeat

import pytest

from casework.citizen.filing import Filing
from casework.desk.officers import Desk as SeatedAt
from casework.telling.letters import Letters
from casework.ticket.views import Opened
from casework.trail.actions import Action, office_actor
from casework.trail.looking import Asker, Look
from conversations.messages import Attachment
from conversations.turn import Answered, Draft, OpenTicket
from handlers.delivery import Blocked, TryLater
from referrals import commands
from referrals.choosing import Refusal
from referrals.district.directory import FieldKind
from referrals.roles import Role
from referrals.ticket import TicketState
from storage.unit import Outcome
from tests.bot.living import letters_of, settle, ticket_of
from tests.bot.officers import Officer, desk, links_of, looks_at
from tests.bot.playing import Citizen, Play
from tests.casework.pictures import METADATA, photo

SITI = "9901014107800001"
BUDI = "9901011708750002"
VAULT = "uptd-ppa"
OF_SITI = {"PKH", "SEMBAKO"}


async def filed(  # noqa: PLR0913, PLR0917 - who files what, about whom, and with which photo
    play: Play, citizen: Citizen, code: str, service: str, nik: str = SITI, ref: str = ""
) -> Officer:
    """File *service* for *citizen*, with a photo where *ref* names one; return its first link."""
    house = play.house
    fields = house.district.services[service].fields
    photos = (Attachment("photo", ref),) if ref else ()
    answers = tuple(
        Answered(f.key, nik if f.kind is FieldKind.NIK else "isi", "isi", photos if n == 0 else ())
        for n, f in enumerate(fields)
    )
    filing = Filing(house.district, Letters(house.district, house.voices, links_of(play)))
    unit = house.store.unit()
    record = OpenTicket(code, Draft(service, answers), "id", "99.01.01.2001")
    filing.open(unit, record, citizen.address, play.clock.now(), play.clock.token())
    await house.store.commit(unit)
    return Officer(play, code, 1)


async def opened(play: Play, officer: Officer, seq: int, place: int) -> Opened | Refusal | None:
    """Open a file by the officer's link."""
    return await play.house.desk.file(officer.token, seq, place, play.clock.now())


async def test_a_citizens_photo_is_fetched_when_it_is_opened(play: Play) -> None:
    """It is cleaned, kept, noted with whose it is, and fetched a single time."""
    citizen = await play.known()
    play.phones.albums["ref-1"] = photo(secret=True)
    officer = await filed(play, citizen, "100000009", "PBI_AKTIF", ref="ref-1")
    (file,) = (await officer.sees()).files
    assert (file.seq, file.place, file.proof) == (1, 1, False)

    first = await opened(play, officer, 1, 1)
    play.phones.albums.clear()
    second = await opened(play, officer, 1, 1)

    assert isinstance(first, Opened)
    assert METADATA not in first.content
    assert second == first
    assert await opened(play, officer, 1, 2) is None
    assert await opened(play, officer, 9, 1) is None
    agency = (await ticket_of(play, "100000009")).legs[0].agency
    lines = await play.house.store.looks_at([], [SITI])
    assert (office_actor(agency), Action.FILE) in {(one.actor, one.action) for one in lines}


async def test_a_citizens_photo_is_no_proof_of_work(play: Play) -> None:
    """What shows the need, fetched or downloaded, does not show that it was met."""
    citizen = await play.known()
    play.phones.albums["ref-1"] = photo(shade=77)
    officer = await filed(play, citizen, "100000009", "PBI_AKTIF", ref="ref-1")
    given = await opened(play, officer, 1, 1)
    assert isinstance(given, Opened)
    await officer.did(commands.Accept(leg=1))
    for sent in (photo(shade=77), given.content):
        refused = await officer.does(commands.Resolve(leg=1), files=[sent])
        assert refused == Refusal("proof_used", 20)


@pytest.mark.parametrize(
    ("kept", "why"),
    [
        (TryLater(), "file_later"),
        (Blocked(), "file_gone"),
        (b"<html>", "file_kind_unknown"),
        (photo()[:50], "file_broken"),
        (b"\xff\xd8\xff" + bytes(11 << 20), "file_too_large"),
    ],
)
async def test_a_file_that_cannot_be_had_says_why(play: Play, kept: object, why: str) -> None:
    """Later, gone, or nothing that is safe to open: nothing is kept of it."""
    citizen = await play.known()
    play.phones.albums["ref-1"] = kept  # type: ignore[assignment]  # bytes, or an error to raise
    officer = await filed(play, citizen, "100000009", "PBI_AKTIF", ref="ref-1")
    assert await opened(play, officer, 1, 1) == Refusal(why)
    assert await play.house.store.files_of("100000009") == ()


async def proves(play: Play, citizen: Citizen, nik: str) -> None:
    """Have *citizen* look up *nik* with a right proof, as the audit keeps it."""
    unit, address = play.house.store.unit(), citizen.address
    Look(Action.LOOK_UP, Asker(address.channel, address.id, nik, "Listed")).note(
        unit, play.clock.now()
    )
    assert await play.house.store.commit(unit) is Outcome.KEPT


async def test_the_programmes_of_an_unproven_nik_are_kept_back(play: Play) -> None:
    """Who types another's NIK into a form reads nothing of that family, on no page."""
    first, second = await play.known(), await play.known()
    await filed(play, first, "100000009", "PBI_AKTIF")
    officer = await filed(play, second, "300000005", "PBI_AKTIF")

    family = (await officer.sees()).family

    assert family.unproven
    assert family.programmes == ()
    assert [twin.code for twin in family.tickets] == ["100000009"]


async def test_the_family_is_shown_as_a_hint(play: Play) -> None:
    """The same service for the same family within a year, and what the registry records."""
    first, second = await play.known(), await play.known()
    await proves(play, second, SITI)
    await filed(play, first, "100000009", "PBI_AKTIF")
    await filed(play, first, "200000007", "RTLH")
    officer = await filed(play, second, "300000005", "PBI_AKTIF")
    stranger = await filed(play, second, "400000003", "PBI_AKTIF", BUDI)

    family = (await officer.sees()).family

    assert [twin.code for twin in family.tickets] == ["100000009"]
    assert {one.code for one in family.programmes} == OF_SITI
    assert family.edition
    assert (await stranger.sees()).family.tickets == ()
    await officer.did(commands.Accept(leg=1))  # a hint refuses nothing
    play.clock.move(days=366)
    assert (await officer.sees()).family.tickets == ()


async def test_the_desk_calls_who_was_not_reached(play: Play) -> None:
    """An answer that never arrived lands on the desk, which notes that it was told by voice."""
    citizen = await play.known()
    officer = await filed(play, citizen, "100000009", "PBI_AKTIF")
    await officer.did(commands.Accept(leg=1))
    await settle(play)
    play.phones.faults[citizen.address] = repeat(Blocked())
    await officer.did(commands.Resolve(leg=1))
    await settle(play)

    page = await desk(play, "100000009").sees()
    assert page.unreached
    assert "reached" in page.actions
    assert ("satu-pintu", "unreached") in await letters_of(play, "100000009")
    await desk(play, "100000009").did(commands.Reach(of=page.awaited, by_hand=True), "Ditelepon.")
    answer = (await ticket_of(play, "100000009")).awaited
    assert answer is not None
    assert answer.reached == play.clock.now()
    assert not (await desk(play, "100000009").sees()).unreached


async def test_the_vault_opens_to_nobody_else(play: Play) -> None:
    """No other link opens it; each try stands in the audit, and a proof is not asked for."""
    citizen = await play.known()
    code = "100000009"
    own = await filed(play, citizen, code, "PPA")
    for role in (Role.VERIFIER, Role.SUPERVISOR, Role.APPEAL_OFFICER, Role.DATA_PROTECTION):
        stranger = Officer(play, code, 0, role, "satu-pintu")
        assert await play.house.desk.see(stranger.token, play.clock.now()) is None
        assert await opened(play, stranger, 1, 1) is None
    for seat in (SeatedAt.VERIFIER, SeatedAt.HEAD, SeatedAt.PROTECTION):
        assert await play.house.desk.link(code, seat, play.clock.now()) is None
    assert await play.house.desk.link(code, SeatedAt.APPEAL, play.clock.now())
    refused = [one for one in await looks_at(play, code) if one.action == Action.REFUSED]
    assert [one.actor for one in refused] == [office_actor("satu-pintu")] * 8

    await own.did(commands.Accept(leg=1))
    assert (await own.sees()).vault
    outcome = await own.does(commands.Resolve(leg=1), files=[])
    assert not isinstance(outcome, Refusal)
    assert (await ticket_of(play, code)).state is TicketState.RESOLVED
    assert not [reply for reply in citizen.heard if "/bukti/" in reply.text]


async def test_a_vaults_proof_stays_in_the_vault(play: Play) -> None:
    """What its officers keep there is sealed by the vault's key, and no link shows it."""
    citizen = await play.known()
    code = "100000009"
    own = await filed(play, citizen, code, "PPA")
    await own.did(commands.Accept(leg=1))
    await own.did(commands.Resolve(leg=1))
    (file,) = await play.house.store.files_of(code)
    assert file.vault
    (shown,) = (await own.sees()).files
    assert shown.proof
    assert isinstance(await opened(play, own, shown.seq, shown.place), Opened)
    assert not [reply for reply in citizen.heard if "/bukti/" in reply.text]


async def test_what_was_written_first_stands_on_the_page(play: Play) -> None:
    """The sentence that led to a form is read with its answers, also where it asks no story."""
    citizen = await play.known()
    await citizen.say("lampu jalan mati")
    await citizen.tap("Ya")
    await citizen.say("depan mushola RT 3")
    await citizen.say("Sukamaju")
    await citizen.tap("Lewati")
    await citizen.tap("Ya, kirim")
    (ticket,) = await play.house.store.tickets_of(citizen.address, 9)
    label, told = (await Officer(play, ticket.code, 1).sees()).answers[0]
    assert (getattr(label, "en", ""), told) == ("First words", "lampu jalan mati")
