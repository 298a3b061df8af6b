"""A desa that a sentence names, wherever it does: introduced ("di", "desa"), or unmistakable.

Words of a story that are only like a name stay words: a wrong desa is worse than a question.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct
from rapidfuzz import fuzz
from rapidfuzz.process import extractOne

from conversations.forms.gazetteer import (
    DESA,
    EXACT,
    KECAMATAN,
    LABELS,
    LONGEST_NAME,
    LONGEST_TEXT,
    SURE,
    names_of,
    squeezed,
)
from conversations.hearing.spelling import plain
from referrals.district.directory import Area, District

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[#,;:/\n]")
AT = frozenset({"di", "d", "dari", "dr", "warga", "wrg", "asal", "in", "at", "from"})
NEIGHBOURS = frozenset({"rt", "rw"})
INTRODUCING = AT | NEIGHBOURS | {word for word, label in LABELS.items() if label == DESA}
STREETS = frozenset({"jl", "jln", "jalan", "gang", "gg", "dusun", "dsn", "perum", "perumahan"})
"""What has a name of its own, which may be that of a desa elsewhere."""
REACH = 5  # words from "di" to a name: "di depan masjid besar Sukamaju"
LETTERS = 7  # of a name that is no other word, though nothing introduces it


class Told(Struct, frozen=True):
    """Where something is, in the words that tell it, and the desa that may be meant."""

    words: str
    areas: tuple[Area, ...]


class _Named(Struct, frozen=True):
    """The areas whose name the words from *begin* up to *end* are."""

    begin: int
    end: int
    areas: tuple[Area, ...]


class _Names(Struct, frozen=True):
    """The desa and the kecamatan of a district by each of their names, as one word."""

    desa: dict[str, tuple[Area, ...]]
    kecamatan: dict[str, tuple[Area, ...]]


def mentioned(text: str, district: District) -> Told | None:
    """Return the place that *text* names, None where it surely names none.

    Several areas are namesakes, or several places: which is meant must be asked.
    """
    names = _names(district)
    if not _may_name(WORD.findall(plain(text[:LONGEST_TEXT])), names):
        return None
    sentence = _Sentence(text[:LONGEST_TEXT], names)
    found = list(sentence.desa())
    if not found:
        return None
    areas = {area.code: area for named in found for area in named.areas}
    kecamatan = list(sentence.kecamatan(found))
    above = {area.code for named in kecamatan for area in named.areas}
    inside = [area for area in areas.values() if area.parent in above]
    return Told(sentence.around(found[0], kecamatan), tuple(inside or areas.values()))


def _may_name(words: list[str], names: _Names) -> bool:
    """Say whether a place may be introduced in *words*, or begins or ends them: most have none."""
    if not INTRODUCING.isdisjoint(words):
        return True
    many = range(1, LONGEST_NAME + 1)
    return any("".join(w) in names.desa for n in many for w in (words[:n], words[-n:]))


@lru_cache(maxsize=8)
def _names(district: District) -> _Names:
    found: tuple[defaultdict[str, tuple[Area, ...]], ...] = (
        defaultdict(tuple),
        defaultdict(tuple),
    )
    for area in district.areas.values():
        for name in dict.fromkeys(names_of(area)):
            found[area.kind == KECAMATAN][name] += (area,)
    return _Names(dict(found[0]), dict(found[1]))


class _Sentence:
    """A sentence word by word, and what each may name in a district."""

    def __init__(self, text: str, names: _Names) -> None:
        self.text = text
        self.names = names
        self.found = list(WORD.finditer(text))
        self.words = [plain(found.group()) for found in self.found]

    def desa(self) -> Iterator[_Named]:
        """Yield each desa that is named beyond doubt, the introduced ones first."""
        for at, word in enumerate(self.words):
            if LABELS.get(word) == DESA:
                yield from self._named(at + 1, self.names.desa, SURE)
            elif word in AT:
                yield from self._within(at)
            elif word in NEIGHBOURS:
                yield from self._named(at + 2, self.names.desa)
        yield from self._unmistakable()

    def kecamatan(self, desa: list[_Named]) -> Iterator[_Named]:
        """Yield each kecamatan that is named, as one or right behind one of *desa*."""
        for at, word in enumerate(self.words):
            if LABELS.get(word) == KECAMATAN:
                yield from self._named(at + 1, self.names.kecamatan, SURE)
        for named in desa:
            behind = named.end + (self.words[named.end : named.end + 1] == [","])
            yield from self._named(behind, self.names.kecamatan)

    def around(self, named: _Named, kecamatan: list[_Named]) -> str:
        """Return the words that tell where: from "di" or the label on, to the last that names."""
        before = range(max(0, named.begin - REACH), named.begin)
        begin = next((at + 1 for at in reversed(before) if self.words[at] == "di"), named.begin)
        if begin == named.begin and begin and LABELS.get(self.words[begin - 1]) == DESA:
            begin -= 1
        ends = (each.end for each in kecamatan if named.end <= each.begin <= named.end + 1)
        end = self._numbered(max(ends, default=named.end))
        return self.text[self.found[begin].start() : self.found[end - 1].end()]

    def _numbered(self, end: int) -> int:
        """Return *end* behind the RT and RW that follow there, by their numbers."""
        while self.words[end : end + 1] and self.words[end] in NEIGHBOURS:
            if not "".join(self.words[end + 1 : end + 2]).isdigit():
                break
            end += 2
        return end

    def _within(self, at: int) -> Iterator[_Named]:
        """Yield the desa right behind the word *at*, a typo forgiven, or a few words further."""
        for begin in range(at + 1, min(at + 1 + REACH, len(self.words))):
            if not self.words[begin].isalnum():
                return
            least = SURE if begin == at + 1 else EXACT
            if self.words[begin - 1] not in STREETS:
                yield from self._named(begin, self.names.desa, least)

    def _unmistakable(self) -> Iterator[_Named]:
        """Yield a desa whose name begins the sentence, or ends it with capitals of its own."""
        if not self.words or set(self.words) & (AT | NEIGHBOURS):
            return
        last = range(max(0, len(self.words) - LONGEST_NAME), len(self.words))
        for begin in dict.fromkeys((0, *last)):
            for named in self._named(begin, self.names.desa):
                ends = named.end == len(self.words)
                one = named.end == 1 and len(self.words[0]) >= LETTERS
                proper = (one and not begin) or (self._capital(named) and (ends or not begin))
                if proper and self._is_whole(named):
                    yield named

    def _is_whole(self, named: _Named) -> bool:
        """Say whether these are the words of the name itself: a short form may be any word."""
        piece = "".join(self.words[named.begin : named.end])
        return any(squeezed(area.name) == piece for area in named.areas)

    def _capital(self, named: _Named) -> bool:
        """Say whether the name is written with capitals, and other words are not."""
        typed = [found.group() for found in self.found]
        name = typed[named.begin : named.end]
        return all(map(str.istitle, name)) and any(map(str.islower, typed))

    def _named(
        self, begin: int, names: dict[str, tuple[Area, ...]], least: float = EXACT
    ) -> Iterator[_Named]:
        """Yield the areas that the words from *begin* on name best, if any do."""
        pieces: list[str] = []
        for word in self.words[begin : begin + LONGEST_NAME]:
            if not word.isalnum() or word in LABELS:
                break
            pieces.append("".join((*pieces[-1:], word)))
        exact = [many for many, piece in enumerate(pieces, 1) if piece in names]
        if exact:
            yield _Named(begin, begin + exact[-1], names[pieces[exact[-1] - 1]])
        elif least < EXACT and (near := _nearest(pieces, names, least)):
            many, name = near
            yield _Named(begin, begin + many, names[name])


def _nearest(
    pieces: list[str], names: dict[str, tuple[Area, ...]], least: float
) -> tuple[int, str] | None:
    """Return how many words are the name that is likest, and that name, None where none is."""
    found = [
        (near[1], many, near[0])
        for many, piece in enumerate(pieces, 1)
        if (near := extractOne(piece, names.keys(), scorer=fuzz.ratio, score_cutoff=least))
    ]
    return max(found)[1:] if found else None
