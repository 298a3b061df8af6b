"""Guess from a citizen's own words which services they may mean."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, repeat

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from conversations.hearing.ordinary import ORDINARY
from conversations.hearing.spelling import telling_words
from referrals.district.directory import District, Service

LONG_ENOUGH = 5  # shorter words are not forgiven a typo: "pip" is not "pkh"
ALIKE = 0.79  # one typo in five letters, two in ten
MOST_WORDS = 60  # the last ones: the request often stands in the last clause
KEYWORD, LABEL, DESCRIPTION = 3.0, 2.0, 1.0
MORE_WORDS = 1.0  # for each word of a phrase beyond its first: "daftar pkh" says more than "pkh"
LEAST = 1.5  # half a keyword: below it, a word that everybody uses is all there was
STREET = "in"
NEAR = 0.2  # of the best guess; what is farther behind was not meant


class _Phrase(Struct, frozen=True):
    """Words that together point at a service, and how strongly."""

    service: str
    words: frozenset[str]
    worth: float
    alone: bool  # keywords say it by themselves; one word of a label, such as "mati", does not


class _Index(Struct, frozen=True, eq=False):
    """Every phrase of a district by its first word, each service's once; and words to forgive."""

    by_word: dict[str, list[_Phrase]]
    vocabulary: tuple[str, ...]
    words: frozenset[str]  # all of the rows


def guess(text: str, district: District) -> tuple[str, ...]:
    """Return the codes of the services that *text* may be about, the likeliest first."""
    scores = _scores(text, district)
    enough = max(LEAST, NEAR * max(scores.values(), default=0.0))
    likely = (code for code, score in scores.items() if score >= enough)
    return tuple(sorted(likely, key=lambda code: (-scores[code], code)))


def _scores(text: str, district: District) -> dict[str, float]:
    """Return how strongly *text* points at each service it points at.

    One word of a label or description, and no more, points at nothing.
    """
    index = _index(district)
    last = list(dict.fromkeys(telling_words(text)))[-MOST_WORDS:]
    said = frozenset(map(_nearest, last, repeat(index)))
    begun = chain.from_iterable(map(index.by_word.__getitem__, said & index.by_word.keys()))
    scores: defaultdict[str, float] = defaultdict(float)
    pointed: set[str] = set()  # at what a phrase points alone, or more than one
    for phrase in [phrase for phrase in begun if phrase.words <= said]:
        if phrase.alone or phrase.service in scores:
            pointed.add(phrase.service)
        scores[phrase.service] += phrase.worth
    return {code: scores[code] for code in pointed}


@lru_cache(maxsize=8)
def _index(district: District) -> _Index:
    found = [phrase for service in district.services.values() for phrase in _phrases(service)]
    rarity = _rarity(found)
    each: dict[tuple[str, frozenset[str]], _Phrase] = {}
    for phrase in found:
        rare = sum(rarity[word] for word in phrase.words)
        worth = phrase.worth * rare + MORE_WORDS * (len(phrase.words) - 1)
        same = each.get((phrase.service, phrase.words))
        alone, more = (same.alone, same.worth) if same else (False, 0.0)
        one = replace(phrase, worth=worth + more, alone=phrase.alone or alone)
        each[phrase.service, phrase.words] = one
    by_word: defaultdict[str, list[_Phrase]] = defaultdict(list)
    for phrase in each.values():
        by_word[min(phrase.words)].append(phrase)
    long = tuple(word for word in sorted(rarity) if len(word) >= LONG_ENOUGH)
    return _Index(by_word, long, frozenset(rarity))


def _phrases(service: Service) -> Iterable[_Phrase]:
    """Return what points at a service: its keywords above all, then each word of its texts."""
    for keyword in service.keywords:
        if words := frozenset(telling_words(keyword)):
            yield _Phrase(service.code, words, KEYWORD, alone=True)
    for text, weight in ((service.label, LABEL), (service.description, DESCRIPTION)):
        for word in {*telling_words(text.id), *telling_words(text.en)}:
            yield _Phrase(service.code, frozenset({word}), weight, alone=False)


def _rarity(phrases: Iterable[_Phrase]) -> dict[str, float]:
    """Return each word's worth: the fewer services speak of it, the more it tells."""
    spoken = {(word, phrase.service) for phrase in phrases for word in phrase.words}
    return {word: 1 / n for word, n in Counter(word for word, _ in spoken).items()}


def _stem(word: str, index: _Index) -> str | None:
    """Return the word of the rows that *word* is with the ending of the street: "daftarin"."""
    if not word.endswith(STREET):
        return None
    stem = word.removesuffix(STREET)
    return next((form for form in (stem + "kan", stem, stem + "i") if form in index.words), None)


@lru_cache(maxsize=8192)
def _nearest(word: str, index: _Index) -> str:
    """Return the word of the rows that *word* is, a typo forgiven, else *word* itself."""
    if len(word) < LONG_ENOUGH or word in index.words or word in ORDINARY:
        return word
    if stem := _stem(word, index):
        return stem
    similarity = DamerauLevenshtein.normalized_similarity
    found = process.extractOne(word, index.vocabulary, scorer=similarity, score_cutoff=ALIKE)
    return found[0] if found else word
