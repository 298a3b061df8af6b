"""Somebody has died: told apart from a card, a lamp or a hen that is "mati"."""

from itertools import filterfalse

DIED = "wafat"
"""What a death is as well for who looks for words: "suami saya mati" says it of no card."""
PASSED = frozenset({"meninggal", "wafat", "berpulang", "tiada"})
DEAD = "mati"
KIN = frozenset(
    {"suami", "istri", "bini", "bapak", "ibu", "anak", "bayi", "adik", "kakak", "lansia", "mertua"}
    | {"mama", "papa", "orangtua", "cucu", "keponakan", "ponakan", "paman", "bibi", "saudara"}
    | {"suamiku", "istriku", "bapakku", "ibuku", "anakku", "adikku", "kakakku", "ayahku"}
)
BETWEEN = frozenset({"saya", "kami", "kita", "ku", "sudah", "baru", "telah", "barusan", "juga"})
ALIVE = frozenset(
    {"hidup", "data", "dicatat", "ditulis", "tercatat", "dinyatakan", "dikira", "akta", "kematian"}
)
"""What tells of a mistake in the data, or of papers, and of no grief."""
BEFORE = BETWEEN | {
    *(
        "kemarin",
        "tadi",
        "semalam",
        "pagi",
        "malam",
        "tolong",
        "mohon",
        "maaf",
        "min",
        "kak",
        "mas",
    ),
    *("mbak", "pak", "karena", "sejak", "dan", "yang", "assalamualaikum", "bapak", "ibu"),
}


def bereaved(words: list[str]) -> bool:
    """Say whether *words*, each spelt out, tell that somebody of the family has died."""
    if not ALIVE.isdisjoint(words):
        return False
    if not PASSED.isdisjoint(words):
        return not KIN.isdisjoint(words)
    return DEAD in words and _of_kin(words)


def _of_kin(words: list[str]) -> bool:
    """Say whether it is of kin that "mati" is said: not of a card or a cow of theirs."""
    subject = [*filterfalse(BETWEEN.__contains__, words[: words.index(DEAD)])]
    if not subject or subject[-1] not in KIN:
        return False
    return len(subject) == 1 or BEFORE.issuperset(subject[:-1])
