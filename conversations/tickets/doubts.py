"""What is asked where we doubt whether somebody writes about a ticket of theirs."""

import re

from conversations.again import again
from conversations.forms.guess import guess
from conversations.hearing.agreeing import YES, agreement
from conversations.hearing.answer_words import REASONED, Verb, Wanted, read
from conversations.hearing.choices import is_number, pick
from conversations.hearing.moods import glad
from conversations.hearing.words import plain
from conversations.messages import Choice, Reply
from conversations.news.case import Case
from conversations.one_of_two import OneOfTwo
from conversations.say import Say
from conversations.tickets.answers import act
from conversations.tickets.supplying import passed_on
from conversations.turn import (
    Door,
    Enter,
    Said,
    State,
    Turn,
)
from referrals.codes import shown

VALUE, DECIDED, NO = "unsure.asked:", "unsure.decided:", "no"
LEADING = re.compile(r"^\W*(?:iya|ya|yes)\b", re.IGNORECASE)  # "iya udah"
WORDS, REASON = 3, 5  # words that tell an office anything, and that say why as well


class AskMeant(OneOfTwo, frozen=True, tag="unsure.asked"):
    """We asked whether what was written is for an office: its answer, or more about a ticket.

    *late*: it complains that this takes long, and where it stands was told.
    """

    wanted: Wanted
    case: Case
    late: bool = False

    def prompt(self, say: Say) -> Reply:
        choices = tuple(Choice(VALUE + each, say(f"unsure.{each}")) for each in ("ya", "bukan"))
        code = shown(self.wanted.code)
        if self.late:
            return Reply(say("unsure.pass_on", agency=self.case.agency), choices)
        about = say("unsure.about", code=code) if not self.case.asked else ""
        return Reply(about or say("unsure.ask", agency=self.case.agency), choices)

    def yes(self, say: Say) -> Turn:
        if self.late:
            return passed_on(self.wanted, say)
        return act(self.wanted, self.case, say)

    def no(self, say: Say) -> Turn:
        return _another(self, self.wanted.reason, say)


class AskDecided(State, frozen=True, tag="unsure.decided"):
    """We asked whether *text* is about the ticket that was decided, and what is wanted with it.

    Of a glad sentence we ask whether the ticket is solved; what is *kept* with it is about it.
    """

    code: str
    verbs: tuple[str, ...]
    text: str
    kept: bool = False

    def prompt(self, say: Say) -> Reply:
        choices = [Choice(DECIDED + verb, say(f"answer.{verb}")) for verb in self.verbs]
        if not self.kept:
            choices.append(Choice(DECIDED + NO, say("unsure.bukan")))
        key = "kept" if self.kept else "about"
        key = "glad" if self._glad() else key
        return Reply(say(f"unsure.{key}", code=shown(self.code)), tuple(choices))

    def heard(self, said: Said, say: Say) -> Turn:
        """Do what was picked, with the sentence as its reason; other words are a wish."""
        picked = pick(self.prompt(say).choices, said.message)
        verb = picked.value.removeprefix(DECIDED) if picked else self._worded(said.message.text)
        if verb == NO:
            return _another(self, self.text, say)
        if verb:
            reason = self.text if Verb(verb) in REASONED and tells(self.text, REASON) else ""
            return Turn(self, enter=Enter(Door.TICKET, f"{verb} {self.code} {reason}"))
        if agreement(said.message.text) or is_number(said.message.text):
            return again(self, say, "unsure.which")
        return Turn(self, enter=Enter(Door.WISH, said.message.text))

    def _glad(self) -> bool:
        return Verb.SOLVED.value in self.verbs and glad(self.text)

    def _worded(self, text: str) -> str:
        """Return what is wanted in plain words: "iya udah"; a yes alone, where we asked for it."""
        agrees = agreement(text, YES)
        if agrees is not None and self._glad():
            return (Verb.SOLVED if agrees else Verb.NOT_SOLVED).value
        said = read(LEADING.sub("", text))
        named = said.verb.value if said and not said.code and not said.reason else ""
        if named in self.verbs:
            return named
        return NO if agrees is False else ""


def _another(state: State, text: str, say: Say) -> Turn:
    """Take *text*, which was about no ticket, for a need of its own; else show the menu."""
    if tells(text, WORDS) and guess(text, say.district):
        return Turn(state, enter=Enter(Door.RETURN, text))
    return Turn(state, (Reply(say("wish.choose")),), enter=Enter(Door.MENU))


def tells(text: str, words: int) -> bool:
    """Say whether *text* has *words* or more, enough to tell an office anything."""
    return len(plain(text).split()) >= words
