"""A desa that a sentence names, wherever it does: introduced ("di", "desa"), or unmistakable.

Words of a story that are only like a name stay words: a wrong desa is worse than a question.
"""

import re
from collections.abc import Iterator

from msgspec import Struct
from rapidfuzz import fuzz

from conversations.forms.gazetteer import (
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
STREETS = frozenset({"jl", "jln", "jalan", "gang", "gg", "dusun", "dsn", "perum", "perumahan"})
"""What has a name of its own, which may be that of a desa elsewhere."""
REACH = 5  # words from "di" to a name: "di depan masjid besar Sukamaju"
LETTERS = 7  # of a name that is no other word, though nothing introduces it


class Mention(Struct, frozen=True):
    """Where something is, in the words that tell it, and the desa that may be meant."""

    words: str
    areas: tuple[Area, ...]


class _Named(Struct, frozen=True):
    """The areas whose name the words from *begin* up to *end* are."""

    begin: int
    end: int
    areas: tuple[Area, ...]


def mentioned(text: str, district: District) -> Mention | None:
    """Return the place that *text* names, None where it surely names none.

    Several areas are namesakes, or several places: which is meant must be asked.
    """
    sentence = _Sentence(text[:LONGEST_TEXT], district)
    found = list(sentence.desa())
    if not found:
        return None
    areas = {area.code: area for named in found for area in named.areas}
    above = {area.code for named in sentence.kecamatan() for area in named.areas}
    inside = [area for area in areas.values() if area.parent in above]
    return Mention(sentence.around(found[0]), tuple(inside or areas.values()))


class _Sentence:
    """A sentence word by word, and what each may name in a district."""

    def __init__(self, text: str, district: District) -> None:
        self.text = text
        self.found = list(WORD.finditer(text))
        self.words = [plain(found.group()) for found in self.found]
        areas = district.areas.values()
        self.villages = [area for area in areas if area.kind != KECAMATAN]
        self.above = [area for area in areas if area.kind == KECAMATAN]

    def desa(self) -> Iterator[_Named]:
        """Yield each desa that is named beyond doubt, the introduced ones first."""
        for at, word in enumerate(self.words):
            if LABELS.get(word) == "desa":
                yield from self._named(at + 1, self.villages, SURE)
            elif word in AT:
                yield from self._within(at)
            elif word in NEIGHBOURS:
                yield from self._named(at + 2, self.villages)
        yield from self._unmistakable()

    def kecamatan(self) -> Iterator[_Named]:
        """Yield each kecamatan that is named, as one or right behind a desa."""
        for at, word in enumerate(self.words):
            if LABELS.get(word) == KECAMATAN:
                yield from self._named(at + 1, self.above, SURE)
        for named in self.desa():
            behind = named.end + (self.words[named.end : named.end + 1] == [","])
            yield from self._named(behind, self.above)

    def around(self, named: _Named) -> str:
        """Return the words that tell where: from "di" or the label on, to the last that names."""
        before = range(max(0, named.begin - REACH), named.begin)
        begin = next((at + 1 for at in reversed(before) if self.words[at] == "di"), named.begin)
        if begin == named.begin and begin and LABELS.get(self.words[begin - 1]) == "desa":
            begin -= 1
        ends = (each.end for each in self.kecamatan() if named.end <= each.begin <= named.end + 1)
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
            least = SURE if begin == at + 1 else 100.0
            if self.words[begin - 1] not in STREETS:
                yield from self._named(begin, self.villages, least)

    def _unmistakable(self) -> Iterator[_Named]:
        """Yield a desa whose name begins the sentence, or ends it with capitals of its own."""
        if not self.words or set(self.words) & (AT | NEIGHBOURS):
            return
        last = range(max(0, len(self.words) - LONGEST_NAME), len(self.words))
        for begin in dict.fromkeys((0, *last)):
            for named in self._named(begin, self.villages):
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

    def _named(self, begin: int, areas: list[Area], least: float = 100.0) -> Iterator[_Named]:
        """Yield the areas of *areas* that the words from *begin* on name best, if any do."""
        best: tuple[float, int, tuple[Area, ...]] = (least, 0, ())
        for many in range(1, LONGEST_NAME + 1):
            piece = self.words[begin : begin + many]
            if len(piece) < many or not all(map(str.isalnum, piece)) or LABELS.keys() & set(piece):
                break
            scores = [(_likeness(area, "".join(piece)), area) for area in areas]
            top = max((score for score, _ in scores), default=0.0)
            if top >= best[0]:
                best = (top, many, tuple(area for score, area in scores if score == top))
        if best[2]:
            yield _Named(begin, begin + best[1], best[2])


def _likeness(area: Area, piece: str) -> float:
    return max(fuzz.ratio(name, piece) for name in names_of(area))
