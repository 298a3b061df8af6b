"""Who works here: invited, moved, suspended, and never raised by themselves."""

import re

import pytest

from casework.staff.accounts import Accounts, Assignment, Invited, Named, NotDone
from casework.staff.inviting import INVITATION_VALID, OVER, Inviting
from casework.staff.passwords import Passwords
from casework.staff.second_factor import new_secret
from casework.trail.actions import Action
from conversations.messages import Address, Channel
from tests.web.console.conftest import BROWSER, Console
from tests.web.console.test_sign_in import PASSWORD, QUICK, somebody, typed, word

ACCOUNTS = "/console/accounts"
NEW = {"called": "Petugas baru", "name": "Baru.Sekali", "role": "officer", "office": "dinsos-data"}


def accounts(console: Console) -> Accounts:
    """Return what looks after the accounts of *console*'s house."""
    return Accounts(console.play.house.store, console.district, console.play.clock.token)


async def test_an_invitation_opens_the_console_once(console: Console) -> None:
    """Its owner sets a password that nobody else knows, and the link is used up."""
    supervisor = await console.sign_in("supervisor")
    status, text = await supervisor.post(f"{ACCOUNTS}/new", NEW)
    link = re.search(r'value="[^"]*(/console/invited/[0-9a-f]+)"', text)
    assert status == 200
    assert link
    browser = await console.browser()
    form = {"csrf": await word(browser, link[1]), "password": PASSWORD, "again": PASSWORD}
    answer = await browser.post(link[1], data=form, headers=BROWSER, allow_redirects=False)
    assert answer.headers["Location"] == "/console/sign-in?done=set"
    assert (await typed(browser, "baru.sekali"))[0] == 303
    assert (await browser.get(link[1], headers=BROWSER)).status == 404


async def test_an_invitation_does_not_hold_for_ever(console: Console) -> None:
    """After three days a new one is asked for."""
    made = await accounts(console).add(
        None, Named("a.b", "A"), Assignment("officer", "dinsos-data"), console.play.clock.now()
    )
    assert isinstance(made, Invited)
    console.play.clock.move(seconds=INVITATION_VALID.total_seconds())
    inviting = Inviting(console.play.house.store, Passwords(QUICK))
    assert await inviting.accept(made.token, PASSWORD, console.play.clock.now()) == OVER


async def test_a_new_invitation_brings_back_who_lost_everything(console: Console) -> None:
    """Password and second factor are set anew, sessions end, and the older link leads nowhere."""
    account = await somebody(console, totp=new_secret())
    officer, now = await console.seat(account), console.play.clock.now()
    first = await accounts(console).invite(None, account.id, now)
    second = await accounts(console).invite(None, account.id, now)
    assert isinstance(first, Invited)
    assert isinstance(second, Invited)
    inviting = Inviting(console.play.house.store, Passwords(QUICK))
    assert await inviting.accept(first.token, "kalimat lain yang baru", now) == OVER
    assert await inviting.accept(second.token, "kalimat lain yang baru", now) == ""
    assert (await officer.get("/console/me"))[0] == 303
    browser = await console.browser()
    assert (await typed(browser, account.own.name, "kalimat lain yang baru"))[0] == 303


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("pendek", "short"),
        ("a" * 12, "easy"),
        ("halo baru.sekali 1", "easy"),
        ("a b" * 99, "long"),
    ],
)
async def test_a_weak_password_is_not_kept(console: Console, password: str, fault: str) -> None:
    """And the link still holds for a better one."""
    now = console.play.clock.now()
    named = Named("baru.sekali", "A")
    made = await accounts(console).add(None, named, Assignment("officer", "dinsos-data"), now)
    assert isinstance(made, Invited)
    inviting = Inviting(console.play.house.store, Passwords(QUICK))
    assert await inviting.accept(made.token, password, now) == fault
    assert await inviting.accept(made.token, PASSWORD, now) == ""


async def test_nobody_changes_their_own_account(console: Console) -> None:
    """Role, office and state of a supervisor are somebody else's to change."""
    supervisor = await console.sign_in("supervisor")
    path = f"{ACCOUNTS}/{supervisor.account.id}"
    for do in ("move", "suspend", "restore", "end", "invite"):
        form = {"do": do, "role": "data_protection", "office": "bappeda"}
        assert (await supervisor.post(path, form))[0] == 409
    kept = await console.play.house.store.account(supervisor.account.id)
    assert kept == supervisor.account


BEYOND = {
    "vault_officer": "uptd-ppa",
    "data_protection": "bappeda",
    "auditor": "inspektorat",
    "appeal": "inspektorat",
}


@pytest.mark.parametrize("role", BEYOND)
@pytest.mark.parametrize("do", ["move", "suspend", "end", "invite"])
async def test_who_reads_more_is_beyond_a_supervisor(console: Console, do: str, role: str) -> None:
    """A supervisor reads neither vault nor audit, hears no appeal, and becomes nobody who does."""
    supervisor, other = await console.sign_in("supervisor"), await console.account(role)
    form = {"do": do, "role": "officer", "office": "dinsos-data"}
    assert (await supervisor.post(f"{ACCOUNTS}/{other.id}", form))[0] == 409
    new = {**NEW, "role": role, "office": BEYOND[role]}
    status, text = await supervisor.post(f"{ACCOUNTS}/new", new)
    assert (status, "/console/invited/" in text) == (422, False)


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        (Assignment("king", "dinsos-data"), "role"),
        (Assignment("officer", "nowhere"), "office"),
        (Assignment("officer", "dinsos-data", ("99.01.99",)), "areas"),
        (Assignment("officer", "uptd-ppa"), "vault"),
        (Assignment("vault_officer", "dinsos-data"), "vault"),
        (Assignment("facilitator", "dinsos-data"), "no_area"),
        (Assignment("facilitator", "dinsos-data", ("99.01.01.2001",)), ""),
        (Assignment("vault_officer", "uptd-ppa"), ""),
    ],
)
def test_places_that_nobody_can_work_at(console: Console, place: Assignment, fault: str) -> None:
    """A role needs an office that fits it, and a village one needs a village."""
    assert accounts(console).place_fault(None, place) == fault


async def test_who_looks_after_one_part_gives_no_more_than_that(console: Console) -> None:
    """An account limited to areas makes accounts within them alone."""
    sub = await console.account("supervisor", areas=("99.01.01",))
    by = (await console.seat(sub)).account
    staff = console.staff(by)
    found = accounts(console)
    assert found.place_fault(staff, Assignment("officer", "dinsos-data")) == "not_yours"
    assert (
        found.place_fault(staff, Assignment("officer", "dinsos-data", ("99.01.02",)))
        == "not_yours"
    )
    assert found.place_fault(staff, Assignment("officer", "dinsos-data", ("99.01.01.2001",))) == ""


async def test_moving_somebody_holds_from_the_next_click_on(console: Console) -> None:
    """No session keeps a power that was taken."""
    supervisor, other = await console.sign_in("supervisor"), await console.sign_in("supervisor")
    assert (await other.get(ACCOUNTS))[0] == 200
    form = {
        "do": "move",
        "role": "officer",
        "office": "dinsos-data",
        "areas": ["99.01.01", "99.01.02.2001"],
    }
    assert (await supervisor.post(f"{ACCOUNTS}/{other.account.id}", form))[0] == 303
    assert (await other.get(ACCOUNTS))[0] == 403
    kept = await console.play.house.store.account(other.account.id)
    assert kept
    assert kept.areas == ("99.01.01", "99.01.02.2001")


async def test_suspending_ends_everything_and_restoring_brings_it_back(console: Console) -> None:
    """Sessions and links end at once; the password comes back with the account."""
    supervisor, account = await console.sign_in("supervisor"), await somebody(console)
    officer, now = await console.seat(account), console.play.clock.now()
    link = await accounts(console).invite(None, account.id, now)
    path = f"{ACCOUNTS}/{account.id}"
    assert (await supervisor.post(path, {"do": "suspend"}))[0] == 303
    assert (await officer.get("/console/me"))[0] == 303
    assert isinstance(link, Invited)
    assert await console.play.house.store.invited(link.token, now) is None
    assert await accounts(console).invite(None, account.id, now) == NotDone("suspended")
    assert (await supervisor.post(path, {"do": "restore"}))[0] == 303
    assert (await typed(await console.browser(), account.own.name))[0] == 303


@pytest.mark.parametrize("deed", ["suspended", "signed out", "invited anew", "new password"])
async def test_chats_end_with_the_sessions(console: Console, deed: str) -> None:
    """Who lost a telephone works from its chats no more, whoever has it now."""
    account, store = await somebody(console, "village_operator"), console.play.house.store
    chat, now, unit = Address(Channel.TELEGRAM, "7"), console.play.clock.now(), store.unit()
    unit.bind_chat(account.id, chat, now)
    await store.commit(unit)
    match deed:
        case "suspended":
            await accounts(console).suspend(None, account.id, now)
        case "signed out":
            await accounts(console).end_sessions(None, account.id, now)
        case "invited anew":
            link = await accounts(console).invite(None, account.id, now)
            assert isinstance(link, Invited)
            await Inviting(store, Passwords(QUICK)).accept(link.token, PASSWORD, now)
        case _:
            form = {"password": PASSWORD, "new": "kalimat lain lagi", "again": "kalimat lain lagi"}
            await (await console.seat(account)).post("/console/me/password", form)
    assert await store.chat_of(chat) is None


async def test_every_change_is_kept_with_who_made_it(console: Console) -> None:
    """The audit tells what an account was before and after, sealed."""
    supervisor, account = await console.sign_in("supervisor"), await somebody(console)
    path = f"{ACCOUNTS}/{account.id}"
    for form in (
        {"do": "move", "role": "trc", "office": "trc-dinsos"},
        {"do": "end"},
        {"do": "invite"},
    ):
        await supervisor.post(path, form)
    lines = await console.audited(f"staff:{supervisor.account.id}")
    assert [line.action for line in lines] == [Action.ACCOUNT, Action.SIGN_OUT, Action.INVITE]
    detail = console.play.house.store.audit_detail(lines[0]) or b""
    assert b'"role":"officer"' in detail
    assert b'"role":"trc"' in detail


async def test_a_name_is_taken_once(console: Console) -> None:
    """However it is written."""
    supervisor = await console.sign_in("supervisor")
    assert (await supervisor.post(f"{ACCOUNTS}/new", NEW))[0] == 200
    status, text = await supervisor.post(f"{ACCOUNTS}/new", {**NEW, "name": "BARU.sekali "})
    assert status == 422
    assert "sudah dipakai" in text


async def test_the_list_is_narrowed_by_role_office_and_state(console: Console) -> None:
    """And each of them shows who fits."""
    supervisor, trc = await console.sign_in("supervisor"), await console.account("trc")
    _, text = await supervisor.get(ACCOUNTS, role="trc")
    assert trc.own.called in text
    assert (await supervisor.get(ACCOUNTS, office="nowhere"))[1].count("<tr>") == 0
    assert (await supervisor.get(f"{ACCOUNTS}/{trc.id}"))[0] == 200
    assert (await supervisor.get(f"{ACCOUNTS}/nobody"))[0] == 404


async def test_areas_are_ticked_by_name(console: Console) -> None:
    """Kecamatan and villages are offered by name; what is theirs is ticked, known or not."""
    supervisor = await console.sign_in("supervisor")
    other = await console.account("officer", areas=("99.01.02.2001", "99.01.99"))
    _, page = await supervisor.get(f"{ACCOUNTS}/{other.id}")
    assert page.count('name="areas"') == len(console.play.house.district.areas) + 1
    assert page.count(" checked") == len(other.areas)
    assert "Seluruh Kecamatan Mekar Jaya" in page
