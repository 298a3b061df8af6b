"""Find a kecamatan or desa in what a citizen typed, typos, short forms and all."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct
from rapidfuzz import fuzz

from conversations.hearing.spelling import ADDRESSED, plain
from referrals.district.directory import Area, District

KECAMATAN = "kecamatan"
DESA = "desa"
"""The labels of an area's name; a kelurahan is read as a desa."""
EXACT = 100.0
SURE = 85.0  # "mekarsri" is Mekarsari
NEAR = 60.0  # worth offering, never worth taking
OFFERED = 3
LONGEST_NAME = 3  # words
LONGEST_TEXT = 200  # characters that are searched; nobody's address is longer
LABELS = {
    **dict.fromkeys(("kec", "kecamatan", "kcmtn", "kecmatan"), KECAMATAN),
    **dict.fromkeys(("desa", "ds", "kel", "kelurahan", "kalurahan", "village"), DESA),
    **dict.fromkeys((*ADDRESSED, "dusun", "dsn", "kab", "kabupaten", "jl", "jalan"), "elsewhere"),
}
_TOKEN = re.compile(r"[a-z0-9']+|[,;/\n]")


class Found(Struct, frozen=True):
    """The areas that a text names; *sure* is false where they are only the nearest names."""

    areas: tuple[Area, ...] = ()
    sure: bool = False


class _Hit(Struct, frozen=True):
    """An area and how well its name fits, 0 to 100."""

    area: Area
    score: float


def find(text: str, district: District, within: str = "") -> Found:
    """Return the areas of *district* that *text* names, only desa of *within* where given."""
    areas = [area for area in district.areas.values() if not within or area.parent == within]
    parts = list(_parts(text[:LONGEST_TEXT]))
    hits = [_Hit(area, _score(area, parts)) for area in areas]
    if sure := [hit for hit in hits if hit.score >= SURE]:
        return Found(tuple(_narrowed(sure)), sure=True)
    near = sorted((hit for hit in hits if hit.score >= NEAR), key=lambda hit: -hit.score)
    return Found(tuple(hit.area for hit in near[:OFFERED]))


def villages(text: str, areas: Iterable[Area]) -> tuple[Area, ...]:
    """Return the desa among *areas* that *text* may name, wherever it does: a hint, no answer.

    Unlike in `find`, a street or an RT ahead of the name ("RT 02 Sukamaju") does not hide it.
    """
    parts = [("", run) for _, run in _parts(text[:LONGEST_TEXT])]
    scored = [_Hit(area, _score(area, parts)) for area in areas]
    sure = [hit for hit in scored if hit.score >= SURE]
    return tuple(area for area in _narrowed(sure) if area.parent) if sure else ()


def named(text: str, district: District) -> tuple[Area, ...]:
    """Return the areas whose name *text* is, letter for letter, and nothing besides."""
    match [(label, "".join(run)) for label, run in _parts(text[:LONGEST_TEXT]) if run]:
        case [(label, name)]:
            areas = district.areas.values()
            return tuple(a for a in areas if name in names_of(a) and label in ("", _label(a)))
        case _:
            return ()


def is_address(text: str, district: District) -> bool:
    """Say whether *text* is nothing but the names of areas, a typo in each forgiven."""
    parts = [(label, "".join(run)) for label, run in _parts(text[:LONGEST_TEXT]) if run]
    areas = district.areas.values()
    return bool(parts) and all(
        any(label in ("", _label(area)) and _is_called(area, name) for area in areas)
        for label, name in parts
    )


def _is_called(area: Area, name: str) -> bool:
    return any(fuzz.ratio(name, each) >= SURE for each in names_of(area))


def namesakes(found: Iterable[Area], district: District) -> tuple[Area, ...]:
    """Return *found*, all areas of a name that one of them has too, and what they lie in."""
    names = {name for area in found for name in names_of(area)}
    same = [area for area in district.areas.values() if names & set(names_of(area))]
    above = [district.areas[area.parent] for area in same if area.parent in district.areas]
    return tuple({area.code: area for area in (*same, *above)}.values())


def path(area: Area, district: District) -> str:
    """Return "Desa Sukamaju, Kecamatan Mekar": the name that is never ambiguous."""
    own = f"{area.kind.capitalize()} {area.name}"
    above = district.areas.get(area.parent)
    return f"{own}, {path(above, district)}" if above else own


def label_of(area: Area, district: District) -> str:
    """Return "Sukamaju, Mekar": what tells it from its namesakes in few letters."""
    above = district.areas.get(area.parent)
    return f"{area.name}, {above.name}" if above else area.name


def below(code: str, district: District) -> tuple[Area, ...]:
    """Return the areas right below *code*; the kecamatan for an empty one."""
    areas = [area for area in district.areas.values() if area.parent == code]
    return tuple(sorted(areas, key=lambda area: area.name))


def _parts(text: str) -> Iterator[tuple[str, list[str]]]:
    """Cut *text* into runs of words, each under the label before it ("kec", "ds") or none."""
    label, run = "", list[str]()
    for token in _TOKEN.findall(plain(text)):
        if not token[0].isalnum() or token in LABELS:
            yield label, run
            label, run = LABELS.get(token, ""), []
        else:
            run.append(token)
    yield label, run


def _score(area: Area, parts: Iterable[tuple[str, list[str]]]) -> float:
    runs = [run for label, run in parts if run and label in ("", _label(area))]
    return max((_likeness(name, run) for name in names_of(area) for run in runs), default=0.0)


def _label(area: Area) -> str:
    """Return the label under which a name may be that of *area*."""
    return KECAMATAN if area.kind == KECAMATAN else DESA


def names_of(area: Area) -> list[str]:
    """Return what *area* is called, each name as one word."""
    return [squeezed(name) for name in (area.name, *area.aliases)]


@lru_cache(maxsize=4096)
def squeezed(name: str) -> str:
    """Return *name* as one word: it is written "Sukamaju" and "Suka Maju"."""
    return "".join(_TOKEN.findall(plain(name)))


def _likeness(name: str, run: list[str]) -> float:
    """Return how well *name* fits the whole run, or surely fits a piece of it."""
    pieces = {"".join(run[i : i + n]) for n in range(1, LONGEST_NAME + 1) for i in range(len(run))}
    best = max(fuzz.ratio(name, piece) for piece in pieces)
    return best if best >= SURE else fuzz.ratio(name, "".join(run))


def _narrowed(hits: list[_Hit]) -> list[Area]:
    """Keep the desa inside a kecamatan that was named too; else the best-fitting names."""
    kecamatan = {hit.area.code for hit in hits if hit.area.kind == KECAMATAN}
    if inside := [hit for hit in hits if hit.area.parent in kecamatan and hit.score >= SURE]:
        return _best(inside)
    return _best([hit for hit in hits if hit.area.kind == KECAMATAN] or hits)


def _best(hits: list[_Hit]) -> list[Area]:
    top = max(hit.score for hit in hits)
    return [hit.area for hit in hits if hit.score == top]
