"""The supervisors' page as a browser gets it."""

from tests.web.console.conftest import Console


async def test_a_supervisor_sees_the_page(console: Console) -> None:
    """The page is there, in the frame of the console, before anything happened."""
    boss = await console.sign_in("supervisor")
    status, page = await boss.get("/console/figures")
    assert status == 200
    assert "Angka layanan" in page
