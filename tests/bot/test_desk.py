"""The desk, and what must never reach it: tickets nobody was found for, vaults, complaints."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.keys import sealer_for
from casework.access.links import Claim, Links
from casework.citizen.filing import Filing
from casework.desk.deeds import Brought
from casework.telling.letters import Letters
from casework.ticket.views import Done
from conversations.turn import Answered, Draft, OpenTicket
from referrals import commands
from referrals.choosing import Refusal
from referrals.district.routing import FALLBACK, route
from referrals.roles import Role
from referrals.ticket import LegState, TicketState
from storage.database.migrate import migrate
from tests.bot.living import settle
from tests.bot.playing import DISTRICT, Citizen, Play, open_play
from tests.bot.test_whole_loop import act, answer_anything, file_papers, state_of

CODE = "482109379"
VILLAGE = "desa-9901012001"
DAYS = "  priority: P3\n  respond_days: 2\n  resolve_days: 7\n"
PLANTED = (
    (
        "services/rumah.yaml",
        f"  level: village\n{DAYS}  roles: [pemdes, disdukcapil]",
        f"  level: district\n{DAYS}  roles: [disdukcapil]",
    ),
    ("agencies.yaml", "roles: [disdukcapil]", 'roles: [disdukcapil]\n    areas: ["99.01.02"]'),
)
SECRETS = ("Kekerasan", "Violence", "PPA", "Sukamaju", "0812")


def links_of(play: Play) -> Links:
    """Return what signs the links of *play*."""
    settings = play.house.settings
    return Links(sealer_for(settings).mac("links", "agency"), settings.address)


async def filed(
    play: Play, citizen: Citizen, service: str, area: str = "", code: str = CODE
) -> str:
    """File *service* for *citizen* as the form flow would; return the code."""
    house = play.house
    letters = Letters(house.district, house.voices, links_of(play))
    field = house.district.services[service].fields[0]
    draft = Draft(service, (Answered(field.key, "0812", "0812 di Sukamaju"),))
    unit = house.store.unit()
    record = OpenTicket(code, draft, "id", area)
    filing = Filing(house.district, letters)
    filing.open(unit, record, citizen.address, play.clock.now(), play.clock.token())
    await house.store.commit(unit)
    return code


@pytest.fixture
async def sparse(database_url: str, tmp_path: Path) -> AsyncIterator[Play]:
    """Give a house whose civil registry serves another sub-district only."""
    folder = tmp_path / "district"
    shutil.copytree(DISTRICT, folder)
    for name, old, new in PLANTED:
        text = (folder / name).read_text()
        assert text.count(old) == 1
        (folder / name).write_text(text.replace(old, new))
    migrate(database_url)
    stage = await open_play(database_url, tmp_path, district=folder)
    yield stage
    await stage.house.close()


async def test_what_no_rule_finds_an_office_for_waits_at_the_desk(sparse: Play) -> None:
    """It stays submitted; the desk gets a letter, and reads on its page what was told."""
    _, code = await file_papers(sparse)
    house = sparse.house
    (letter,) = await house.inbox.letters()
    view = await house.desk.see(await sparse.newest_token(), sparse.clock.now())

    assert await state_of(sparse, code) is TicketState.SUBMITTED
    assert "Belum ada instansi" in letter.subject
    assert view
    assert (view.leg, view.agency, view.leg_state) == (0, "satu-pintu", LegState.QUEUED)
    assert view.actions == ("refer", "ask", "decline", "out_of_scope", "hand_over", "void")
    assert view.desk
    assert view.answers


async def test_the_desk_refers_what_no_rule_could(sparse: Play) -> None:
    """A verifier refers it (row 6), the citizen hears of it, and the office goes on from there."""
    citizen, code = await file_papers(sparse)
    sparse.clock.move(hours=1)
    token = await sparse.newest_token()
    there = commands.Route(agency="disdukcapil", rule="by_hand")

    done = await act(sparse, there, "kewenangannya")
    told = await citizen.next()
    after = await sparse.house.desk.see(token, sparse.clock.now())
    accepted = await act(sparse, commands.Accept(leg=1))

    entries = await sparse.house.store.entries(code)
    assert isinstance(done, Done), done
    assert isinstance(accepted, Done), accepted
    assert "Dukcapil" in told
    assert [entry.actor.role for entry in entries[1:]] == [Role.VERIFIER, Role.AGENCY]
    assert after
    assert "refer" not in after.actions
    assert await state_of(sparse, code) is TicketState.IN_PROGRESS


async def test_the_desk_may_keep_what_nobody_else_has(sparse: Play) -> None:
    """Its own office is on the list of a ticket that no agency had yet."""
    await file_papers(sparse)
    view = await sparse.house.desk.see(await sparse.newest_token(), sparse.clock.now())
    assert view
    assert "satu-pintu" in dict(view.agencies)
    again = commands.Route(agency="satu-pintu", rule="by_hand")
    assert isinstance(await act(sparse, again, "belum ada kantornya"), Done)
    own = await sparse.house.desk.see(await sparse.newest_token(), sparse.clock.now())
    assert own
    assert (own.leg, own.desk) == (1, False)


async def test_services_of_the_desk_are_its_by_rule(play: Play) -> None:
    """A service whose row names the desk's own role is routed as any other."""
    service = play.house.district.services["LAIN"]
    routed = route(play.house.district, service, "")
    assert routed.agency.code == play.house.district.desk
    assert routed.rule != FALLBACK


async def test_a_vault_ticket_stays_in_its_vault(play: Play) -> None:
    """No return, no question, no desk, and no letter that says what it is about."""
    citizen = await play.known()
    code = await filed(play, citizen, "PPA", "99.01.01.2001")
    house, now = play.house, play.clock.now()

    returned = await act(play, commands.Return(leg=1), "bukan kewenangan kami")
    asked = await act(play, commands.Ask(leg=1), "apa yang terjadi?")
    view = await house.desk.see(await play.newest_token("uptd-ppa"), now)
    claim = Claim(code, 1, Role.VERIFIER, house.district.desk)
    desk = await house.desk.see(links_of(play).token(claim, now), now)

    assert returned == Refusal("vault_stays", 13)
    assert asked == Refusal("vault_is_not_asked", 7)
    assert view
    assert view.actions == ("accept",)
    assert desk is None
    letters = await house.inbox.letters()
    assert [letter.agency_name for letter in letters] == [house.district.agencies["uptd-ppa"].name]
    for letter in letters:
        assert not [s for s in SECRETS if s in letter.subject + letter.text]


async def test_an_appeal_about_a_vault_ticket_goes_to_its_vault(play: Play) -> None:
    """What would be the desk's letter is the vault agency's, and as neutral."""
    citizen = await play.known()
    code = await filed(play, citizen, "PPA")
    house, now = play.house, play.clock.now()
    await act(play, commands.Accept(leg=1))
    await act(play, commands.Decline(leg=1, reason="other"), "di luar wilayah")
    stored = await house.store.ticket(code)
    assert stored
    letters = Letters(house.district, house.voices, links_of(play))
    unit = house.store.unit()
    letters.tell_desk(unit, stored.ticket, "appeal", now)
    letters.tell_agency(unit, stored.ticket, "withdrawn", now)
    await house.store.commit(unit)

    assert not await house.inbox.letters(house.district.desk)
    kept = await house.inbox.letters("uptd-ppa", vault=True)
    assert len(kept) == 3
    assert len([letter for letter in kept if not letter.link]) == 1
    for letter in kept:
        assert not [s for s in SECRETS if s in letter.subject + letter.text]


async def test_a_complaint_is_never_sent_to_whom_it_is_about(play: Play) -> None:
    """The desk cannot refer an extortion report to a village, whatever its browser sends."""
    citizen = await play.known()
    code = await filed(play, citizen, "PUNGLI")
    play.clock.move(hours=25)  # until then it can be taken back, and nobody has it
    await settle(play)
    await act(play, commands.Return(leg=1, better=""), "bukan kewenangan kami")
    view = await play.house.desk.see(await play.newest_token("satu-pintu"), play.clock.now())
    assert view
    assert VILLAGE not in dict(view.agencies)

    for agency in (VILLAGE, "nowhere"):
        again = commands.ReferAgain(agency=agency, rule="by_hand")
        token = await play.newest_token("satu-pintu")
        to_village = Brought("ke desa saja")
        refused = await play.house.desk.act(token, again, to_village, play.clock.now())
        assert refused == Refusal("agency_not_allowed", None)
    assert await state_of(play, code) is TicketState.TRIAGE


async def test_a_village_that_gets_it_by_hand_can_take_it_up(play: Play) -> None:
    """A leg made by hand knows that it is a village's, as one made by rule does."""
    _, code = await file_papers(play)
    play.clock.move(hours=1)
    await act(play, commands.Return(leg=1), "salah desa")
    play.clock.move(hours=1)
    again = commands.ReferAgain(agency="desa-9901012002", rule="by_hand")
    assert isinstance(await act(play, again, "desa sebelah"), Done)

    stored = await play.house.store.ticket(code)
    assert stored
    assert stored.ticket.legs[-1].local


async def test_a_letter_about_a_withdrawal_has_no_link(play: Play) -> None:
    """Nothing is left to do, and what the link opened is over."""
    citizen, code = await file_papers(play)
    await citizen.say(f"batal {code}")
    for _ in range(4):
        if await state_of(play, code) is TicketState.CLOSED:
            break
        await answer_anything(citizen)
    letters = await play.house.inbox.letters()
    ended = [letter for letter in letters if "Dibatalkan" in letter.subject]
    assert [letter.link for letter in ended] == [""]
