"""What a village's people type at work: one line, one thing, in a chat that was bound.

Each line begins with MARK, which no citizen's answer does, so that ordinary messages pass by at no
cost.
"""

import re
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from conversations.forms.resident import TAP
from conversations.messages import Inbound
from referrals.codes import read_code

MARK = re.compile(r"/desa\b", re.IGNORECASE)
PICKED = "/desa "  # what the value of each button begins with
BIND = re.compile(r"\d{4}[ -]?\d{4}")
CHECK = re.compile(r"cek\s+(\S+)\s+(\S+)", re.IGNORECASE)
CASE = re.compile(r"((?:\d[ -]?){9})(?:\s+(\w+))?(?:\s+(.*))?", re.DOTALL)


class Word(StrEnum):
    """A line of one word."""

    MENU = "menu"  # and whatever is nothing else
    TICKETS = "tiket"
    PART = "putus"
    PROPOSE = "usul"
    CORRECT = "perbaikan"


class Deed(StrEnum):
    """What is done with a case: typed behind its code. Steps that need no photo and no form."""

    OPEN = ""  # and whatever is nothing else
    ACCEPT = "terima"
    RESUME = "lanjut"
    ESCALATE = "naik"
    NOTE = "catat"


class Bind(Struct, frozen=True):
    """The code that the console showed once, to bind this chat with: eight digits."""

    code: str

    def __repr__(self) -> str:
        return "Bind(…)"


class Check(Struct, frozen=True):
    """A look in the registry: a NIK and the end of the KK number, as they were typed."""

    nik: str
    proof: str

    def __repr__(self) -> str:
        return "Check(…)"


class Case(Struct, frozen=True):
    """A *deed* on case *code*, empty where its digits are no code; *words* are what follows."""

    code: str
    deed: Deed
    words: str

    def __repr__(self) -> str:
        return f"Case({self.code}, {self.deed.name}, {len(self.words)} letters)"


Line = Word | Bind | Check | Case
WORDS = {word.value: word for word in Word}
DEEDS = {deed.value: deed for deed in Deed}


def is_line(inbound: Inbound) -> bool:
    """Tell whether *inbound* is a line for a village's people: of a chat, and never by SMS."""
    if not inbound.sender.channel.traits.vouches:
        return False
    return bool(MARK.match(inbound.picked or inbound.text))


def line_of(inbound: Inbound) -> Line:
    """Return what *inbound*, which is a line, says."""
    return read(MARK.sub("", (inbound.picked or inbound.text).strip(), count=1).strip())


def read(typed: str) -> Line:
    """Return what is *typed* behind MARK; the menu for what is nothing else."""
    if word := WORDS.get(typed.lower()):
        return word
    if BIND.fullmatch(typed):
        return Bind(re.sub(r"\D", "", typed))
    if found := CHECK.fullmatch(typed):
        return Check(*found.groups())
    if found := CASE.fullmatch(typed):
        code, deed, words = found.groups("")
        return Case(read_code(code) or "", DEEDS.get(deed.lower(), Deed.OPEN), words)
    return Word.MENU


def form_begun(inbound: Inbound, service: str) -> Inbound:
    """Return *inbound* as the message that begins the form of *service* for a resident.

    The conversation takes it from there, as any citizen's.
    """
    return replace(inbound, text="", picked=f"{TAP}{service}")
