"""Which number somebody wants to be called on, and which one they warn us of."""

import re

from conversations.hearing.spelling import plain, words_of
from conversations.phones import number_typed

SAME = frozenset({"sama", "same", "ini", "this"})
BESIDE = frozenset(
    {"nomor", "nomer", "nomornya", "nomernya", "no", "nmr", "hp", "wa", "telp", "telepon", "sms"}
    | {"yang", "yg", "pakai", "pake", "dipakai", "sedang", "lagi", "ke", "dengan", "dgn", "saya"}
    | {"saja", "aja", "ya", "iya", "ok", "oke", "aman", "bisa", "boleh", "sekarang", "juga"}
    | {"pak", "bu", "kak", "mas", "mbak", "min", "deh", "dong", "lah", "kok", "sih", "seperti"}
    | {"tadi", "makasih", "terima", "kasih", "number", "use", "my", "the", "one", "is", "as"}
    | {"safe", "please", "thanks", "yes", "to", "on", "me", "call", "phone", "it"}
)
"""What may stand beside SAMA without telling more, as it is spelt: "pak" is no "bapak"."""
WARNING = frozenset(
    {"tidak", "bukan", "belum", "jangan", "kurang", "bahaya", "berbahaya", "not", "dont", "don"}
    | {"isn", "isnt", "never", "unsafe", "dangerous"}
)
"""What warns of a number; not "no", which is short for the word itself."""
OTHERS = frozenset(
    {"suami", "suamiku", "suaminya", "dia", "istri", "istriku", "istrinya", "pacar", "pacarku"}
    | {"pacarnya", "mantan", "pelaku", "husband", "wife", "boyfriend", "girlfriend", "his", "he"}
    | {"him", "her"}
)
"""Who may be the very one that somebody is afraid of."""
POINTING = (
    WARNING
    | OTHERS
    | SAME
    | frozenset(
        {
            "itu",
            "that",
            "yang",
            "nomor",
            "telepon",
            "number",
            "aman",
            "safe",
            "punya",
            "saya",
            "is",
        }
    )
)
"""What tells nothing but whose a number is, or that it is none to call."""
USING = r"(?:pakai|pake|gunakan|use|tapi|tp|tetapi|melainkan|but)"
UNUSED = re.compile(rf"\b(jangan|jgn|bukan|not|dont|don't)\s+{USING}\b", re.IGNORECASE)
CLAUSE = re.compile(rf"[,;!?\n]+|\.\s|\b{USING}\b", re.IGNORECASE)


def means_own(text: str) -> bool:
    """Say whether *text* is SAMA and nothing else: "sama saja pak", not "sama suami"."""
    words = frozenset(re.findall("[a-z0-9]+", plain(text)))
    return not words.isdisjoint(SAME) and words <= SAME | BESIDE


def warns(text: str, *, wary: bool) -> bool:
    """Say whether *text* warns of a number; of whose it is only to who is *wary*."""
    return not (WARNING | OTHERS if wary else WARNING).isdisjoint(words_of(text))


def number_meant(text: str, *, wary: bool) -> str | None:
    """Return the number in *text*, in E.164, that it does not warn of: B of "jangan A, pakai B".

    Who is *wary* is afraid of somebody, whose number is not taken either.
    """
    if not warns(text, wary=wary):
        return number_typed(text)
    told = [(number_typed(clause), warns(clause, wary=wary)) for clause in _clauses(text)]
    warned = {number for number, refused in told if refused}
    return next((number for number, _ in told if number and number not in warned), None)


def _clauses(text: str) -> list[str]:
    """Return the clauses of *text*, with their own what only points at them: "A, jangan"."""
    found: list[str] = []
    for clause in CLAUSE.split(UNUSED.sub(r"\1", text)):
        points = POINTING.issuperset(words_of(clause))
        if found and (points or WARNING.issuperset(words_of(found[-1]))):
            found[-1] += f" {clause}"
        else:
            found.append(clause)
    return found
