"""Guess from a citizen's own words which services they may mean."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from conversations.forms.spelling import telling_words
from referrals.directory import District, Service

LONG_ENOUGH = 5  # shorter words are not forgiven a typo: "pip" is not "pkh"
ALIKE = 0.79  # one typo in five letters, two in ten
MOST_WORDS = 60  # the last ones: the request often stands in the last clause
KEYWORD, LABEL, DESCRIPTION = 3.0, 2.0, 1.0


class _Row(Struct, frozen=True):
    """What a service's row says about itself."""

    code: str
    texts: tuple[str, ...]  # two of the label, two of the description
    keywords: tuple[str, ...]


class _Phrase(Struct, frozen=True):
    """Words that together point at a service, and how strongly."""

    service: str
    words: frozenset[str]
    weight: float


class _Index(Struct, frozen=True):
    """Every phrase of a district, what each word is worth, and the words forgiven a typo."""

    phrases: tuple[_Phrase, ...]
    rarity: dict[str, float]
    vocabulary: tuple[str, ...]


def guess(text: str, district: District) -> tuple[str, ...]:
    """Return the codes of the services that *text* may be about, the likeliest first."""
    index = _index(tuple(_row(service) for service in district.services.values()))
    last = list(dict.fromkeys(telling_words(text)))[-MOST_WORDS:]
    said = frozenset(_nearest(word, index.vocabulary) for word in last)
    scores: defaultdict[str, float] = defaultdict(float)
    for phrase in index.phrases:
        if phrase.words <= said:
            scores[phrase.service] += phrase.weight * sum(index.rarity[w] for w in phrase.words)
    return tuple(sorted(scores, key=lambda code: -scores[code]))


def _row(service: Service) -> _Row:
    label, description = service.label, service.description
    texts = (label.id, label.en, description.id, description.en)
    return _Row(service.code, texts, service.keywords)


@lru_cache(maxsize=8)
def _index(rows: tuple[_Row, ...]) -> _Index:
    phrases = tuple(phrase for row in rows for phrase in _phrases(row))
    rarity = _rarity(phrases)
    return _Index(phrases, rarity, tuple(w for w in sorted(rarity) if len(w) >= LONG_ENOUGH))


def _phrases(row: _Row) -> Iterable[_Phrase]:
    """Return what points at a service: its keywords above all, then each word of its texts."""
    for keyword in row.keywords:
        if words := frozenset(telling_words(keyword)):
            yield _Phrase(row.code, words, KEYWORD)
    for texts, weight in ((row.texts[:2], LABEL), (row.texts[2:], DESCRIPTION)):
        for word in {word for text in texts for word in telling_words(text)}:
            yield _Phrase(row.code, frozenset({word}), weight)


def _rarity(phrases: Iterable[_Phrase]) -> dict[str, float]:
    """Return each word's worth: the fewer services speak of it, the more it tells."""
    spoken = {(word, phrase.service) for phrase in phrases for word in phrase.words}
    return {word: 1 / n for word, n in Counter(word for word, _ in spoken).items()}


def _nearest(word: str, vocabulary: tuple[str, ...]) -> str:
    if len(word) < LONG_ENOUGH:
        return word
    similarity = DamerauLevenshtein.normalized_similarity
    found = process.extractOne(word, vocabulary, scorer=similarity, score_cutoff=ALIKE)
    return found[0] if found else word
