"""A whole wish in one line, for people who pay by the message: CEK#NIK#4KK, LAPOR cerita.

Separators are whatever a telephone offers; the order is forgiven, and so is a slip in the verb.
What one line wants with a ticket (STATUS, SUDAH, BELUM, ...) is read by `answer_words`.
"""

import re
from datetime import date
from functools import lru_cache

from msgspec import Struct
from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from conversations.hearing.reporting import NEARLY, REPORTING
from conversations.menu import MEANT, NAMES
from conversations.turn import Door, Enter
from registry_client.nik import LOOKALIKES, NIK_LENGTH, PROOF, SIGN, Nik, apart, typed

PART = re.compile(r"[#*,;:/|\n]+")  # what surely parts two values; a blank may stand inside one
PARTED = re.compile(r"[#*]+")  # in a story commas and strokes may stand
NUMBER = re.compile(rf"\b{SIGN}*[0-9]{SIGN}*\b")
STUCK = re.compile(r"(?<=[^\W\d_OoIl])(?=[0-9]{4})")  # CEK9901...
WORD = re.compile(r"[^\W\d_]+")
CHECKING = frozenset({"dicek", "mengecek", "ngecek", "cekin", "cekkan", "dicekkan"})
TELLING = {Door.NEED, Door.COMPLAINT}
VERBS = {name: door for name, door in NAMES.items() if " " not in name}
ASKING = (*(name for name, door in VERBS.items() if door is Door.CHECK), "status")
TOLD = {name: door for name, door in VERBS.items() if door in TELLING} | {
    **dict.fromkeys(sorted(REPORTING), Door.COMPLAINT),
    **dict.fromkeys(("help", "usulkan", "mengusulkan"), Door.NEED),
}
LONG = tuple(name for name in TOLD if len(name) >= 5 and name not in NEARLY)  # noqa: PLR2004 - letters of a verb
"""The verbs in which a slip is forgiven."""
BESIDE = frozenset(
    {"nik", "kk", "no", "nomor", "nomer", "bansos", "status", "saya", "tolong", "my", "is", "ini"}
    | {"itu", "adalah", "nya", "dan", "dengan", "kartu", "keluarga", "angka", "last", "digits"}
    | {"belakang", "belakangnya", "terakhir", "terakhirnya", "akhir", "akhirnya", "ujungnya"}
)
"""What may stand beside CEK and the numbers without telling anything."""
FIRST = re.compile(r"[\W_]*([^\W\d_]+)([\W_]*)(.*)", re.DOTALL)
SURE = frozenset("#*")  # nobody writes these into a sentence
CALLED = re.compile(r"(?:\b(?:nik|kk|ktp|no|nomor|nomer)(?:nya)?\b[\s.:]*)+\Z", re.IGNORECASE)
CALLED_KK = re.compile(r"kk|keluarga|family", re.IGNORECASE)
ENDED = re.compile(r"\b(?:no|nomor)?\W{0,2}\bkk(?:nya)?\W{0,3}(\d{4})\b", re.IGNORECASE)
"""The end of a KK number that is called so; a proof is nothing to report."""


class Family(Struct, frozen=True):
    """The numbers of CEK: a NIK, and the end of the KK number where it came along."""

    nik: Nik
    proof: str = ""
    twice: bool = False  # the NIK stood where the KK number belongs
    several: bool = False  # the other number is somebody else's NIK

    def __repr__(self) -> str:
        return f"Family({self.nik})"


class Tale(Struct, frozen=True):
    """BANTU or LAPOR and a story; *sure* where no sentence is written so.

    *parts* are what stands beside the story: LAPOR#cerita#NIK#desa, or LAPOR cerita NIK desa.
    """

    door: Door
    story: str
    sure: bool
    parts: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Tale({self.door.value})"


def command(text: str) -> Enter | None:
    """Return where *text* leads whatever was asked, or None where it may answer a question."""
    if len(text) >= NIK_LENGTH and asks(text) and _has_nik(text):
        return Enter(Door.CHECK, text)
    tale = told(text)
    return Enter(Door.WISH, text) if tale and tale.sure else None


def _has_nik(text: str) -> bool:
    """Say whether a NIK stands in *text*, or all of one but a digit."""
    long = any(len(number) >= NIK_LENGTH - 1 for number in numbers(text))
    return long or bool(typed(text))


def likely(text: str) -> Enter | None:
    """Return where *text* leads that meant nothing to the question under way."""
    return Enter(Door.WISH, text) if told(text) else None


def told(text: str) -> Tale | None:
    """Return the story of ``LAPOR lampu mati`` or ``BANTU#atap bocor``, or None."""
    found = FIRST.fullmatch(text)
    door = _door(found.group(1).lower()) if found else None
    if found is None or door is None:
        return None
    sure = not SURE.isdisjoint(found.group(2))
    rest = found.group(3)
    parts = [part.strip() for part in (PARTED.split(rest) if sure else _sentence(rest))]
    story = next(filter(tells, parts), "")
    beside = tuple(part for part in parts if part and part != story)
    return Tale(door, story.strip(), sure, beside) if story else None


def tells(part: str) -> bool:
    """Say whether words stand in *part*, and not numbers alone."""
    return WORD.search(NUMBER.sub("", part)) is not None


def reported(text: str) -> Tale | None:
    """Return what *text*, in which a NIK stands, reports wherever LAPOR stands, or None."""
    told = beside_nik(text)
    return told if told and reports(text) else None


def beside_nik(text: str) -> Tale | None:
    """Return what *text* tells beside a NIK, or None where it has none, or only asks to CEK it."""
    if not typed(text) or (asking(text) and not reports(text)):
        return None
    words, *parts = _sentence(text)
    return Tale(Door.COMPLAINT, words, sure=False, parts=tuple(parts))


def unnumbered(text: str) -> str:
    """Return *text* without the numbers of a family in it, and what they are called."""
    return _sentence(text)[0]


def reports(text: str) -> bool:
    """Say whether a word in *text* makes a report of it."""
    return not REPORTING.isdisjoint(_words(text))


def asking(text: str) -> bool:
    """Say whether CEK or its like stands in *text*."""
    words = _words(text)
    return not CHECKING.isdisjoint(words) or any(map(_is_asking, words))


def _sentence(text: str) -> list[str]:
    """Return *text* without the numbers of a family, those, and what follows the last of them.

    That may be a village, and stays in the story all the same.
    """
    around, found = apart(text)
    if not found:
        return [text]
    words = " ".join(CALLED.sub("", part).strip(" ,;:/\n") for part in around)
    story = " ".join(ENDED.sub(" ", words).split())
    return [
        story,
        *(number for number in found if len(number) != PROOF),
        around[-1].strip(" ,;:/"),
    ]


def asks(text: str) -> bool:
    """Say whether *text* is CEK, first or last, and numbers, and nothing else."""
    return any(map(_is_asking, _words(text))) and _bare(text)


def family(text: str, today: date) -> Family | None:
    """Return the NIK and the end of the KK number in *text*, in whichever order, or None.

    Of two whole numbers the one that cannot be of a family is the NIK, else the first. Beside
    other words four digits may be a year, unless they stand right behind the NIK.
    """
    if len(text) == NIK_LENGTH and text.isdecimal() and text.isascii():  # as most are sent
        return Family(Nik(text))
    found = _family(text)
    whole = [Nik(number) for number in found if len(number) == NIK_LENGTH]
    match whole:
        case [one, other] if one != other:
            swapped = one.could_be_kk(today) and not other.could_be_kk(today)
            nik, kk = (other, one) if swapped else (one, other)
            if _is_kk(kk, text, today):
                return Family(nik, kk.last_four)
            return Family(nik, several=True)
        case [nik, *more]:
            proof = next((number for number in found if len(number) == PROOF), "")
            return Family(nik, proof, twice=bool(more))
        case _:
            return None


def _is_kk(number: Nik, text: str, today: date) -> bool:
    """Say whether *number*, which stands beside a NIK, is a family's, and no other person's NIK.

    It is where it may be one, where KK is said, and where # says what stands where.
    """
    told = CALLED_KK.search(text) or not SURE.isdisjoint(text)
    return bool(told) or number.could_be_kk(today)


def _family(text: str) -> list[str]:
    """Return the numbers of *text* that are a family's: all of them, where no words tell more."""
    found = numbers(text) if _bare(text) else []
    if any(len(number) == NIK_LENGTH for number in found):
        return found
    numbers_of = [*typed(text)]
    return numbers_of + ENDED.findall(text) if len(numbers_of) == 1 else numbers_of


def counted(text: str) -> int:
    """Return how many digits the number in *text* has that was meant as a NIK.

    It is the longest run of them; where all are short, they are one number in groups.
    """
    runs = [len(run) for run in _digits(text)]
    longest = max(runs, default=0)
    return longest if longest > NIK_LENGTH // 2 else sum(runs)


def numbers(text: str) -> list[str]:
    """Return the numbers of *text*, blanks and dots inside one forgiven, O for 0 as well."""
    if text.isascii() and text.isdecimal():  # as most are sent
        return [text]
    parts = [_digits(part) for part in PART.split(text)]
    found = ["".join(groups) for groups in parts if groups]
    groups = [group for groups in parts for group in groups]
    return found if len(found) > 1 else _parted(groups)


def _parted(groups: list[str]) -> list[str]:
    """Return *groups* of digits as numbers: a NIK may be in groups, before the rest or after."""
    cuts = [("".join(groups[:at]), "".join(groups[at:])) for at in range(1, len(groups))]
    for whole in (0, 1):
        for cut in cuts:
            if len(cut[whole]) == NIK_LENGTH and cut[whole][0] != "0":  # no NIK begins so
                return [*cut]
    return ["".join(groups)] if groups else []


def _digits(part: str) -> list[str]:
    return [group.translate(LOOKALIKES) for group in NUMBER.findall(STUCK.sub(" ", part))]


def _bare(text: str) -> bool:
    return all(word in BESIDE or _is_asking(word) for word in _words(text))


def _words(text: str) -> list[str]:
    return [*map(str.lower, WORD.findall(NUMBER.sub(" ", STUCK.sub(" ", text))))]


@lru_cache(maxsize=4096)  # most of what people write are the same few thousand words
def _is_asking(word: str) -> bool:
    return len(word) >= 3 and _near(word, ASKING) is not None  # noqa: PLR2004 - letters of CEK


@lru_cache(maxsize=4096)
def _door(word: str) -> Door | None:
    if word in TOLD or word in MEANT:
        return TOLD.get(word)
    near = _near(word, LONG)
    return TOLD[near] if near else None


def _near(word: str, known: tuple[str, ...]) -> str | None:
    """Return which of *known* is written in *word* with one slip; swapped letters are one."""
    found = extractOne(word, known, scorer=OSA.distance, score_cutoff=1)
    return found[0] if found else None
