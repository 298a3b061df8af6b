"""The rows of alarms.yaml spelt out: an alarm per spelling."""

from collections.abc import Iterable, Mapping
from itertools import product
from math import prod

from bot.district.files import AlarmsFile
from referrals.district.alarms import Alarms, Near

BESIDE = " & "  # parts what is heard only with the rest around it
NAMED = "$"
BENT = "+"
MOST_PHRASES = 20_000  # of one row: a slip that multiplies out would fill the memory
ENDINGS = ("", "i", "in", "kan", "nya", "inya", "innya", "ku")
"""What speakers hang on a word: mukul, mukuli, mukulin, mukulin nya."""


def alarms_of(row: AlarmsFile) -> Alarms:
    """Return the alarms with every spelling as a phrase of its own."""
    kinds = {
        "emergency": row.emergency,
        "violence": row.violence,
        "despair": row.despair,
        "health": row.health,
    }
    return Alarms(
        **{kind: spellings(_alone(rows), row.words) for kind, rows in kinds.items()},
        near={kind: near_of(_beside(rows), row.words) for kind, rows in kinds.items()},
        quiet=near_of(row.quiet, row.words),
    )


def spellings(patterns: Iterable[str], words: Mapping[str, str]) -> tuple[str, ...]:
    """Return each phrase that *patterns* stand for, once.

    a|b is either, ?a|b may be missing, a+ is a with any ending, $name is what *words* say. One
    that stands for more than MOST_PHRASES stands for none: the check of the folder tells of it.
    """
    phrases = {
        " ".join(filter(None, each)): None
        for pattern in patterns
        if many(pattern, words) <= MOST_PHRASES
        for each in product(*(_either(part, words) for part in pattern.split()))
    }
    return tuple(phrases)


def many(pattern: str, words: Mapping[str, str]) -> int:
    """Return how many phrases *pattern*, without "&", stands for."""
    return prod(len(_either(part, words)) for part in pattern.split())


def near_of(patterns: Iterable[str], words: Mapping[str, str]) -> tuple[Near, ...]:
    """Return what *patterns* such as ``kepala & bocor|berdarah`` stand for."""
    parted = (pattern.split(BESIDE) for pattern in patterns)
    return tuple(
        Near(spellings((first,), words), tuple(spellings((part,), words) for part in rest))
        for first, *rest in parted
    )


def _alone(patterns: Iterable[str]) -> list[str]:
    return [pattern for pattern in patterns if BESIDE not in pattern]


def _beside(patterns: Iterable[str]) -> list[str]:
    return [pattern for pattern in patterns if BESIDE in pattern]


def _either(part: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """Return what *part* may be; nothing as well where it is a maybe."""
    said = [form for word in part.removeprefix("?").split("|") for form in _forms(word, words)]
    return ("", *said) if part.startswith("?") else tuple(said)


def _forms(word: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """Return what *word* stands for; a name that nobody explains, for nothing."""
    if word.startswith(NAMED):
        return _either(words.get(word.removeprefix(NAMED), ""), words)
    stem = word.removesuffix(BENT)
    return tuple(stem + ending for ending in ENDINGS) if stem != word else (word,)
