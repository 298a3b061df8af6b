"""BATAL: a ticket is taken back after one question, which also asks whether it is freely."""

from conversations.again import again
from conversations.hearing.agreeing import NO, YES
from conversations.hearing.answer_words import Verb, Wanted, read
from conversations.hearing.choices import exact, pick
from conversations.hearing.spelling import words_of
from conversations.hearing.words import Word
from conversations.messages import Choice, Inbound, Reply
from conversations.news.case import Case
from conversations.personal.sure import surely
from conversations.records.deeds import AskContact, Withdraw
from conversations.say import Say
from conversations.turn import Door, Enter, Said, State, Turn, ask
from referrals.codes import shown

VALUE, HELP = "track.withdraw:", "track.pressed:"
YES_TAKE, KEEP, PRESSED, CALL = "yes", "no", "pressed", "call"
PLAIN = (YES_TAKE, KEEP)
GENTLE = (YES_TAKE, PRESSED, KEEP)  # "is somebody making you?" "no, take it back"
NEUTRAL = (YES_TAKE, KEEP, CALL)
PRESSING = ("suruh", "paksa", "ancam", "tekan", "takut", "forc", "threat", "afraid", "made me")
SHORT = 3  # words of a plain yes or no


class AskWithdraw(State, frozen=True, tag="track.withdraw"):
    """We asked whether the ticket is really to be taken back, and whether freely."""

    wanted: Wanted
    case: Case = Case()

    def prompt(self, say: Say) -> Reply:
        kind, names = self._asked()
        choices = tuple(Choice(VALUE + n, say(f"answer.withdraw_{kind}{n}")) for n in names)
        return Reply(say(f"answer.withdraw_{kind}ask", code=shown(self.wanted.code)), choices)

    def heard(self, said: Said, say: Say) -> Turn:
        match self._meant(said.message, say):
            case "yes" if exact(self.prompt(say).choices, said.message):
                return self._done(said.token, say)
            case "no":
                return _kept(self, say)
            case "pressed":
                return ask(Pressed(self.wanted, self.case), say)
            case "call":
                return self._called(say)
            case _:
                return again(self, say, "answer.withdraw_again")

    def loosely(self, text: str, token: str, say: Say) -> Turn:
        """Return what a short yes or no in *text* comes to, where it can only be for us.

        No "tidak" takes a ticket back: nobody makes them, but the rest they did not say. And
        "tidak jadi lapor" is no such "tidak": it wants the ticket back, or the question gone.
        """
        if takes_back(text):
            return again(self, say, "answer.withdraw_again")
        words = set(words_of(text)) if len(words_of(text)) <= SHORT else set()
        gently, refuses = self._asked()[1] is GENTLE, bool(words & NO)
        match gently, refuses, bool(words & YES or (gently and "ada" in words)):
            case False, True, _:
                return _kept(self, say)
            case False, False, True:
                return self._done(token, say)
            case True, False, True:
                return ask(Pressed(self.wanted, self.case), say)
            case _:
                return again(self, say, "answer.withdraw_again")

    def _done(self, token: str, say: Say) -> Turn:
        unforced = not self.case.ordinary
        done = _taken_back(self.wanted, self.case, say, unforced=unforced)
        return surely(done, token, say("answer.goes_on"), say)

    def _asked(self) -> tuple[str, tuple[str, ...]]:
        """Return which wording asks, and its choices: neutral where others may read."""
        if self.case.vault:
            return "vault_", NEUTRAL
        return ("", PLAIN) if self.case.ordinary else ("gently_", GENTLE)

    def _meant(self, message: Inbound, say: Say) -> str:
        """Return the choice that is meant; a free word of pressure is one as well."""
        if picked := pick(self.prompt(say).choices, message):
            return picked.value.removeprefix(VALUE)
        text, gently = message.text.casefold(), self._asked()[1] is GENTLE
        return "pressed" if gently and any(stem in text for stem in PRESSING) else ""

    def _called(self, say: Say) -> Turn:
        """Let its own officers call first, in the way and at the hours that are safe."""
        record = AskContact(self.wanted.code, say("answer.call_first"))
        told = Reply(say("answer.withdraw_vault_called"))
        return Turn(self, (told,), records=(record,), enter=Enter(Door.RETURN))


class Pressed(State, frozen=True, tag="track.pressed"):
    """Somebody makes them take it back: we said that it goes on, and offered a person."""

    wanted: Wanted
    case: Case = Case()

    def prompt(self, say: Say) -> Reply:
        choices = (
            Choice(Word.PERSON.tap, say("menu.person")),
            Choice(f"{HELP}keep", say("answer.pressed_keep")),
            Choice(f"{HELP}take", say("answer.pressed_take")),
        )
        return Reply(say("answer.pressed"), choices)

    def heard(self, said: Said, say: Say) -> Turn:
        choices = self.prompt(say).choices
        match pick(choices, said.message):
            case Choice(value=Word.PERSON.tap):
                return Turn(self, enter=Enter(Door.PERSON))
            case Choice(value="track.pressed:take") if exact(choices, said.message):
                done = _taken_back(self.wanted, self.case, say, unforced=False)
                return surely(done, said.token, say("answer.goes_on"), say)
            case Choice(value="track.pressed:keep"):
                return _kept(self, say)
            case _:
                return self.loosely(said.message.text, said.token, say)

    def loosely(self, text: str, token: str, say: Say) -> Turn:  # noqa: ARG002 - as AskWithdraw has it
        """Ask again: nothing but one of the choices is an answer to this."""
        return again(self, say, "answer.withdraw_again")


def takes_back(text: str) -> bool:
    """Say whether *text* wants a ticket back, as "tidak jadi lapor" does; which, we asked."""
    wanted = read(text)
    return wanted is not None and wanted.verb is Verb.WITHDRAW


def _kept(state: State, say: Say) -> Turn:
    return Turn(state, (Reply(say("answer.goes_on")),), enter=Enter(Door.RETURN))


def _taken_back(wanted: Wanted, case: Case, say: Say, *, unforced: bool) -> Turn:
    """Take the ticket back and say what is left of it."""
    record = Withdraw(wanted.code, wanted.reason, unforced=unforced)
    kind = "vault" if case.vault else "cooling" if case.cooling else "plain"
    told = Reply(say(f"answer.withdrawn_{kind}"))
    return Turn(AskWithdraw(wanted, case), (told,), records=(record,), enter=Enter(Door.RETURN))
