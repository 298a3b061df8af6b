"""Answering a choice: by tap, number, label, a part of it, a label misspelt, or "yang kedua"."""

import re
from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter

from rapidfuzz.distance import OSA

from conversations.hearing.counting import counted
from conversations.hearing.words import plain
from conversations.messages import Choice, Inbound

NUMBER = re.compile(r"(?:no|nomor|nomer|pilih|pilihan|angka|number)? ?(\d{1,2})")
TELLING = 4  # a word of so many letters may stand for the one label that holds it
LONG = 8  # two slips are forgiven in labels of so many letters, one in shorter ones
SLIPS = 2
VALUE, LABEL = attrgetter("value"), attrgetter("label")


def pick(choices: tuple[Choice, ...], inbound: Inbound) -> Choice | None:
    """Return the choice that *inbound* means, or None when it means none, or several."""
    surely = exact(choices, inbound)
    typed = plain(inbound.text)
    if surely or inbound.picked is not None:
        return surely
    if len(typed) > _longest(choices) + SLIPS:
        return _at(choices, counted(typed))
    surely = _only(c for c in choices if typed in _parts(c.label))
    near = surely or _only(_holding(choices, typed)) or _nearest(choices, typed)
    return near or _at(choices, counted(typed))


def is_number(text: str) -> bool:
    """Say whether *text* is nothing but the number of a choice, whichever was meant."""
    typed = plain(text)
    return NUMBER.fullmatch(typed) is not None or counted(typed) > 0


def exact(choices: tuple[Choice, ...], inbound: Inbound) -> Choice | None:
    """Return the choice that *inbound* surely means: tapped, its label, or its number."""
    if inbound.picked is not None:
        return _same(choices, [*map(VALUE, choices)], inbound.picked)
    typed = plain(inbound.text)
    return _same(choices, _plain_labels(choices), typed) or _numbered(choices, typed)


def numbered(choices: tuple[Choice, ...], inbound: Inbound) -> Choice | None:
    """Return the choice that *inbound* surely means, or counts to in words."""
    return exact(choices, inbound) or _at(choices, counted(plain(inbound.text)))


def _same(choices: tuple[Choice, ...], known: list[str], said: str) -> Choice | None:
    """Return the first choice for which what is *known* of it is just what was *said*."""
    return choices[known.index(said)] if said in known else None


def _plain_labels(choices: tuple[Choice, ...]) -> list[str]:
    return [*map(_plain_label, map(LABEL, choices))]


def _longest(choices: tuple[Choice, ...]) -> int:
    """Return the length of the longest label of *choices*."""
    return max(map(len, _plain_labels(choices)), default=0)


@lru_cache(maxsize=4096)
def _plain_label(label: str) -> str:
    """Return the label as `plain` has it: the same few are compared all day."""
    return plain(label)


@lru_cache(maxsize=4096)
def _parts(label: str) -> frozenset[str]:
    """Return what stands between the strokes of *label*: "RT" and "RW" of "RT/RW"."""
    return frozenset(plain(part) for part in label.split("/")) - {""}


def _numbered(choices: tuple[Choice, ...], typed: str) -> Choice | None:
    """Return the choice whose number was typed; they are shown counted from 1."""
    if not typed[-1:].isdigit():
        return None
    found = NUMBER.fullmatch(typed)
    return _at(choices, int(found.group(1)) if found else 0)


def _at(choices: tuple[Choice, ...], number: int) -> Choice | None:
    """Return the choice at *number*, counted from 1."""
    return choices[number - 1] if 0 < number <= len(choices) else None


def _holding(choices: tuple[Choice, ...], typed: str) -> Iterable[Choice]:
    """Return the choices whose label has what was typed as whole words."""
    if len(typed) < TELLING:
        return ()
    return [choice for choice in choices if f" {typed} " in f" {_plain_label(choice.label)} "]


def _nearest(choices: tuple[Choice, ...], typed: str) -> Choice | None:
    """Return the choice whose label is misspelt in *typed*, the only nearest one."""
    if len(typed) < TELLING:
        return None
    slips = SLIPS if len(typed) >= LONG else 1
    far = [(OSA.distance(typed, _plain_label(c.label), score_cutoff=slips), c) for c in choices]
    least = min(distance for distance, _ in far)
    return _only(c for distance, c in far if distance == least) if least <= slips else None


def _only(found: Iterable[Choice]) -> Choice | None:
    """Return the one choice in *found*, or None where there is none or more than one."""
    first, *more = [*found, None]
    return first if len(more) == 1 else None
