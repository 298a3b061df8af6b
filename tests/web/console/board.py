"""Cases for the work list, filed as citizens would, and what tests read off a page."""

import re
from collections.abc import Mapping

from casework.citizen.filing import Filing
from casework.telling.letters import Letters
from conversations.messages import Address, Channel, Place
from conversations.turn import Answered, Draft, OpenTicket
from referrals.codes import code_from
from tests.bot.test_desk import links_of
from tests.web.console.conftest import Console, SignedClient

SUKAMAJU = "99.01.01.2001"
ELSEWHERE = "99.01.02.2001"
NIK = "9901014107800001"
NAME = "Siti Rahayu"
STORY = "Atap bocor sejak lama"
PHONE = "+6281234567001"
EVENTS = re.compile(r'name="events" value="(\d+)"')


async def file(  # noqa: PLR0913 - what is filed, where, by whom
    console: Console,
    service: str = "RTLH",
    area: str = SUKAMAJU,
    *,
    number: int = 1,
    address: Address | None = None,
    nik: str = NIK,
    picked: Mapping[str, str] | None = None,
    pin: Place | None = None,
) -> str:
    """File *service* from *area*, each answer with the *pin* on the map; return the code."""
    house = console.play.house
    letters = Letters(house.district, house.voices, links_of(console.play))
    answers = [
        Answered(field.key, text, text, place=pin)
        for field in house.district.services[service].fields
        if (
            text := {"nik": nik, "name": NAME, "story": STORY, "words": STORY, "place": STORY}.get(
                field.kind
            )
        )
    ]
    answers += [Answered(key, value, value) for key, value in (picked or {}).items()]
    code = code_from(str(number))
    record = OpenTicket(code, Draft(service, tuple(answers)), "id", area)
    unit = house.store.unit()
    citizen = address or Address(Channel.SMS, PHONE)
    Filing(house.district, letters).open(unit, record, citizen, house.clock.now(), f"{number}")
    await house.store.commit(unit)
    return code


async def case_of(browser: SignedClient, code: str) -> str:
    """Return the page of case *code*, which *browser* may open."""
    status, text = await browser.get(f"/console/cases/{code}")
    assert status == 200, text
    return text


async def step(browser: SignedClient, code: str, **fields: str) -> tuple[int, str]:
    """Open case *code* and send its form at once, as it was shown."""
    events = EVENTS.search(await case_of(browser, code))
    shown = {"events": events[1]} if events else {}
    return await browser.post(f"/console/cases/{code}", {**shown, **fields})
