"""Browsers as the list of sessions names them."""

import pytest

from web.console.staff.devices import device

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0"


@pytest.mark.parametrize(
    ("agent", "named"),
    [
        (f"Mozilla/5.0 (Linux; Android 12; K) {CHROME} Mobile Safari/537.36", "Chrome, Android"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Edg/140.0", "Edge, Windows"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Linux",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari",
            "Safari, iPhone",
        ),
        ("curl/8", "?"),
        ("", "?"),
    ],
)
def test_a_browser_has_a_name_that_people_know(agent: str, named: str) -> None:
    """Which one, and on what; the rest is no use to anybody."""
    assert device(agent) == named
