"""Whose case it is not learns nothing of it: not even that there is one."""

import re

from casework.access.scope import sees
from referrals.codes import code_from
from tests.web.console.board import ELSEWHERE, SUKAMAJU, file
from tests.web.console.conftest import BROWSER, Console
from tests.web.console.routes import routes_of
from web.console.guard import LOOKS

UNKNOWN = code_from("999999")
CASES = (("RTLH", SUKAMAJU), ("RTLH", ELSEWHERE), ("PPA", SUKAMAJU), ("PBI_AKTIF", ELSEWHERE))
SHOWN = re.compile(r"\d[\d ]{8,}|value=\"[0-9a-f]+\"")  # codes, and words of forms


async def test_a_case_of_others_is_answered_like_one_that_is_not_there(console: Console) -> None:
    """Every route with a code in its address, every role, every kind of case."""
    codes = [
        await file(console, service, area, number=number)
        for number, (service, area) in enumerate(CASES, 1)
    ]
    refused = 0
    for role in console.district.staff_roles.values():
        somebody = await console.sign_in(role.code)
        staff = console.staff(somebody.account)
        for code in codes:
            stored = await console.play.house.store.ticket(code)
            assert stored
            if sees(staff, stored.ticket, console.district):
                continue
            for route in routes_of(console.app):
                if "{code}" not in route.pattern or route.pattern.startswith("/console/district"):
                    continue
                answers = []
                for one in (code, UNKNOWN):
                    data = None if route.method in LOOKS else {"csrf": somebody.csrf}
                    answer = await somebody.client.request(
                        route.method,
                        route.path_of(one),
                        data=data,
                        headers=BROWSER,
                        allow_redirects=False,
                    )
                    where = answer.headers.get("Location", "")
                    answers.append((answer.status, SHOWN.sub("", where + await answer.text())))
                assert answers[0] == answers[1], (role.code, code, route)
                refused += answers[0][0] in {403, 404}
    assert refused > len(codes)
