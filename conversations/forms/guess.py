"""Guess from a citizen's own words which services they may mean."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from conversations.forms.spelling import telling_words
from referrals.directory import District, Service

LONG_ENOUGH = 5  # shorter words are not forgiven a typo: "pip" is not "pkh"
ALIKE = 0.79  # one typo in five letters, two in ten
KEYWORD, LABEL, DESCRIPTION = 3.0, 2.0, 1.0


class _Phrase(Struct, frozen=True):
    """Words that together point at a service, and how strongly."""

    service: str
    words: frozenset[str]
    weight: float


def guess(text: str, district: District) -> tuple[str, ...]:
    """Return the codes of the services that *text* may be about, the likeliest first."""
    phrases = [phrase for service in district.services.values() for phrase in _phrases(service)]
    rarity = _rarity(phrases)
    said = _mended(telling_words(text), rarity)
    scores: defaultdict[str, float] = defaultdict(float)
    for phrase in phrases:
        if phrase.words and phrase.words <= said:
            scores[phrase.service] += phrase.weight * sum(rarity[word] for word in phrase.words)
    return tuple(sorted(scores, key=lambda code: -scores[code]))


def _phrases(service: Service) -> Iterable[_Phrase]:
    for keyword in service.keywords:
        yield _Phrase(service.code, frozenset(telling_words(keyword)), KEYWORD)
    for text, weight in ((service.label, LABEL), (service.description, DESCRIPTION)):
        for word in {*telling_words(text.id), *telling_words(text.en)}:
            yield _Phrase(service.code, frozenset({word}), weight)


def _rarity(phrases: Iterable[_Phrase]) -> dict[str, float]:
    """Return each word's worth: the fewer services speak of it, the more it tells."""
    spoken = {(word, phrase.service) for phrase in phrases for word in phrase.words}
    return {word: 1 / n for word, n in Counter(word for word, _ in spoken).items()}


def _mended(said: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    """Return *said* with words that are nearly a known one replaced by it."""
    vocabulary = sorted(word for word in known if len(word) >= LONG_ENOUGH)
    return frozenset(_nearest(word, vocabulary) for word in said)


def _nearest(word: str, vocabulary: list[str]) -> str:
    if len(word) < LONG_ENOUGH:
        return word
    similarity = DamerauLevenshtein.normalized_similarity
    found = process.extractOne(word, vocabulary, scorer=similarity, score_cutoff=ALIKE)
    return found[0] if found else word
