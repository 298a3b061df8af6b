"""The command that gives an officer of the district a link."""

from tests.bot.playing import Play
from tests.bot.test_post_commands import in_thread
from tests.bot.test_whole_loop import file_papers


async def test_the_command_prints_a_link(play: Play) -> None:
    """What it prints opens the page; for a ticket that is not there it says so and fails."""
    _, code = await file_papers(play)
    status, told = await in_thread(play, "link", f"{code[:4]} {code[4:]}", "verifier")
    assert status == 0
    token = told.strip().splitlines()[-1].rpartition("/")[2]
    page = await play.house.desk.see(token, play.clock.now())
    assert page
    assert page.desk
    status, told = await in_thread(play, "link", "000000000", "verifier")
    assert status == 1
    assert "no such ticket" in told
