"""What somebody wants with a ticket, as it is tapped or typed: SUDAH, or BELUM 4821 0937 9."""

import re
from enum import StrEnum

from msgspec import Struct
from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from conversations.hearing.words import plain
from conversations.messages import Attachment, Place
from referrals.codes import read_code

TAP = "ticket:"  # ticket:sudah:482109379, the value of a button under a notice


class Verb(StrEnum):
    """What can be wanted with a ticket; under a notice, the middle of a button's value."""

    SOLVED = "sudah"
    NOT_SOLVED = "belum"
    ACCEPT = "terima"
    APPEAL = "banding"
    ANSWER = "jawab"
    WITHDRAW = "batal"
    REOPEN = "buka"
    STATUS = "status"
    PERSON = "petugas"
    CLAIM = "klaim"


class Wanted(Struct, frozen=True):
    """What somebody wants: with which ticket (empty where they did not say), and why.

    For an agency's question, *reason* is the answer; photos and a place are sent along.
    """

    verb: Verb
    code: str = ""
    reason: str = ""
    attachments: tuple[Attachment, ...] = ()
    place: Place | None = None
    share: int = 0  # the leg that is meant, where several offices answered

    def __repr__(self) -> str:
        return f"Wanted({self.verb.value}, {self.code})"

    @property
    def says_why(self) -> bool:
        """Whether a reason came along, in words or as a picture."""
        return bool(self.reason or self.attachments or self.place)


_SPELT = {
    Verb.SOLVED: "sudah sdh udh udah dah sampun wis uwis solved done",
    Verb.NOT_SOLVED: "belum blm blom blum belom durung dereng unsolved",
    Verb.ACCEPT: "terima trima accept",
    Verb.APPEAL: "banding keberatan protes appeal",
    Verb.ANSWER: "jawab jwb jawaban answer",
    Verb.WITHDRAW: "batal batalkan dibatalkan cabut mencabut tarik menarik withdraw cancel",
    Verb.REOPEN: "buka bukalagi dibuka reopen",
    Verb.STATUS: "status lacak cek track",
    Verb.PERSON: "petugas officer",
    Verb.CLAIM: "klaim claim",
}
WORDS = {word: verb for verb, words in _SPELT.items() for word in words.split()}
LONG = tuple(word for word in WORDS if len(word) >= 4)  # noqa: PLR2004 - letters; a slip is forgiven
REASONED = frozenset({Verb.NOT_SOLVED, Verb.APPEAL, Verb.ANSWER})  # words may follow, no code
ALONE = {Verb.WITHDRAW, Verb.REOPEN, Verb.STATUS, Verb.PERSON, Verb.CLAIM}
CODED = frozenset(ALONE)  # without a code they mean something else
ENDS = frozenset(
    {"selesai", "beres", "tuntas", "diterima", "terima", "dapat", "lagi", "tiket", "laporan"}
    | {"tiketnya", "laporannya", "sanggahan", "aduan", "usulan", "keputusannya", "saya", "ini"}
    | {"pengaduan"}
    | {"itu", "tadi", "kok", "ya", "pak", "bu", "kak", "min", "juga", "kami", "solved", "my"}
    | {"ticket", "report", "yet", "again", "it", "the", "received", "decision"}
    | {"matur", "nuwun", "suwun", "nuhun", "trimakasih", "terimakasi", "trimakasi", "mksh", "tks"}
    | {"terimakasih", "makasih", "kasih", "trims", "thanks", "alhamdulillah", "sih", "deh"}
)
"""What may stand beside a verb without telling anything."""
THINGS = frozenset(
    {"tiket", "laporan", "sanggahan", "aduan", "pengaduan", "usulan", "ticket", "report"}
)
FILING = frozenset(
    {"lapor", "melapor", "laporkan", "melaporkan", "sanggah", "menyanggah", "mengadu"}
    | {"usul", "usulkan", "mengusul", "mengusulkan"}
)
"""What somebody did who has a ticket: "tidak jadi lapor" takes it back."""
AHEAD = frozenset(
    {"saya", "sy", "aku", "kami", "mau", "ingin", "minta", "mohon", "tolong", "ajukan", "i"}
    | {"want", "to", "please", *THINGS, "kode", "no", "nomor", "code"}
)
"""What may stand before the verb."""
NOT = frozenset({"tidak", "tdk", "gak", "ga", "gk", "nggak", "ngga", "enggak", "ndak", "not"})
REFUSED = {
    "terima": Verb.APPEAL,
    "setuju": Verb.APPEAL,
    "solved": Verb.NOT_SOLVED,
    "jadi": Verb.WITHDRAW,
}
STARS = frozenset("12345")  # SUDAH 482109379 5 rates at once
MOST_AHEAD = 4  # words
HEAD = re.compile(r"[\W_]*([^\W\d_]+)[\W_]*(.*)", re.DOTALL)
POINTING = re.compile(rf"^(\W*\b({'|'.join(sorted(THINGS))}|lagi|again)\b)+", re.IGNORECASE)
CODE_FIRST = re.compile(r"\W*\d")


def read(text: str) -> Wanted | None:
    """Return what *text* wants with a ticket, as in ``BELUM 4821 0937 9 airnya mati``, or None.

    With a code, verb and code may stand in either order, and the verb may have a slip.
    """
    if CODE_FIRST.match(text):
        return _code_first(text)
    said = _said(text)
    if said is None:
        return _misspelt(text)
    verb, rest, ahead = said
    if code := read_code(rest):
        return _about(code, verb, beside(code, rest))
    reason = _reason(verb, rest)
    if verb in CODED:
        return None if reason or not _named(verb, rest) else Wanted(verb)
    rated = verb is Verb.SOLVED and reason in STARS
    if (ahead and verb is not Verb.APPEAL) or (reason and verb not in REASONED and not rated):
        return None  # "saya belum makan" tells of something else; so does "sudah makan"
    denies = reason and verb is Verb.NOT_SOLVED
    return Wanted(verb, reason=text.strip() if denies else reason)  # "aktif" is not "blm aktif"


def beside(code: str, text: str) -> str:
    """Return what was written beside *code* in *text*."""
    rest = re.sub(r"\s*" + r"[\s.\-]*".join(code) + r"\s*", " ", text, count=1)
    return rest.strip(" .,:;#*/-\n")


def read_tap(value: str) -> Wanted | None:
    """Return the answer that a tapped button means, or None for a value of another version."""
    verb, _, code = value.removeprefix(TAP).partition(":")
    known = verb in set(Verb) and read_code(code) == code
    return Wanted(Verb(verb), code) if known else None


def _said(text: str) -> tuple[Verb, str, bool] | None:
    """Return the verb that *text* begins with, what follows, and whether words stood ahead."""
    rest = text
    for at in range(MOST_AHEAD):
        found = HEAD.match(rest)
        if found is None:
            return None
        word, rest = plain(found.group(1)), found.group(2)
        if verb := WORDS.get(word):
            return None if plain(rest).startswith("kasih") else (verb, rest, at > 0)
        if word in NOT:
            return _refused(rest)
        if word not in AHEAD or CODE_FIRST.match(rest):
            return None
    return None


def _refused(rest: str) -> tuple[Verb, str, bool] | None:
    """Return the verb of "tidak setuju", "tidak jadi lapor" and "not solved"."""
    found = HEAD.match(rest)
    verb = REFUSED.get(plain(found.group(1))) if found else None
    return (verb, found.group(2), False) if found and verb else None


def _code_first(text: str) -> Wanted | None:
    """Return what ``482109379 belum, airnya mati`` wants."""
    code = read_code(text)
    said = _said(beside(code, text)) if code else None
    return _about(code, said[0], said[1]) if code and said else None


def _misspelt(text: str) -> Wanted | None:
    """Return what a first word with one slip wants, where a code follows it."""
    found = HEAD.match(text)
    if found is None or not (code := read_code(found.group(2))):
        return None
    typed, rest = plain(found.group(1)), found.group(2)
    if typed in AHEAD:
        return _code_first(rest)
    near = extractOne(typed, LONG, scorer=OSA.distance, score_cutoff=1)
    return _about(code, WORDS[near[0]], beside(code, rest)) if near else None


def _about(code: str, verb: Verb, rest: str) -> Wanted:
    """Return what is wanted with ticket *code*.

    "482109379 sudah 3 bulan" says something else than SUDAH: the ticket is shown, and asks.
    """
    reason = _reason(verb, rest)
    settles = verb in {Verb.SOLVED, Verb.ACCEPT}
    if settles and reason and reason not in STARS:
        return Wanted(Verb.STATUS, code)
    return Wanted(verb, code, reason)


def _reason(verb: Verb, rest: str) -> str:
    """Return what *rest* tells beside the verb; an answer may be any word."""
    points = ENDS | FILING if verb is Verb.WITHDRAW else ENDS
    tells = verb is Verb.ANSWER or not points.issuperset(plain(rest).split())
    if verb is not Verb.ANSWER:
        rest = POINTING.sub("", rest)
    return rest.strip() if tells else ""


def _named(verb: Verb, rest: str) -> bool:
    """Say whether a verb that means something else alone is surely about a ticket here."""
    words = set(plain(rest).split())
    things = THINGS | FILING if verb is Verb.WITHDRAW else THINGS
    return bool(words & things) or (verb is Verb.REOPEN and "lagi" in words)
