"""What points at services: each row's words and phrases, and how much each of them tells."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, repeat
from math import sqrt

from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from conversations.hearing.ordinary import ORDINARY
from conversations.hearing.spelling import telling_words
from conversations.hearing.stems import LONG_ENOUGH, stem
from referrals.district.directory import District, Service

LONGER = 6  # nor taken for words that are no longer: "karto" is not "kartu"
ALIKE = 0.79  # one typo in five letters, two in ten
KEYWORD, LABEL, MENTION, DESCRIPTION = 3.0, 2.0, 1.5, 1.0
MORE_WORDS = 1.0  # for each word of a phrase beyond its first: "daftar pkh" says more than "pkh"
EITHER = "|"  # between words of a keyword of which one is enough

Group = frozenset[str]  # words of which one is enough


class Pointer(Struct, frozen=True, eq=False):
    """Words that together point at a service, and how strongly."""

    service: str
    worth: float
    alone: bool  # keywords say it by themselves; one word of a label, such as "mati", does not
    rest: tuple[Group, ...] = ()  # what has to stand there beside its first two words


class Begun(Struct, frozen=True, eq=False):
    """What one word points at by itself, and with a second word."""

    alone: list[Pointer]
    beside: defaultdict[str, list[Pointer]]


class Pointers(Struct, frozen=True, eq=False):
    """Every pointer of a district by its rarest word; and words to forgive, by their letter."""

    by_word: defaultdict[str, Begun]
    long: dict[str, tuple[str, ...]]
    words: frozenset[str]  # all of the rows
    longer: frozenset[Pointer]  # whose first two words are not enough


class _Row(Struct, frozen=True):
    """What one row says, before it is weighed against the others."""

    service: str
    groups: frozenset[Group]
    worth: float
    alone: bool


@lru_cache(maxsize=8)
def pointers(district: District) -> Pointers:
    """Return what points at the services of *district*, the same of one service only once."""
    rows = [row for service in district.services.values() for row in _rows(service)]
    rarity = _rarity(rows)
    each: dict[tuple[str, frozenset[Group]], Pointer] = {}
    for row in rows:
        worth, alone = _worth(row, rarity), row.alone
        if same := each.get((row.service, row.groups)):
            worth, alone = worth + same.worth, alone or same.alone
        rest = _rarest_first(row.groups, rarity)[2:]
        each[row.service, row.groups] = Pointer(row.service, worth, alone, tuple(rest))
    by_word: defaultdict[str, Begun] = defaultdict(lambda: Begun([], defaultdict(list)))
    for (_, groups), pointer in each.items():
        first, *others = _rarest_first(groups, rarity)
        for word in first:
            for other in others[0] if others else ():
                by_word[word].beside[other].append(pointer)
            if not others:
                by_word[word].alone.append(pointer)
    longer = frozenset(pointer for pointer in each.values() if pointer.rest)
    return Pointers(by_word, _by_letter(rarity), frozenset(rarity), longer)


def _rows(service: Service) -> Iterable[_Row]:
    """Return what a row says: its keywords above all, then each word of its texts."""
    for weight, phrases in ((KEYWORD, service.keywords), (MENTION, service.mentions)):
        for phrase in phrases:
            if groups := _groups(phrase):
                yield _Row(service.code, groups, weight, alone=True)
    for text, weight in ((service.label, LABEL), (service.description, DESCRIPTION)):
        for word in {*telling_words(text.id), *telling_words(text.en)}:
            yield _Row(service.code, frozenset({frozenset({word})}), weight, alone=False)


def _groups(phrase: str) -> frozenset[Group]:
    """Return the words of "atap|genteng bocor", either ones together; what tells nothing falls."""
    if EITHER not in phrase:
        return frozenset(frozenset({word}) for word in telling_words(phrase))
    groups = (telling_words(part.replace(EITHER, " ")) for part in phrase.split())
    return frozenset(frozenset(words) for words in groups if words)


def _rarity(rows: Iterable[_Row]) -> dict[str, float]:
    """Return each word's worth: the fewer services speak of it, the more it tells."""
    spoken = {(word, row.service) for row in rows for word in chain.from_iterable(row.groups)}
    return {word: 1 / sqrt(n) for word, n in Counter(word for word, _ in spoken).items()}


def _worth(row: _Row, rarity: dict[str, float]) -> float:
    """Return what *row* is worth: its rarest words count, and each word beyond the first."""
    rare = [max(map(rarity.__getitem__, group)) for group in row.groups]
    return row.worth * sum(rare) / len(rare) + MORE_WORDS * (len(rare) - 1)


def _rarest_first(groups: frozenset[Group], rarity: dict[str, float]) -> list[Group]:
    """Return *groups* with that first which fewest services speak of."""
    return sorted(groups, key=lambda group: (-max(map(rarity.__getitem__, group)), sorted(group)))


def _by_letter(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the words in which a typo is forgiven, by the letter that nobody mistypes."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        if len(word) >= LONGER:
            found[word[0]].append(word)
    return {letter: tuple(words) for letter, words in found.items()}


def meant(words: Iterable[str], known: Pointers) -> list[str]:
    """Return the words of the rows that *words* are, a typo forgiven; no number is remembered."""
    said = list(words)
    if "".join(said).isalpha():
        return list(map(_remembered, said, repeat(known)))
    return [one if one[0].isdigit() else _afresh(one, known) for one in said]


def _afresh(word: str, known: Pointers) -> str:
    """Return what *word* is; one that holds a figure is looked up without being remembered."""
    return (_remembered if word.isalpha() else _near)(word, known)


@lru_cache(maxsize=8192)
def _remembered(word: str, known: Pointers) -> str:
    """Return what *word*, all letters, is, as it was found before."""
    return _near(word, known)


def _near(word: str, known: Pointers) -> str:
    """Return the word of the rows that *word* is made of or a typo of, else *word* itself."""
    if len(word) < LONG_ENOUGH or word in known.words or word in ORDINARY:
        return word
    if root := stem(word, known.words):
        return root
    similarity = DamerauLevenshtein.normalized_similarity
    near = known.long.get(word[0], ())
    found = process.extractOne(word, near, scorer=similarity, score_cutoff=ALIKE)
    return found[0] if found else word
