"""Who gets into the console, and how far."""

from tests.web.console.conftest import BROWSER, Console


async def test_who_is_not_signed_in_is_led_to_the_sign_in_page(console: Console) -> None:
    """And from there back to where they wanted to go."""
    browser = await console.browser()
    answer = await browser.get("/console/", headers=BROWSER, allow_redirects=False)
    assert answer.status == 303
    assert answer.headers["Location"] == "/console/sign-in?next=%2Fconsole%2F"


async def test_who_is_signed_in_sees_their_name(console: Console) -> None:
    """On every page of the console."""
    somebody = await console.sign_in("auditor")
    status, text = await somebody.get("/console/me")
    assert status == 200
    assert somebody.account.own.called in text
