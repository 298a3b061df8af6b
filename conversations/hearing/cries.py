"""A bare cry for help, and hunger: neither can wait, and neither says what it is about."""

import re

from conversations.hearing.spelling import words_of

CRIES = frozenset(
    {"tolong", "tolongin", "tulung", "tulungi", "tulungin", "gawat", "takut", "wedi"}
    | {"sieun", "panik", "cepat", "cepet", "cpt", "cepetan", "buruan", "hurry", "scared"}
)
BESIDE = frozenset(
    {"saya", "bapak", "ibu", "kak", "min", "mas", "mbak", "kami", "kita", "pak", "ya", "dong"}
    | {
        "me",
        "please",
        "i",
        "am",
        "m",
        "sekarang",
        "nih",
        "ini",
        "bantu",
        "banget",
        "bgt",
        "sekali",
    }
    | {"ada", "orang", "lagi", "segera", "halo", "ya", "allah", "gusti", "mohon", "nulungi"}
)
"""What may stand beside such a word without telling more."""
STARVING = frozenset({"lapar", "kelaparan", "starving", "hungry"})
EMPTY = re.compile(
    r"\b(?:no|any|without) (?:more )?food\b(?! (?:aid|card))|\bnothing to eat\b", re.IGNORECASE
)
FOOD = frozenset({"makan", "beras", "nasi"})
LACKING = frozenset({"tidak", "belum", "habis"})
NOW = frozenset({"hari", "kemarin", "semalam", "pagi", "anak", "bayi", "apa", "sama", "habis"})
NONE = frozenset(
    {"gratis", "mbg", "bergizi", "dapat", "bansos", "bpnt", "cair", "kartu", "sekolah", "pkh"}
    | {"bulog", "turun", "jatah", "kilo", "kg", "posyandu", "pmt", "susu", "rs", "doyan", "nafsu"}
    | {
        "banjir",
        "gempa",
        "longsor",
        "ngungsi",
        "mengungsi",
        "pengungsian",
        "kurus",
        "gizi",
        "busung",
    }
)
"""What tells of a programme, a disaster, or a patient rather than of an empty pot."""
CLAUSE = re.compile(r"[,.;!?]|\b(?:terus|trus|tapi|tp|karena|krn|soalnya)\b", re.IGNORECASE)


def cries(text: str) -> bool:
    """Say whether *text* calls for help and says nothing else: "tolong pak", "cepet!!!"."""
    words = frozenset(words_of(text))
    return not words.isdisjoint(CRIES) and words <= CRIES | BESIDE


def hungry(text: str) -> bool:
    """Say whether *text* tells that somebody has nothing to eat now."""
    words = frozenset(words_of(text))
    if not words.isdisjoint(NONE):
        return False
    if not words.isdisjoint(STARVING) or EMPTY.search(text):
        return True
    return not (words.isdisjoint(FOOD) or words.isdisjoint(NOW)) and _lacking(text)


def _lacking(text: str) -> bool:
    """Say whether one clause of *text* tells that there is no food."""
    clauses = (frozenset(words_of(clause)) for clause in CLAUSE.split(text))
    return any(not (said.isdisjoint(FOOD) or said.isdisjoint(LACKING)) for said in clauses)
