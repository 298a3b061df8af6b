"""The audit as it is read in the console: who did what, and nothing of whom it was done to."""

import re

import msgspec

from casework.trail.actions import CITIZEN, OPERATOR, PROGRAM, Action, office_actor, staff_actor
from casework.trail.reading import MOST, unnumbered
from conversations.say import LANGUAGES
from referrals.codes import shown
from tests.web.console.board import NAME, NIK, case_of, file
from tests.web.console.conftest import Console, SignedClient
from tests.web.stage import Page

AUDIT = "/console/audit"
WHY = "Warga menelepon kami"
ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
LATER = re.compile(r'href="(/console/audit\?[^"]*after=[^"]+)"')


async def rows(browser: SignedClient, **asked: str) -> list[str]:
    """Return the lines that *browser* is shown for *asked*, in English."""
    status, text = await browser.get(AUDIT, lang="en", **asked)
    assert status == 200
    return ROW.findall(text.partition("<tbody>")[2])


async def note(
    console: Console, actor: str, action: Action, code: str = "", why: str = ""
) -> None:
    """Have the audit keep a line of now."""
    unit = console.play.house.store.unit()
    detail = why.encode() if actor == OPERATOR else msgspec.json.encode({"why": why})
    now = console.play.clock.now()
    unit.note(actor, action, now, code=code, subject=NIK, detail=detail)
    await console.play.house.store.commit(unit)


async def test_it_tells_who_looked_and_why(console_on_both: Console) -> None:
    """The account's name and office, the deed, the code and the reason; no NIK and no name."""
    console = console_on_both
    code = await file(console)
    verifier = await console.sign_in("verifier")
    await case_of(verifier, code)
    await verifier.post(f"/console/cases/{code}/reveal", {"why": WHY})
    await note(console, staff_actor(verifier.account.id), Action.REVEAL, code, f"{WHY} {NIK}")
    browser = await console.sign_in("data_protection")
    lines = await rows(browser, deed="reveal")
    assert lines
    for part in (verifier.account.own.called, "Satu Pintu", "unmasked", shown(code), WHY):
        assert part in lines[0]
    whole = "".join(await rows(browser))
    assert "opened a case" in whole
    assert NIK not in whole
    assert NAME not in whole


async def test_filters_narrow_it(console_on_both: Console) -> None:
    """By account, by office with its people, by deed, by code however spaced, and by days."""
    console = console_on_both
    code, other = await file(console), await file(console, number=2)
    officer = await console.sign_in("officer")
    await note(console, staff_actor(officer.account.id), Action.WORDS, code)
    await note(console, office_actor("dinsos-data"), Action.PAGE, other)
    await note(console, OPERATOR, Action.ASKED, why="Surat dari warga")
    browser = await console.sign_in("auditor")
    today = console.play.clock.now().date().isoformat()
    for asked, many in (
        ({"account": officer.account.id}, 1),
        ({"by": "dinsos-data"}, 2),
        ({"by": "operator"}, 1),
        ({"deed": "words"}, 1),
        ({"code": f" {shown(other)} "}, 1),
        ({"code": other, "deed": "words"}, 0),
        ({"code": "x"}, 0),
        ({"since": "2999-12-31"}, 0),
        ({"until": "2000-01-01"}, 0),
        ({"by": "operator", "since": today, "until": today}, 1),
        ({"by": "operator", "since": "0001-01-01", "until": "x"}, 1),
    ):
        assert len(await rows(browser, **asked)) == many, asked
    assert "Surat dari warga" in (await rows(browser, by="operator"))[0]


async def test_a_vaults_ticket_has_no_code_and_no_reason(console_on_both: Console) -> None:
    """Its officers' looks and a stranger's try stand there, and none leads to the ticket."""
    console = console_on_both
    vault = await file(console, "PPA", "")
    officer, stranger = await console.sign_in("vault_officer"), await console.sign_in("verifier")
    await note(
        console, staff_actor(officer.account.id), Action.REVEAL, vault, "Korban di rumah aman"
    )
    assert (await stranger.get(f"/console/cases/{vault}"))[0] == 404
    for role in ("auditor", "data_protection"):
        browser = await console.sign_in(role)
        looked = (await rows(browser, account=officer.account.id))[0]
        tried = (await rows(browser, account=stranger.account.id))[0]
        for line in (looked, tried):
            assert "a vault ticket" in line
            assert vault not in line
            assert shown(vault) not in line
            assert "Korban" not in line
        assert "tried to open, refused" in tried
        assert await rows(browser, code=vault) == []


async def test_nothing_stands_beside_the_same_persons_vault_ticket(
    console_on_both: Console,
) -> None:
    """What is done to all tickets of somebody is told of their others, as if it were alone.

    A code that there is no ticket for is answered as a vault's: trying one tells nothing.
    """
    console = console_on_both
    code, vault = await file(console), await file(console, "PPA", "", number=2)
    for one in (code, vault, "482109379"):
        await note(console, CITIZEN, Action.ERASE, one)
        await note(console, OPERATOR, Action.EXPORT, one)
        await note(console, CITIZEN, Action.FIND_REFUSED, one)
        await note(console, PROGRAM, Action.FILE, one)
    browser = await console.sign_in("auditor")
    for asked, many in (({"by": "citizen"}, 2), ({"by": "operator"}, 1), ({"by": "program"}, 1)):
        found = await rows(browser, **asked)
        assert len(found) == many, asked
        assert all(shown(code) in line for line in found)


async def test_pages_follow_each_other_without_a_gap(console_on_both: Console) -> None:
    """The newest first, also where many lines are of one instant; a made-up page is the first."""
    console = console_on_both
    for number in range(MOST + 7):
        await note(console, OPERATOR, Action.ASKED, why=f"Perkara {number:03}")
    browser = await console.sign_in("auditor")
    status, text = await browser.get(AUDIT, by="operator")
    later = LATER.search(text)
    assert status == 200
    assert later
    _, rest = await browser.get(later[1].replace("&amp;", "&"))
    told = re.findall(r"Perkara \d{3}", text), re.findall(r"Perkara \d{3}", rest)
    assert [len(one) for one in told] == [MOST, 7]
    assert len({*told[0], *told[1]}) == MOST + 7
    assert told[0] + told[1] == sorted(told[0] + told[1], reverse=True)
    assert LATER.search(rest) is None
    for made_up in ("x", "AAAA", "é"):
        assert len(await rows(browser, by="operator", after=made_up)) == MOST


async def test_who_reads_it_is_in_it(console: Console) -> None:
    """With what they asked for, sealed; the next look shows it."""
    browser = await console.sign_in("auditor")
    await rows(browser, deed="reveal")
    lines = await console.audited(staff_actor(browser.account.id))
    assert [line.action for line in lines] == ["audit"]
    detail = console.play.house.store.audit_detail(lines[0])
    assert detail == b'{"deed":"reveal"}'
    assert "read the audit" in (await rows(browser, account=browser.account.id))[0]


async def test_the_machinery_is_shown_where_it_is_asked_for(console: Console) -> None:
    """Notes of where chains end fill no page; when they were last made stands below."""
    unit, store = console.play.house.store.unit(), console.play.house.store
    now = console.play.clock.now()
    unit.note(PROGRAM, Action.HEADS, now, detail=await store.heads_to_note())
    await store.commit(unit)
    browser = await console.sign_in("auditor")
    assert not any("chains end" in line for line in await rows(browser))
    assert any("chains end" in line for line in await rows(browser, deed="heads"))
    _, text = await browser.get(AUDIT, lang="en")
    assert "satupintu audit verify" in text
    assert "last noted on" in text


async def test_every_deed_has_words_in_both_languages(console: Console) -> None:
    """And the page has no markup but ours."""
    browser = await console.sign_in("auditor")
    for language in LANGUAGES:
        status, text = await browser.get(AUDIT, lang=language)
        assert status == 200
        assert Page(text).strange() == []
        assert all(f'<option value="{action.value}">' in text for action in Action)


def test_a_reason_keeps_no_number_of_anybody() -> None:
    """Whatever an officer typed: NIK, telephone, spaced or not; a day stays."""
    for number in (NIK, "0812 3456 7001", "+6281234567001", "9901 0141 0780 0001"):
        told = unnumbered(f"Warga {number} menelepon")
        assert sum(sign.isdigit() for sign in told) <= 4
    assert unnumbered("Rapat jam 10.30") == "Rapat jam 10.30"
