"""Free text holds what was typed, and nothing that hides in it."""

import pytest

from conversations.hearing.cleaning import clean


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\ud83dc\n", "abc\n"),
        ("\u202eini dibalik\u202c", "ini dibalik"),
        ("\u2066a\u2069\u200e\u200fb\u200b\ufeff", "ab"),
        ("dua\u2028baris\x85", "duabaris"),
        ("a\tb\nc", "a\tb\nc"),
        (
            "Terima kasih \U0001f64f\U0001f3fd \u2764\ufe0f",
            "Terima kasih \U0001f64f\U0001f3fd \u2764\ufe0f",
        ),
        ("Ni\u0144a caf\u00e9", "Ni\u0144a caf\u00e9"),
    ],
)
def test_what_nobody_sees_is_left_out(text: str, kept: str) -> None:
    """Controls, half characters and marks that turn writing round go; letters and faces stay."""
    assert clean(text) == kept
