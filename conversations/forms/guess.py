"""Guess from a citizen's own words which services they may mean."""

import re
from collections.abc import Iterable
from operator import attrgetter

from conversations.forms.pointers import Pointer, Pointers, meant, pointers
from conversations.hearing.spelling import telling_words
from referrals.district.directory import District

WORTH = attrgetter("worth")
FEW = 2  # services need no weighing against each other
MOST_WORDS = 60  # the last ones: the request often stands in the last clause
WINDOW = 16  # words of a long story that may make one phrase together
LEAST = 1.0  # below it, a word that everybody uses is all there was
FAINT = 2.0  # what words of a label must be worth together to point at a service
NEAR = 0.45  # of the best guess; what is farther behind was not meant
LESS = 0.6  # what a further phrase counts for beside a better one
DENYING = frozenset({"bukan", "bkn", "dudu"})
DENIED = re.compile(
    rf"\b(?:{'|'.join(sorted(DENYING))}) (?!cuma|hanya|saja|main|lagi|karena)"
    r"(?:(?:soal|masalah|perkara|urusan|tentang|mau|minta|bantuan|daftar) )*[a-z0-9]+"
)
"""What somebody says it is not about: "bukan soal bansos", "bukan rumah"."""


def guess(text: str, district: District) -> tuple[str, ...]:
    """Return the codes of the services that *text* may be about, the likeliest first."""
    scores = _scores(text, district)
    if len(scores) < FEW:
        return tuple(code for code, score in scores.items() if score >= LEAST)
    enough = max(LEAST, NEAR * max(scores.values()))
    likely = [code for code, score in scores.items() if score >= enough]
    return tuple(sorted(likely, key=lambda code: (-round(scores[code], 3), code)))


def _scores(text: str, district: District) -> dict[str, float]:
    """Return how strongly *text* points at each service it points at.

    One word of a label or description, and no more, points at nothing. What is worth less counts
    less beside what is worth more: it says much the same.
    """
    known = pointers(district)
    said = meant(dict.fromkeys(_telling(text)), known)[-MOST_WORDS:]
    scores: dict[str, float] = {}
    hinted: set[str] = set()
    for pointer in sorted(_found(said, known), key=WORTH):
        service = pointer.service
        before = scores.get(service, 0.0)
        scores[service] = pointer.worth + LESS * before
        if pointer.alone or (before and scores[service] >= FAINT):
            hinted.discard(service)
        elif not before:
            hinted.add(service)
    for service in hinted:
        del scores[service]
    return scores


def _telling(text: str) -> list[str]:
    """Return the telling words of *text* without what it says it is not about."""
    words = telling_words(text)
    if DENYING.isdisjoint(words):
        return words
    return telling_words(DENIED.sub(" ", text.lower()))


def _found(said: list[str], known: Pointers) -> set[Pointer]:
    """Return what stands in the words *said*, its own words not too far from each other."""
    if len(said) <= WINDOW:
        return _standing(said, known)
    places = range(0, len(said) - WINDOW // 2, WINDOW // 2)
    return set().union(*(_standing(said[at : at + WINDOW], known) for at in places))


def _standing(said: Iterable[str], known: Pointers) -> set[Pointer]:
    """Return what stands in *said*, wherever its words are."""
    found: set[Pointer] = set()
    words = known.words.intersection(said)
    for begun in filter(None, map(known.by_word.get, words)):
        found.update(begun.alone)
        for other in words & begun.beside.keys():
            found.update(begun.beside[other])
    for pointer in found & known.longer:
        if any(map(words.isdisjoint, pointer.rest)):
            found.remove(pointer)
    return found
