"""What is done about somebody's own data, once it is known that it is theirs."""

from enum import StrEnum
from typing import ClassVar

from conversations.again import again
from conversations.fetching import Fetching
from conversations.hearing.agreeing import NO, YES
from conversations.hearing.choices import exact, pick
from conversations.hearing.words import plain
from conversations.messages import Choice, Inbound, Reply
from conversations.personal.sure import surely
from conversations.personal.whose import AskOfSeveral
from conversations.records.own import EraseMe, TakeConsentBack
from conversations.records.sightings import AboutMeFound, seen_told
from conversations.say import Say
from conversations.turn import (
    AboutMe,
    Answered,
    CorrectMe,
    Door,
    Draft,
    Enter,
    Event,
    OpenTicket,
    Question,
    Said,
    State,
    Turn,
    ask,
)
from referrals.codes import code_from, shown

ERASE, DISAGREE, REGISTRY = "data.erase:", "data.disagree:", "data.correct:registry"
LETTERS = 10  # of a correction that tells anything
NAMED = 5  # codes named at once
POLITE = frozenset({"pak", "bu", "kak", "min", "saja", "sekarang", "hapus", "tarik", "please"})


class Wish(StrEnum):
    """What is wanted with one's own data."""

    SEE = "see"  # what is kept
    SEEN = "seen"  # who looked at it
    CORRECT = "correct"
    DISAGREE = "disagree"  # take the consent back
    ERASE = "erase"


class Gathering(Fetching, frozen=True, tag="data.gathering"):
    """It is being looked up what is kept about them; *proof*, the end of a NIK, told whose."""

    wish: Wish
    nik: str = ""
    proof: str = ""
    awaits: ClassVar[tuple[type, ...]] = (AboutMeFound,)

    def __repr__(self) -> str:
        return f"Gathering({self.wish})"

    def answered(self, event: Event, say: Say) -> Turn:
        if not isinstance(event, AboutMeFound):
            return ask(self, say)
        if event.shared:
            again = say("track.whose_not_found") if self.proof else ""
            return ask(AskWhoseOwn(self.wish), say, again)
        match self.wish:
            case Wish.ERASE:
                return ask(SureErase(going=event.going, proof=self.proof), say)
            case Wish.DISAGREE:
                return ask(SureDisagree(proof=self.proof), say)
            case Wish.SEEN:
                return _told(self, seen_told(event.seen, say))
            case _:
                return _told(self, _kept(event, self.proof, say))


class AskWhoseOwn(AskOfSeveral, frozen=True, tag="data.whose"):
    """We asked for the end of a NIK: what is wanted is done to one person's data alone."""

    wish: Wish

    def prompt(self, say: Say) -> Reply:
        return Reply(say("data.whose"))

    def proving(self, proof: str, subject: str, say: Say) -> tuple[State, Question]:
        question = AboutMe("", say.language, proof, subject)
        return Gathering(self.wish, proof=proof), question


class Sure(State, frozen=True):
    """We asked whether to do what cannot be undone: `doing` says what it is."""

    proof: str = ""  # whose data, on a telephone that several people use

    def doing(self, say: Say) -> tuple[str, EraseMe | TakeConsentBack]:
        """Return what is told once it is done, and the record that does it."""
        raise NotImplementedError

    def heard(self, said: Said, say: Say) -> Turn:
        match _surely(self.prompt(say).choices, said.message):
            case Choice(value="data.erase:yes" | "data.disagree:yes"):
                return self._done(said.token, say)
            case Choice():
                return _told(self, say("data.nothing_done"))
            case _:
                return again(self, say, "data.sure_unclear")

    def loosely(self, text: str, token: str, say: Say) -> Turn:
        """Return what a plain yes or no in *text* comes to, where it can only be for us."""
        return self._done(token, say) if _agrees(text) else _no(self, text, say)

    def _done(self, token: str, say: Say) -> Turn:
        told, record = self.doing(say)
        done = Turn(self, (Reply(told),), records=(record,))
        return surely(done, token, say("data.nothing_done"), say)


class SureErase(Sure, frozen=True, tag="data.sure_erase"):
    """We said what is erased and what must stay for now, and asked whether to do it."""

    going: tuple[str, ...] = ()

    def prompt(self, say: Say) -> Reply:
        parts = (
            say("data.erase_ask"),
            say("data.only_yours") if self.proof else "",
            _going_told(self.going, say) if self.going else "",
            say("data.erase_registry"),
            say("data.erase_sure"),
        )
        return Reply("\n".join(part for part in parts if part), _yes_or_no(ERASE, "erase", say))

    def doing(self, say: Say) -> tuple[str, EraseMe]:
        return say("data.erased_going" if self.going else "data.erased"), EraseMe(self.proof)


class SureDisagree(Sure, frozen=True, tag="data.sure_disagree"):
    """We said what ends with the consent, and asked whether to take it back."""

    def prompt(self, say: Say) -> Reply:
        asked = say("data.disagree_ask_shared" if self.proof else "data.disagree_ask")
        return Reply(asked, _yes_or_no(DISAGREE, "disagree", say))

    def doing(self, say: Say) -> tuple[str, TakeConsentBack]:
        told = say("data.disagreed_shared" if self.proof else "data.disagreed")
        return told, TakeConsentBack(self.proof)


class AskWrong(State, frozen=True, tag="data.ask_wrong"):
    """We asked what is wrong, and what would be right; the registry's data have their own form."""

    def prompt(self, say: Say) -> Reply:
        return Reply(say("data.ask_wrong"), (Choice(REGISTRY, say("data.registry")),))

    def heard(self, said: Said, say: Say) -> Turn:
        message = said.message
        if message.picked == REGISTRY or plain(message.text) in self._registry(say):
            return Turn(self, enter=Enter(Door.FORM, say.district.correct_service))
        if len(plain(message.text)) < LETTERS:
            return again(self, say, "data.wrong_unclear")
        code = code_from(said.token)
        record = CorrectMe(OpenTicket(code, _correction(message.text, say), say.language))
        told = (Reply(say("data.correcting", code=shown(code))),)
        return Turn(self, told, records=(record,), enter=Enter(Door.REST))

    def _registry(self, say: Say) -> frozenset[str]:
        return frozenset({"1", plain(say("data.registry"))})


def gather(wish: Wish, nik: str, say: Say) -> Turn:
    """Look up what is kept about who asks, and about *nik*, which they proved."""
    return Turn(Gathering(wish, nik), question=AboutMe(nik, say.language))


def _surely(choices: tuple[Choice, ...], message: Inbound) -> Choice | None:
    """Return the choice that is meant; a yes only by its tap, number or whole label."""
    yes, no = choices
    return no if pick(choices, message) is no else exact((yes,), message)


def _agrees(text: str) -> bool:
    """Say whether *text* is a plain yes; "apa ya?" is none to what cannot be undone."""
    words = set(plain(text).split())
    return bool(words & YES) and words <= YES | POLITE


def _no(state: State, text: str, say: Say) -> Turn:
    """Return what a short *text* comes to beside the choices: a no at most."""
    if NO.isdisjoint(plain(text).split()):
        return again(state, say, "data.sure_unclear")
    return _told(state, say("data.nothing_done"))


def _told(state: State, text: str) -> Turn:
    return Turn(state, (Reply(text),), enter=Enter(Door.REST))


def _kept(found: AboutMeFound, proof: str, say: Say) -> str:
    """Return what is kept, without a word of it, and where all of it can be read."""
    told = say("data.kept", going=len(found.going), ended=found.ended, copy=found.copy)
    return f"{say('data.only_yours')}\n{told}" if proof else told


def _named(codes: tuple[str, ...], say: Say) -> str:
    named = ", ".join(shown(code) for code in codes[:NAMED])
    more = len(codes) - NAMED
    return say("data.and_more", codes=named, count=more) if more > 0 else named


def _going_told(codes: tuple[str, ...], say: Say) -> str:
    """Return what stays of tickets under way, and how long that they were agreed to does."""
    years = say.district.retention.consent_years
    return say("data.erase_going", codes=_named(codes, say), years=years)


def _yes_or_no(prefix: str, what: str, say: Say) -> tuple[Choice, ...]:
    return (
        Choice(f"{prefix}yes", say(f"data.yes_{what}")),
        Choice(f"{prefix}no", say("data.leave_it")),
    )


def _correction(text: str, say: Say) -> Draft:
    """Return the wish to have something corrected, as the form for a person would file it."""
    service = say.district.services[say.district.person_service]
    key = service.fields[0].key
    return Draft(service.code, (Answered(key, text, text),))
