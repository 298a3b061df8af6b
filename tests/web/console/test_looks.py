"""How many people the console's accounts look up, before who is answerable for them."""

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
