"""Yes and no, as people write them: the whole message, for "ya" stands in any question as well."""

import re

from conversations.hearing.choices import pick
from conversations.hearing.spelling import words_of
from conversations.messages import Choice, Inbound

YES = frozenset(
    {"ya", "iya", "y", "yes", "yup", "ok", "oke", "okay", "betul", "benar", "setuju", "sip"}
    | {"inggih", "nggih", "muhun", "leres"}
)
"""What agrees to anything, also to what cannot be undone."""
AGREEING = YES | frozenset(
    {"iyo", "yo", "yoi", "yap", "ho", "oh", "heeh", "injih", "enggih", "sumuhun", "bener"}
    | {"boleh", "lanjut", "lanjutkan", "siap", "siyap", "monggo", "mangga", "silakan", "silahkan"}
    | {"gpp", "gapapa", "gakpapa", "rapopo", "agree", "agreed", "sure", "yeah"}
    | {"agre", "aggree", "agrree"}
)
"""What agrees to a question that can be answered otherwise later."""
NO = frozenset({"tidak", "bukan", "no", "nope", "n", "jangan", "salah", "belum"})
AGREED = frozenset(
    {"ya sudah", "iya sudah", "sudah benar", "sudah betul", "sudah bener", "tidak apa"}
    | {"tidak apa apa", "tidak papa", "tidak masalah", "tidak keberatan", "tidak mengapa"}
    | {"no problem", "i do agree"}
)
"""Words that agree together: "tidak apa-apa" is no refusal."""
BESIDE = frozenset(
    {"saya", "bapak", "ibu", "kak", "mas", "mbak", "min", "nak", "deh", "dong", "lah", "saja"}
    | {"aja", "kirim", "mau", "sekali", "makasih", "trims", "please", "i", "kok", "atuh"}
    | {"tolong", "lagi", "data", "dipakai", "pakai"}
)
"""What may stand beside a yes or a no without saying anything else."""
BESIDE_NO = frozenset(
    {"setuju", "boleh", "usah", "perlu", "dulu", "itu", "ini", "yang", "thanks", "thank"}
    | {"you", "agree", "do", "not", "dont", "don", "t", "ah", "semua", "semuanya"}
)
LONGEST = 6  # words; a longer sentence says something else
THANKS = re.compile(r"\bdapat kasih\b")  # "terima kasih", spelt out


def meant(
    choices: tuple[Choice, ...], message: Inbound, words: frozenset[str] = AGREEING
) -> Choice | None:
    """Return the choice that is meant: the first of *choices* is the yes, the second the no.

    *words* agree: YES alone where a yes cannot be undone.
    """
    yes, no, *_ = choices
    if chosen := pick(choices, message):
        return chosen
    agrees = agreement(message.text, words)
    if agrees is None:
        return None
    return yes if agrees else no


def agreement(text: str, words: frozenset[str] = AGREEING) -> bool | None:
    """Return whether *text* says nothing but yes, or nothing but no; None where it says more."""
    said = THANKS.sub("makasih", " ".join(words_of(text)[: LONGEST + 1])).split()
    if "?" in text or len(said) > LONGEST:
        return None
    telling = [_short(word) for word in said if word not in BESIDE]
    kinds = set(telling)
    if words is AGREEING and " ".join(telling) in AGREED:
        return True
    if kinds & NO:
        return False if kinds <= NO | BESIDE_NO | YES else None
    return True if kinds and kinds <= words else None


def _short(word: str) -> str:
    """Return *word* with a letter that stands twice as one, where only that is a yes: "okee"."""
    once = re.sub(r"(.)\1", r"\1", word)
    return once if once in AGREEING else word
