"""Finding words of danger in a message, in time that grows with the message alone."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, pairwise

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz.distance import OSA

from conversations.hearing.spelling import undrawn
from referrals.district.alarms import Near

Phrase = tuple[str, ...]  # word by word
Beginnings = Mapping[str, tuple[Phrase, ...]]  # phrases by their first word

LONG = 9  # letters of a word heard with one slip too: "diajar" is not "dihajar"
WITHIN = 8  # words to either side in which what belongs to a word is looked for
QUIET = -1  # the rank of what only keeps others silent
DOUBLED = re.compile(r"[^\W\d_]2(?:\s|$)")  # "kejang2", but no number that ends so
PASSIVE = "di"  # "di pukul" is "dipukul"
SHORT = "d"  # the same in a hurry: "d pukul", "dpukul"
DIGIT = re.compile(r"(?<=[^\W\d_])[01345](?=[^\W\d_])")  # a letter, to who writes "perk0sa"
LETTERS = dict(zip("01345", "oieas", strict=True))
HOURS = frozenset(
    {"satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"}
    | {"sebelas", "setengah", "berapa", "brp"}
)
"""What makes "di pukul" a time."""


class _Sign(Struct, frozen=True):
    """A phrase, the place of what it raises, and what must stand around it."""

    phrase: Phrase
    rank: int
    beside: tuple[Beginnings, ...] = ()


class _Begun(Struct, frozen=True):
    """What one word begins: alone, and with what follows; how many words such a phrase has."""

    alone: tuple[_Sign, ...]
    longer: Mapping[Phrase, tuple[_Sign, ...]]
    lengths: frozenset[int]


class Listener:
    """Finds which of several things a text raises.

    *phrases* by what they raise, what comes first first; *near* by the places of these, and by
    QUIET: where a quiet one stands, nothing is heard in its first phrase.
    """

    def __init__(
        self, phrases: Iterable[Iterable[str]], near: Mapping[int, Iterable[Near]]
    ) -> None:
        signs = [*_plain(phrases), *_near(near)]
        self._begun = _by_beginning(signs)
        passives = {word for sign in signs for word in _passives(sign)}
        verbs = {word.removeprefix(PASSIVE) for word in passives}
        self._parted = {(by, verb) for by in (PASSIVE, SHORT) for verb in verbs}
        self._short = {SHORT + verb: PASSIVE + verb for verb in verbs if len(verb) > len(SHORT)}
        self._long = [
            sign
            for sign in signs
            if len(sign.phrase) == 1 and len(sign.phrase[0]) >= LONG and not sign.beside
        ]
        self._beginning = lru_cache(maxsize=4096)(self._begun_by)

    def hear(self, text: str) -> int | None:
        """Return the first place of what stands in *text*, small words, or None.

        Letters may be drawn out or be digits, words doubled by a 2, and passives in two; long
        single words are heard with one slip. A longer phrase has its words for itself: who was
        "diseret banjir" was dragged along by no person.
        """
        said = tuple(self._words(text))
        bare = "".join(said).isalpha()
        begun = list(map(self._beginning, said)) if bare else self._unkept(said)
        if not any(begun):
            return None
        found = list(_found(said, begun))
        silent = {at for rank, span in found if rank == QUIET for at in span}
        longest = _longest([span for rank, span in found if rank != QUIET])
        ranks = (
            rank
            for rank, span in found
            if rank != QUIET
            and silent.isdisjoint(span)
            and any(longest[at] == len(span) for at in span)
        )
        return min(ranks, default=None)

    def _words(self, text: str) -> list[str]:
        """Return the words of *text*, "kejang2" as two and "di pukul" as one."""
        words = undrawn(DIGIT.sub(_letter, text)).split()
        if DOUBLED.search(text):
            words = [half for word in words for half in _halves(word)]
        return words if self._parted.isdisjoint(pairwise(words)) else list(self._joined(words))

    def _joined(self, words: list[str]) -> Iterator[str]:
        rest = iter(zip(words, [*words[1:], ""], [*words[2:], "", ""], strict=False))
        for word, verb, after in rest:
            timed = after.isdigit() or after in HOURS
            if (word, verb) in self._parted and not timed:
                next(rest)
                yield PASSIVE + verb
            else:
                yield word

    def _unkept(self, said: Phrase) -> list[_Begun | None]:
        """Return what begins with each word, and remember no number, nor a name with one."""
        return [self._beginning(w) if w.isalpha() else self._begun_by(w) for w in said]

    def _begun_by(self, word: str) -> _Begun | None:
        """Return what begins with *word*, or is it with one slip; None where nothing does."""
        known = self._begun.get(word) or self._begun.get(self._short.get(word, ""))
        slips = OSA.distance
        close = tuple(
            sign
            for sign in (self._long if len(word) >= LONG - 1 else ())
            if slips(word, sign.phrase[0], score_cutoff=1) <= 1
        )
        if not close:
            return known
        known = known or _Begun((), {}, frozenset())
        return replace(known, alone=close + known.alone)


def _found(said: Phrase, begun: list[_Begun | None]) -> Iterator[tuple[int, range]]:
    """Yield the rank of all that stands in *said*, and where."""
    for at, word in enumerate(begun):
        if word is None:
            continue
        longer = [word.longer.get(said[at : at + length], ()) for length in word.lengths]
        for sign in chain(word.alone, *longer):
            if not sign.beside or _accompanied(sign, said, at):
                yield sign.rank, range(at, at + len(sign.phrase))


def _longest(spans: list[range]) -> dict[int, int]:
    """Return for each place the length of the longest of *spans* that it lies in."""
    longest: dict[int, int] = {}
    for span in spans:
        for at in span:
            longest[at] = max(longest.get(at, 0), len(span))
    return longest


def _accompanied(sign: _Sign, said: Phrase, at: int) -> bool:
    """Say whether something of each part stands around *sign*, which is at *at*."""
    end = at + len(sign.phrase)
    around = *range(max(0, at - WITHIN), at), *range(end, min(len(said), end + WITHIN))
    return all(any(_stands(part, said, place) for place in around) for part in sign.beside)


def _stands(part: Beginnings, said: Phrase, at: int) -> bool:
    return any(said[at : at + len(phrase)] == phrase for phrase in part.get(said[at], ()))


def _halves(word: str) -> tuple[str, ...]:
    return (word[:-1], word[:-1]) if word[-1] == "2" and word[:-1].isalpha() else (word,)


def _letter(digit: re.Match[str]) -> str:
    return LETTERS[digit.group()]


def _plain(phrases: Iterable[Iterable[str]]) -> Iterator[_Sign]:
    for rank, said in enumerate(phrases):
        for phrase in said:
            yield _Sign(tuple(phrase.split()), rank)


def _near(near: Mapping[int, Iterable[Near]]) -> Iterator[_Sign]:
    for rank, rows in near.items():
        for row in rows:
            beside = tuple(_by_first_word(phrases) for phrases in row.beside)
            for phrase in row.phrases:
                yield _Sign(tuple(phrase.split()), rank, beside)


def _by_beginning(signs: Iterable[_Sign]) -> dict[str, _Begun]:
    """Return what each word begins, so that a text is held against little."""
    begun: defaultdict[str, defaultdict[Phrase, list[_Sign]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for sign in signs:
        begun[sign.phrase[0]][sign.phrase].append(sign)
    return {first: _begins(first, phrases) for first, phrases in begun.items()}


def _begins(first: str, phrases: Mapping[Phrase, Iterable[_Sign]]) -> _Begun:
    longer = {phrase: tuple(signs) for phrase, signs in phrases.items() if len(phrase) > 1}
    return _Begun(tuple(phrases.get((first,), ())), longer, frozenset(map(len, longer)))


def _passives(sign: _Sign) -> Iterator[str]:
    """Yield the words of *sign* and of what stands around it that people write in two."""
    phrases = (
        sign.phrase,
        *(one for part in sign.beside for many in part.values() for one in many),
    )
    words = (word for phrase in phrases for word in phrase)
    return (word for word in words if word.startswith(PASSIVE) and word != PASSIVE)


@lru_cache(maxsize=256)  # the same words, such as those for the family, stand in many rows
def _by_first_word(phrases: tuple[str, ...]) -> Beginnings:
    found: defaultdict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        words = tuple(phrase.split())
        found[words[0]].append(words)
    return {first: tuple(begun) for first, begun in found.items()}
