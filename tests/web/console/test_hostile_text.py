"""What citizens write stays words, on every page of the console."""

import pytest

from bot.district.reading import load
from casework.citizen.filing import Filing
from casework.telling.letters import Letters
from conversations.messages import Address, Channel
from conversations.turn import Answered, Draft, OpenTicket
from referrals.codes import code_from
from referrals.district.directory import Service
from referrals.roles import Sensitivity
from tests.bot.playing import DISTRICT as FOLDER
from tests.bot.test_desk import links_of
from tests.web.console.conftest import Console
from tests.web.console.hostile import MARK, TEXT, harms
from tests.web.console.routes import routes_of
from web.console.guard import LOOKS

DISTRICT = load(FOLDER)
SUKAMAJU = "99.01.01.2001"
ASKED = ("q", "role", "state", "office", "service", "area", "view", "from", "done", "lang", "next")
TYPED = ("name", "called", "areas", "role", "office", "do", "password", "reason", "q", "next")
CITIZEN = Address(Channel.TELEGRAM, "7000099")
STREAM = "/console/live"  # never ends, and tells codes and kinds alone


async def filed(console: Console, service: Service, number: int) -> str:
    """File *service* with hostile text in every field; return the code."""
    house = console.play.house
    letters = Letters(house.district, house.voices, links_of(console.play))
    answers = tuple(Answered(field.key, TEXT, TEXT) for field in service.fields)
    code = code_from(str(number))
    record = OpenTicket(code, Draft(service.code, answers), "id", SUKAMAJU)
    unit = house.store.unit()
    Filing(house.district, letters).open(unit, record, CITIZEN, house.clock.now(), f"{number}")
    await house.store.commit(unit)
    return code


@pytest.mark.parametrize("part", range(4))
async def test_no_citizen_writes_a_part_of_a_page(console: Console, part: int) -> None:
    """Every field of every service, shown to who may see it on every page with a case's code."""
    desk, vault = await console.sign_in("verifier"), await console.sign_in("vault_officer")
    shown = 0
    for number, service in list(enumerate(DISTRICT.services.values(), 1))[part::4]:
        code = await filed(console, service, number)
        reader = vault if service.sensitivity is Sensitivity.VAULT else desk
        for route in routes_of(console.app):
            if route.method != "GET" or "{code}" not in route.pattern:
                continue
            _, text = await reader.get(route.path_of(code))
            assert harms(text) == [], (service.code, route)
            shown += MARK in text
        for path in ("/console/worklist", "/console/call"):
            assert harms((await reader.get(path))[1]) == [], service.code
    assert shown > 3


async def test_what_staff_type_stays_words_as_well(console: Console) -> None:
    """Every page gives back what stands in its address and in its forms as text."""
    supervisor = await console.sign_in("supervisor")
    for route in routes_of(console.app):
        if route.path == STREAM:
            continue
        if route.method in LOOKS:
            _, text = await supervisor.get(route.path, **dict.fromkeys(ASKED, TEXT))
        else:
            _, text = await supervisor.post(route.path, dict.fromkeys(TYPED, TEXT))
        assert harms(text) == [], route
