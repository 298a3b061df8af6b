"""The words understood at every step, such as menu, batal, kembali, bantuan and petugas."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

LONG = 6  # a misspelt word of so many letters is still surely that word
SHORT = 4  # shorter ones are never guessed at
TAP = "word:"  # a choice with this value is understood everywhere, as the word itself is
COMMAND = re.compile(r"/([a-z_]+)(?:@\w+)?(?:\s.*)?", re.IGNORECASE | re.DOTALL)
NOISE = re.compile(r"[\W_]+")
ASCII = {sign: chr(sign).lower() if chr(sign).isalnum() else " " for sign in range(128)}


class Word(StrEnum):
    """A word understood everywhere, typed in either language, tapped, or sent as a command."""

    MENU = "menu"
    CANCEL = "cancel"
    BACK = "back"
    HELP = "help"
    PERSON = "person"
    LANGUAGE = "language"
    EMERGENCY = "emergency"
    STOP = "stop"
    START = "start"
    AGAIN = "again"  # only tapped: ask the same question again

    @property
    def tap(self) -> str:
        """The value of a choice that means this word."""
        return TAP + self.value


SPELLINGS = {
    "menu": Word.MENU,
    "menu utama": Word.MENU,
    "main menu": Word.MENU,
    "batal": Word.CANCEL,
    "batalkan": Word.CANCEL,
    "cancel": Word.CANCEL,
    "kembali": Word.BACK,
    "back": Word.BACK,
    "bantuan": Word.HELP,
    "help": Word.HELP,
    "petugas": Word.PERSON,
    "bicara petugas": Word.PERSON,
    "operator": Word.PERSON,
    "agen": Word.PERSON,
    "agent": Word.PERSON,
    "officer": Word.PERSON,
    "bahasa": Word.LANGUAGE,
    "language": Word.LANGUAGE,
    "darurat": Word.EMERGENCY,
    "bahaya": Word.EMERGENCY,
    "emergency": Word.EMERGENCY,
    "sos": Word.EMERGENCY,
    "berhenti": Word.STOP,
    "brenti": Word.STOP,
    "stop": Word.STOP,
    "stop sms": Word.STOP,
    "stop kirim sms": Word.STOP,
    "stop kirim pesan": Word.STOP,
    "berhenti kirim sms": Word.STOP,
    "berhenti kirim pesan": Word.STOP,
    "stop texting me": Word.STOP,
    "unsubscribe": Word.STOP,
    "unreg": Word.STOP,
    "mulai": Word.START,
    "start": Word.START,
}
NICELY = {
    name: SPELLINGS[name]
    for name in ("menu", "batal", "batalkan", "cancel", "kembali", "back", "petugas", "darurat")
}
"""Words that stay themselves among particles; "minta bantuan" is a need, "mau stop" a reply."""
PARTICLES = frozenset(
    {"tolong", "mau", "minta", "mohon", "dong", "deh", "dulu", "aja", "saja", "lah"}
    | {"please", "pls", "ke"}
)
"""Polite words; "ya" is none, which before a word answers what was asked."""
POLITE = 30  # letters; a longer text says something besides
TAPS = {word.tap: word for word in Word}
OWN = frozenset({"cahaya", "sahaya", "bahana", "batuan", "cancer", "bahas"})
"""Names and words of their own that lie one slip from a word of ours."""
BY_LENGTH = {least: [s for s in SPELLINGS if len(s) >= least] for least in (SHORT, LONG)}
LONGEST = max(map(len, SPELLINGS))


@lru_cache(maxsize=64)  # one message is asked about up to a dozen times in its turn
def plain(text: str) -> str:
    """Return *text* as letters and digits in lower case, with single spaces between words."""
    if text.isascii():  # the same result, three times as fast
        return " ".join(text.translate(ASCII).split())
    return NOISE.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def command(text: str) -> str:
    """Return the word of a command such as ``/batal@SatuPintuBot``; other texts unchanged."""
    found = COMMAND.fullmatch(text.strip())
    return found.group(1) if found else text


@lru_cache(maxsize=64)  # as `plain`: one message is asked about by several who listen
def sure(text: str) -> Word | None:
    """Return the word that *text* surely is: spelt right, or long and with one slip."""
    typed = plain(command(text))
    return SPELLINGS.get(typed) or _close(typed, LONG) or _nicely(typed)


def likely(text: str) -> Word | None:
    """Return the word that *text* may be, with one slip: for a text that meant nothing else."""
    return _close(plain(command(text)), SHORT)


def _nicely(typed: str) -> Word | None:
    """Return the one word that *typed* is besides particles: "menu dong", "tolong petugas"."""
    if len(typed) > POLITE or " " not in typed:
        return None
    told = [word for word in typed.split() if word not in PARTICLES]
    return NICELY.get(told[0]) if len(told) == 1 else None


def _close(typed: str, least: int) -> Word | None:
    """Return the word of at least *least* letters that is one slip away from *typed*."""
    if len(typed) > LONGEST + 1 or typed in OWN:
        return None
    found = extractOne(typed, BY_LENGTH[least], scorer=OSA.distance, score_cutoff=1)
    return SPELLINGS[found[0]] if found else None
