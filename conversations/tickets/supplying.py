"""Answering an office's question: words, photos, documents, a place, in one message or several."""

from msgspec.structs import replace

from conversations.again import again
from conversations.hearing.answer_words import Verb, Wanted, read
from conversations.hearing.choices import exact
from conversations.hearing.words import plain
from conversations.menu import named
from conversations.messages import Choice, Inbound, Reply
from conversations.news.case import Case
from conversations.records.deeds import AddWords, AnswerAgency
from conversations.say import Say
from conversations.small_talk import NODS, THANKS
from conversations.turn import Door, Enter, Said, State, Turn, ask
from referrals.codes import shown

ENOUGH = "track.more:enough"
ENDING = (
    THANKS | NODS | {"cukup", "selesai", "sudah", "tidak", "ada", "enough", "no", "itu", "saja"}
)


class AskAnswer(State, frozen=True, tag="track.answer"):
    """We asked for the answer to an agency's question: words, a photo or a place."""

    code: str
    case: Case = Case()

    def prompt(self, say: Say) -> Reply:
        return Reply(say("answer.ask", code=shown(self.code)))

    def heard(self, said: Said, say: Say) -> Turn:
        wanted = brought(Wanted(Verb.ANSWER, self.code), said.message)
        if door := named(wanted.reason):
            return Turn(self, enter=Enter(door))
        if not wanted.says_why:
            return again(self, say, "answer.ask_again")
        return supplied(wanted, self.case, say)


class AskMore(State, frozen=True, tag="track.more"):
    """We passed an answer on and asked for what else there may be; more is added to it.

    Meanwhile its office may have decided: what is written then is looked at with the ticket, for
    it may be BELUM. Of a *vault* ticket nothing is asked; what is written is added.
    """

    code: str
    vault: bool = False

    def prompt(self, say: Say) -> Reply:
        return Reply(say("answer.more"), (Choice(ENOUGH, say("answer.enough")),))

    def heard(self, said: Said, say: Say) -> Turn:
        more = brought(Wanted(Verb.ANSWER, self.code), said.message)
        wanted = read(said.message.text)
        settles = not self.vault and wanted is not None and wanted.verb is Verb.SOLVED
        if exact(self.prompt(say).choices, said.message) or (ends(more) and not settles):
            return noted(self, say)
        if door := named(more.reason):
            return Turn(self, enter=Enter(door))
        if not more.says_why:
            return again(self, say, "answer.ask_again")
        if self.vault:
            return added(more, say, vault=True)
        return Turn(self, enter=Enter(Door.TICKET, f"{Verb.ANSWER} {self.code}: {more.reason}"))


def supplied(wanted: Wanted, case: Case, say: Say) -> Turn:
    """Pass the answer on, say who goes on with it, and take more."""
    record = AnswerAgency(wanted.code, wanted.reason, wanted.attachments, wanted.place)
    told = say("answer.answered", agency=case.agency)
    return ask(AskMore(wanted.code, case.vault), say, told, records=(record,))


def added(wanted: Wanted, say: Say, *, vault: bool = False) -> Turn:
    """Add to what was answered before, and take more."""
    told = say("answer.added", code=shown(wanted.code))
    return ask(AskMore(wanted.code, vault), say, told, records=(_adding(wanted),))


def passed_on(wanted: Wanted, say: Say) -> Turn:
    """Add a complaint that was asked about; the next one is asked about again."""
    told = Reply(say("answer.added", code=shown(wanted.code)))
    return Turn(
        AskAnswer(wanted.code), (told,), records=(_adding(wanted),), enter=Enter(Door.RETURN)
    )


def _adding(wanted: Wanted) -> AddWords:
    return AddWords(wanted.code, wanted.reason, wanted.attachments, wanted.place)


def brought(wanted: Wanted, message: Inbound) -> Wanted:
    """Return *wanted* with what *message* brings: words, photos, a place."""
    told = read(message.text)
    again = told is not None and told.verb is Verb.ANSWER is wanted.verb
    text = told.reason if told and again else message.text
    return replace(
        wanted,
        reason=text.strip() if plain(text) else "",
        attachments=message.attachments,
        place=message.place,
    )


def noted(state: State, say: Say) -> Turn:
    """Thank for all of it, and go back to where the citizen was."""
    return Turn(state, (Reply(say("answer.noted")),), enter=Enter(Door.RETURN))


def ends(more: Wanted) -> bool:
    """Say whether that was all: a word of thanks is nothing to pass on."""
    words = set(plain(more.reason).split())
    return bool(words) and words <= ENDING and not (more.attachments or more.place)
