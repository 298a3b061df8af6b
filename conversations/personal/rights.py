"""DATA SAYA: what somebody may ask about their own data (UU 27/2022, articles 5 to 13)."""

import re
from typing import ClassVar

from conversations.again import again
from conversations.days import day
from conversations.fetching import Fetching
from conversations.hearing.choices import pick
from conversations.hearing.words import plain
from conversations.messages import Choice, Reply
from conversations.one_line import family
from conversations.personal.rights_done import AskWrong, Wish, gather
from conversations.records.proofs import CountProof
from conversations.say import Say
from conversations.status.check_status import read_end, unseen_number
from conversations.turn import Event, LookUp, RegistryAnswered, Said, State, Turn, ask
from registry_client.answers import Listed, NeedsPerson, NotMatched, TooManyTries
from registry_client.nik import Nik

HERE = "data.wish:"
SKIP = "data.nik:skip"


_SPELT = {
    Wish.SEE: ("lihat data", "lihat data saya", "akses data", "salinan data", "see my data"),
    Wish.SEEN: (
        *("siapa melihat data saya", "siapa yang melihat data saya", "siapa lihat data saya"),
        *("siapa yang lihat data saya", "siapa yang liat data saya", "siapa liat data saya"),
        *("siapa yang buka data saya", "siapa yang bisa lihat data saya", "who saw my data"),
    ),
    Wish.CORRECT: (
        *("koreksi", "koreksi data", "perbaiki data saya", "correct my data"),
        *(
            "ganti nomor",
            "ganti nomor hp",
            "ganti nomor saya",
            "ganti nomor hp saya",
            "ganti no hp",
        ),
        *("ganti no hp saya", "nomor saya ganti", "nomor hp saya ganti", "change my number"),
    ),
    Wish.DISAGREE: (
        *("tarik persetujuan", "cabut persetujuan", "batalkan persetujuan", "tidak setuju lagi"),
        "withdraw consent",
    ),
    Wish.ERASE: (
        *("hapus", "hapus data", "hapus data saya", "hapus semua data", "hapus semua data saya"),
        *("tolong hapus data saya", "delete my data", "erase my data"),
        *("erase", "delete"),
    ),
}
SPELLINGS = {spelt: wish for wish, spellings in _SPELT.items() for spelt in spellings}
ERASING = Wish.ERASE
OBJECTS = re.compile(
    r"\b(?:(?:tidak|tdk|ga|gak|nggak|ngga|enggak|ndak) (?:setuju|mau|boleh|rela)|keberatan|jangan"
    r"|do not|don t|object)\b.*\b(?:pakai|dipakai|pake|dipake|gunakan|digunakan|simpan|disimpan"
    r"|use|used|keep|kept)\b"
)
"""An objection to what is done with their data, where that word stands as well."""
OBJECTION = 50  # letters; a longer sentence may be a complaint about others
MENU = frozenset({"data saya", "my data", "data pribadi", "data pribadi saya"})


def wanted(text: str) -> str | None:
    """Return the wish that *text* surely is, empty for the menu of wishes, None for neither."""
    typed = plain(text)
    if "data" in typed and len(typed) <= OBJECTION and OBJECTS.search(typed):
        return Wish.DISAGREE
    return "" if typed in MENU else SPELLINGS.get(typed)


def is_named(text: str) -> bool:
    """Say whether *text* is one of the wishes or their menu by name, and nothing besides."""
    return plain(text) in SPELLINGS.keys() | MENU


class WhichRight(State, frozen=True, tag="data.menu"):
    """We asked what is wanted with their data."""

    def prompt(self, say: Say) -> Reply:
        choices = tuple(Choice(HERE + wish, say(f"data.{wish}")) for wish in Wish)
        return Reply(say("data.ask"), choices)

    def heard(self, said: Said, say: Say) -> Turn:
        picked = pick(self.prompt(say).choices, said.message)
        if picked is None:
            return again(self, say, "data.unclear")
        return begin(Wish(picked.value.removeprefix(HERE)), say)


class AskWhose(State, frozen=True, tag="data.ask_nik"):
    """We asked for the NIK, to tell who looked that up as well; it may be skipped."""

    def prompt(self, say: Say) -> Reply:
        return Reply(say("data.ask_nik"), (Choice(SKIP, say("data.skip")),))

    def heard(self, said: Said, say: Say) -> Turn:
        if pick(self.prompt(say).choices, said.message):
            return gather(Wish.SEEN, "", say)
        if found := family(said.message.text, said.message.received_at.date()):
            return _prove(found.nik, found.proof) if found.proof else ask(AskProof(found.nik), say)
        return again(self, say, "data.bad_nik")

    def hint(self, say: Say) -> str:
        return say("data.hint_nik")


class AskProof(State, frozen=True, tag="data.ask_proof"):
    """We asked for the four digits that prove that the NIK is theirs."""

    nik: Nik

    def prompt(self, say: Say) -> Reply:
        return Reply(say("check.ask_proof"))

    def heard(self, said: Said, say: Say) -> Turn:
        proof = read_end(self.nik, said)
        if not proof:
            return unseen_number(self, said.message.text, "check.bad_proof", say)
        return _prove(self.nik, proof)

    def hint(self, say: Say) -> str:
        return say("check.hint_proof")


class Proving(Fetching, frozen=True, tag="data.proving"):
    """The registry is being asked whether the proof is right."""

    nik: Nik
    awaits: ClassVar[tuple[type, ...]] = (RegistryAnswered,)

    def answered(self, event: Event, say: Say) -> Turn:
        """Go on with a right proof; a wrong one, and a silent registry, ask again."""
        match event:
            case RegistryAnswered(Listed() | NotMatched() | NeedsPerson()):
                return gather(Wish.SEEN, self.nik.digits, say)
            case RegistryAnswered(TooManyTries(until)):
                return ask(AskWhose(), say, say("data.too_many", day=day(until, say)))
            case RegistryAnswered():
                return ask(AskWhose(), say, say("data.not_proven"))
            case _:
                return ask(self, say)


def _prove(nik: Nik, proof: str) -> Turn:
    """Have the registry say whether *proof* belongs to *nik*; a try is counted."""
    return Turn(Proving(nik), question=LookUp(nik, proof), records=(CountProof(nik.digits),))


def begin(wish: Wish, say: Say) -> Turn:
    """Return the first question of *wish*."""
    match wish:
        case Wish.CORRECT:
            return ask(AskWrong(), say)
        case Wish.SEEN:
            return ask(AskWhose(), say)
        case _:  # a family shares its KK number: no proof of it opens what others wrote
            return gather(wish, "", say)


def start(wanted: str, say: Say) -> Turn:
    """Return the first question of the wish *wanted*, or the menu of wishes."""
    return begin(Wish(wanted), say) if wanted in set(Wish) else ask(WhichRight(), say)
