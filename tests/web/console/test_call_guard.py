"""Who may take calls, and what hostile input does to their page."""

import pytest

from tests.conversations.town import DISTRICT
from tests.web.console.calling import (
    CALLER,
    SITI,
    Agent,
    agent,
    answers,
)
from tests.web.console.conftest import Console

ALL = sorted(code for code in DISTRICT.services if code != DISTRICT.status_service)


async def test_another_account_s_form_is_another_form(console: Console) -> None:
    """Nobody files under, or reads, the name of somebody else's form."""
    first, second = await agent(console), await agent(console)
    code = await first.whole("LAIN")
    await second.send(**first.sent | {"csrf": second.me.csrf})
    assert second.code not in {"", code}


@pytest.mark.parametrize(
    "fields",
    [
        {"step": "family", "nik": "123", "family_proof": "0001"},
        {"step": "family", "nik": SITI, "family_proof": "satu"},
        {"step": "ticket", "code": "123456789", "ticket_proof": ""},
        {"from": "<script>alert(1)</script>", "step": "choose"},
    ],
)
async def test_what_cannot_be_read_is_asked_again(
    console: Console, fields: dict[str, str]
) -> None:
    """Half a number is told kindly, and counts as no try."""
    at_work = await agent(console)
    await at_work.send(**{"from": CALLER.id} | fields)
    assert at_work.status == 422
    assert "<script>alert" not in at_work.page


@pytest.mark.parametrize("once", ["", "short", "x" * 65, "../../etc/passwd-0000000", "<b>" * 9])
async def test_forms_without_a_name_are_refused(console: Console, once: str) -> None:
    """A form that nobody could send twice is not taken."""
    at_work = await agent(console)
    await at_work.open("LAIN")
    await at_work.review(once=once)
    assert at_work.status == 400


HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}'\"; DROP TABLE tickets;--\u202e\x00"


async def test_hostile_words_stay_words(console: Console) -> None:
    """Whatever a caller says, or somebody types, is text on every page and in the ticket."""
    at_work = await agent(console)
    await at_work.open("LAIN")
    typed = {key: value or HOSTILE for key, value in answers(LAIN).items()}
    typed |= {key: HOSTILE for key, value in typed.items() if value.startswith("Sudah")}
    await at_work.review(**typed, witness=HOSTILE, q=HOSTILE, tongue=HOSTILE)
    assert "<img src=x" not in at_work.page
    await at_work.ring(HOSTILE)
    assert "<img src=x" not in at_work.page
    assert at_work.status == 422


LAIN = DISTRICT.services["LAIN"]


@pytest.mark.parametrize("path", ["/console/call", "/console/file"])
async def test_who_may_not_take_calls_is_refused(console: Console, path: str) -> None:
    """Only roles with the power to take calls, or to file, get in; nothing is told to others."""
    power = path.rpartition("/")[2]
    for role in console.district.staff_roles.values():
        me = await console.sign_in(role.code)
        may = power in {one.value for one in role.powers}
        at_work = Agent(console, me, path)
        assert (await me.get(path))[0] == (200 if may else 403)
        assert (await me.get(f"{path}/areas"))[0] == (200 if may else 403)
        await at_work.send(service="LAIN", step="send", once="0" * 32)
        assert at_work.status == (422 if may else 403)


async def test_nobody_s_form_is_taken_from_elsewhere(console: Console) -> None:
    """A form without the session's own word files nothing."""
    at_work = await agent(console)
    await at_work.whole("LAIN")
    await at_work.send(**at_work.sent | {"csrf": "0" * 32, "once": "f" * 32})
    assert at_work.status == 403
