"""Cek status: is a family in the social registry, what is recorded, and what can be done next."""

import re
from typing import ClassVar

from conversations.again import again
from conversations.fetching import Fetching
from conversations.forms import fill
from conversations.hearing.agreeing import NO
from conversations.hearing.choices import pick
from conversations.hearing.proof import read_proof
from conversations.hearing.spelling import words_of
from conversations.hearing.unknown import not_known
from conversations.messages import Choice, Reply
from conversations.one_line import Family, asks, counted, family, numbers
from conversations.records.proofs import CountProof
from conversations.say import Say
from conversations.status.offering import again_after, offers
from conversations.status.registry_words import explain
from conversations.turn import (
    Answered,
    AskLater,
    Door,
    Draft,
    Enter,
    Event,
    LookUp,
    OpenTicket,
    RegistryAnswered,
    Said,
    State,
    Turn,
    ask,
    prompted,
)
from referrals.codes import code_from, shown
from referrals.district.directory import FieldKind, Priority
from registry_client.answers import (
    NeedsPerson,
    Pending,
)
from registry_client.nik import PROOF, Nik, typed

DIGIT = re.compile(r"\d")
KK, NIK = frozenset({"kk", "keluarga", "family"}), frozenset({"nik", "ktp"})
NEXT = "check.next:"
MENU = "menu"
AGAIN = "again"


def start(text: str, said: Said, say: Say) -> Turn:
    """Begin a look-up; what *text* has of the numbers need not be typed twice."""
    if found := family(text, said.message.received_at.date()):
        return _with(found, said, say)
    digits = numbers(text) if asks(text) else []
    if not digits:
        return ask(AskNik(), say)
    proof = next((number for number in digits if len(number) == PROOF), "")
    return ask(AskNik(proof), say, say("check.wrong_length", count=counted(text)))


class AskNik(State, frozen=True, tag="check.ask_nik"):
    """We asked for the NIK. *proof* is known where the KK number was typed first."""

    proof: str = ""

    def prompt(self, say: Say) -> Reply:
        return Reply(say("check.ask_nik"))

    def heard(self, said: Said, say: Say) -> Turn:
        text = said.message.text
        if found := family(text, said.message.received_at.date()):
            return _with(found, said, say, self.proof)
        if not DIGIT.search(text):
            return unseen_number(self, text, "check.no_digits", say)
        return again(self, say, "check.wrong_length", count=counted(text))

    def hint(self, say: Say) -> str:
        return say("check.hint_nik")


class WhichNumber(State, frozen=True, tag="check.which_number"):
    """We asked whether the sixteen digits are a NIK or a KK number: they look like the latter."""

    number: Nik
    proof: str = ""  # the other number that came along

    def prompt(self, say: Say) -> Reply:
        choices = tuple(
            Choice(f"check.which_number:{kind}", say(f"check.it_is_{kind}"))
            for kind in ("kk", "nik")
        )
        return Reply(say("check.which_number"), choices)

    def heard(self, said: Said, say: Say) -> Turn:
        found = family(said.message.text, said.message.received_at.date())
        if found and found.nik != self.number:
            return _with(found, said, say)
        choices = prompted(self, say).choices
        match pick(choices, said.message) or _named(choices, said.message.text):
            case Choice(value="check.which_number:kk"):
                return ask(AskNik(self.number.last_four), say, say("check.kk_known"))
            case Choice() if self.proof:
                return _look_up(self.number, self.proof, said.token)
            case Choice():
                return ask(AskProof(self.number), say)
            case _:
                return again(self, say, "check.which_again")


class AskProof(State, frozen=True, tag="check.ask_proof"):
    """We asked for the last four digits of the KK number that goes with the NIK."""

    nik: Nik

    def prompt(self, say: Say) -> Reply:
        return Reply(say("check.ask_proof"))

    def heard(self, said: Said, say: Say) -> Turn:
        if proof := read_end(self.nik, said):
            return _look_up(self.nik, proof, said.token)
        text = said.message.text
        if typed(text):
            return again(self, say, "check.nik_again")
        return unseen_number(self, text, "check.bad_proof", say)

    def hint(self, say: Say) -> str:
        return say("check.hint_proof")


class Looking(Fetching, frozen=True, tag="check.looking"):
    """The registry is being asked. *code* is for the ticket that an officer may have to see.

    It is empty where the look-up was forgotten before its answer came.
    """

    nik: Nik
    proof: str
    code: str
    awaits: ClassVar[tuple[type, ...]] = (RegistryAnswered,)

    @property
    def question(self) -> LookUp:
        """What the registry is asked."""
        return LookUp(self.nik, self.proof)

    def answered(self, event: Event, say: Say) -> Turn:
        """Tell the answer; the citizen need not wait for a slow one."""
        match event:
            case RegistryAnswered(Pending()):
                later = AskLater(self.question)
                reply = Reply(say("check.pending"))
                return Turn(self, (reply,), records=(later,), enter=Enter(Door.REST))
            case RegistryAnswered(answer):
                told = explain(answer, say)
                if isinstance(answer, NeedsPerson):
                    return self.called(told, say)
                return ask(Next(self.nik, offers(answer, say), again_after(answer)), say, told)
            case _:
                return ask(self, say)

    def called(self, told: str, say: Say) -> Turn:
        """Have an officer look at it: what the registry says of this person is not for a chat."""
        if not self.code:
            return Turn(self, (Reply(say("check.call", told=told)),), enter=Enter(Door.REST))
        service = say.district.correct_service
        urgent = Draft(service, known(service, self.nik, say), Priority.P2)
        opened = OpenTicket(self.code, urgent, say.language)
        text = say("check.called", told=told, code=shown(self.code))
        return Turn(self, (Reply(text),), records=(opened,), enter=Enter(Door.REST))


class Next(State, frozen=True, tag="check.next"):
    """We told the answer and what can be done next; *offers* are service codes.

    *again* names the label for another look-up; empty where none is open today.
    """

    nik: Nik
    offers: tuple[str, ...]
    again: str = "another"

    def prompt(self, say: Say) -> Reply:
        services = say.district.services
        choices = [
            Choice(self._value(code), _label(code, say))
            for code in self.offers
            if code in services
        ]
        text = say("check.next" if choices else "check.done")
        if self.again:
            choices.append(Choice(NEXT + AGAIN, say(f"check.{self.again}")))
        return Reply(text, (*choices, Choice(NEXT + MENU, say("check.menu"))))

    def heard(self, said: Said, say: Say) -> Turn:
        """Start what was picked with the NIK filled in; a free sentence is a wish as any other."""
        picked = pick(prompted(self, say).choices, said.message)
        if picked is None:
            return Turn(self, enter=Enter(Door.WISH, said.message.text))
        match picked.value.removeprefix(NEXT):
            case "menu":
                return Turn(self, enter=Enter(Door.MENU))
            case "again":
                return ask(AskNik(), say)
            case _:
                code = picked.value.removeprefix(self._value(""))
                return fill.start(code, say, prefilled=known(code, self.nik, say))

    def _value(self, code: str) -> str:
        """Return what a tap sends: a tap under another NIK's answer is none under this one."""
        return f"{NEXT}{self.nik.last_four}:{code}"


def _named(choices: tuple[Choice, ...], text: str) -> Choice | None:
    """Return which of *choices*, KK and NIK, is named in *text*, and only that: "nomer KK"."""
    words = frozenset(words_of(text))
    kk, nik = choices
    named = [choice for choice, names in ((kk, KK), (nik, NIK)) if not names.isdisjoint(words)]
    return named[0] if len(named) == 1 and NO.isdisjoint(words) else None


def unseen_number(state: State, text: str, key: str, say: Say) -> Turn:
    """Ask for the number again as *key* says; who does not have it learns how to go on without."""
    return again(state, say, "check.not_known" if not_known(text) else key)


def read_end(nik: Nik, said: Said) -> str | None:
    """Return the end of the KK number that was *said*; *nik* may stand beside it once more."""
    text = said.message.text
    found = family(text, said.message.received_at.date())
    return found.proof if found and found.nik == nik else read_proof(text)


def known(code: str, nik: Nik, say: Say) -> tuple[Answered, ...]:
    """Return the answers that service *code* need not ask for any more: the NIK."""
    fields = say.district.services[code].fields
    field = next((f for f in fields if f.kind is FieldKind.NIK), None)
    if field is None:
        return ()
    return (Answered(field.key, nik.digits, say("check.masked", end=nik.last_four)),)


def _label(code: str, say: Say) -> str:
    """Return what an offer is called: who is offered to be proposed is on the list already."""
    if code == say.district.propose_service:
        return say("check.propose")
    return say.district.services[code].label.in_language(say.language)


def _with(found: Family, said: Said, say: Say, proof: str = "") -> Turn:
    """Go on with what was *found*; what may be a KK number is asked about first.

    *proof* was known before: then the family's number is, and this one can only be the NIK.
    """
    nik, ends = found.nik, found.proof or proof
    if nik.could_be_kk(said.message.received_at.date()) and not proof:
        return ask(WhichNumber(nik, ends), say)
    if ends:
        return _look_up(nik, ends, said.token)
    told = say("check.one_first", end=nik.last_four) if found.several else ""
    return ask(AskProof(nik), say, say("check.nik_again") if found.twice else told)


def _look_up(nik: Nik, proof: str, token: str) -> Turn:
    looking = Looking(nik, proof, code_from(token))
    return Turn(looking, question=LookUp(nik, proof), records=(CountProof(nik.digits),))
