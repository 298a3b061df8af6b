"""Yes and no to whether somebody is safe: what is read wrongly here may cost a life."""

import re

from conversations.hearing.agreeing import AGREEING, BESIDE
from conversations.hearing.choices import numbered, pick
from conversations.hearing.spelling import words_of
from conversations.messages import Choice, Inbound

DENYING = frozenset({"tidak", "belum", "kurang", "not", "no", "nope", "unsafe"})
SAFE = frozenset({"aman", "safe"})
STILL = frozenset({"sudah", "am", "m", "now", "yet", "sekarang", "sih", "ini", "juga", "lah"})
QUIET = BESIDE | STILL
"""What may stand beside a yes or a no without saying anything else."""
WHY = frozenset({"dia", "masih", "suami", "karena", "takut", "soalnya", "he", "still"})
"""What goes on after a no: "belum dia masih di rumah"."""
CLAUSE = re.compile(r"[,.;!\n]")


def answered(choices: tuple[Choice, ...], message: Inbound) -> tuple[Choice | None, bool]:
    """Return which of *choices* is meant, and whether they ask if somebody is safe at all.

    Nobody is safe by a slip: "dak aman" is nearer to "ya, aman" than to anything else.
    """
    yes = next((c for c in choices if _feels(words_of(c.label), AGREEING)), None)
    no = next((c for c in choices if _feels(words_of(c.label), DENYING)), None)
    if yes is None or no is None:
        return None, False
    if (chosen := numbered(choices, message)) or message.picked is not None:
        return chosen, True
    if _denies(message.text):
        return no, True
    if _agrees(message.text):
        return yes, True
    near = pick(choices, message)
    return (None if near is yes else near), True


def _feels(label: list[str], words: frozenset[str]) -> bool:
    return not (SAFE.isdisjoint(label) or words.isdisjoint(label))


def _denies(text: str) -> bool:
    """Say whether *text* tells "belum", "sudah tidak aman" or "belum, dia masih di rumah"."""
    first, *_ = CLAUSE.split(text)
    words = [word for word in words_of(first) if word not in QUIET]
    before, after = words[:1], words[1:2]
    follows = not after or after[0] in SAFE | WHY | DENYING
    return bool(before) and before[0] in DENYING and follows


def _agrees(text: str) -> bool:
    words = {word for word in words_of(text) if word not in QUIET}
    return bool(words) and words <= AGREEING | SAFE and "?" not in text
