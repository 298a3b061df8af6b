"""Whoever does not follow what we ask: "maksudnya apa ya", "ga ngerti", "ini siapa"."""

from conversations.hearing.spelling import words_of

PUZZLED = frozenset(
    {"apa", "apaan", "maksud", "maksudnya", "maksudte", "arti", "artinya", "siapa", "bagaimana"}
    | {"caranya", "kenapa", "kok", "kapan", "berapa", "tahu", "paham", "mengerti", "mudeng"}
    | {"baca", "membaca", "bingung", "ribet", "susah", "what", "who", "why", "how", "understand"}
    | {"mean", "confused"}
)
_BESIDE = (
    "saya bapak ibu kak mas mbak min nak ya iya sih deh dong lah ini itu yang tidak belum bisa",
    "juga lagi ampun allah aduh waduh duh gitu nih sama ngerti cara nya orang dari mana",
    "i do not dont don t this is that you are it does",
)
BESIDE = frozenset(word for line in _BESIDE for word in line.split())
"""What may stand beside such a word without telling what somebody needs."""


def puzzled(text: str) -> bool:
    """Say whether *text* only tells that somebody does not follow, and nothing that they need."""
    words = set(words_of(text))
    return not words.isdisjoint(PUZZLED) and words <= PUZZLED | BESIDE
