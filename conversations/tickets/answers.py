"""What follows an answer to a ticket: a reason, the answer itself, and what happens next."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from conversations.again import again
from conversations.forms import fill
from conversations.forms.skipping import wants_to_skip
from conversations.hearing.agreeing import agreement
from conversations.hearing.answer_words import STARS, Verb, Wanted
from conversations.hearing.choices import is_number, pick
from conversations.menu import commanded
from conversations.messages import Choice, Inbound, Reply
from conversations.news.case import Case
from conversations.news.shares import Share, fitting
from conversations.records.deeds import (
    AcceptDecline,
    Appeal,
    ConfirmSolved,
    NotReceived,
    NotSolved,
    OnTicket,
    ReceivedAfterAll,
    Reopen,
)
from conversations.say import Say
from conversations.tickets.rating import thanked
from conversations.tickets.supplying import AskAnswer, added, brought, ends, noted, supplied
from conversations.tickets.withdrawing import AskWithdraw
from conversations.turn import Door, Enter, Said, State, Turn, ask, said_first
from referrals.codes import shown

SHARE = "track.share:"
EXPLAINED = frozenset({Verb.NOT_SOLVED, Verb.APPEAL, Verb.REOPEN, Verb.WITHDRAW})


def act(wanted: Wanted, case: Case, say: Say) -> Turn:
    """Do what is wanted with the ticket that is known now, or ask what is still missing."""
    if len(meant(wanted, case)) > 1:
        return ask(AskShare(wanted, case), say)
    if case.closed and wanted.verb in AFTERWARDS:
        return AFTERWARDS[wanted.verb](wanted, case, say)
    unsaid = wanted.verb in EXPLAINED and not wanted.says_why
    if unsaid and not (wanted.verb is Verb.WITHDRAW and case.vault):
        return ask(AskWhy(wanted, case), say)
    return DEEDS[wanted.verb](wanted, case, say)


class AskShare(State, frozen=True, tag="track.share"):
    """We asked which office's share is meant: several answered."""

    wanted: Wanted
    case: Case = Case()

    def prompt(self, say: Say) -> Reply:
        shares = list(enumerate(meant(self.wanted, self.case), 1))
        lines = "\n".join(share.line(number, say) for number, share in shares)
        choices = tuple(
            Choice(f"{SHARE}{share.leg}", say("answer.share", number=number))
            for number, share in shares
        )
        key = f"answer.which_share_{self.wanted.verb.value}"
        return Reply(say(key, code=shown(self.wanted.code), lines=lines), choices)

    def heard(self, said: Said, say: Say) -> Turn:
        picked = pick(self.prompt(say).choices, said.message)
        if picked is None:
            return again(self, say, "answer.share_again")
        leg = picked.value.removeprefix(SHARE)
        share = next(each for each in self.case.shares if str(each.leg) == leg)
        return act(
            about(share, self.wanted, self.case), replace(self.case, agency=share.agency), say
        )


class AskWhy(State, frozen=True, tag="track.why"):
    """We asked for the reason: what is not solved, what is new, why an appeal, why taken back."""

    wanted: Wanted
    case: Case = Case()

    def prompt(self, say: Say) -> Reply:
        return Reply(say(f"answer.why_{self.wanted.verb.value}", code=shown(self.wanted.code)))

    def heard(self, said: Said, say: Say) -> Turn:
        wanted = brought(self.wanted, said.message)
        if enter := commanded(wanted.reason):
            return Turn(self, enter=enter)
        if not wanted.says_why or _says_nothing(said.message):
            return again(self, say, "answer.why_again")
        return act(wanted, self.case, say)


def _says_nothing(message: Inbound) -> bool:
    """Say whether *message* is a yes, the number of a choice or LEWATI, and shows nothing."""
    text = message.text
    unsaying = agreement(text) or is_number(text) or wants_to_skip(message)
    return bool(unsaying) and not (message.attachments or message.place)


def meant(wanted: Wanted, case: Case) -> tuple[Share, ...]:
    """Return the shares that *wanted* may be about, none once one was picked, or it is too late.

    Weeks later, what was refused is nothing that should have come.
    """
    if wanted.share or case.late:
        return ()
    asked = case.closed and case.asked and wanted.verb is Verb.NOT_SOLVED
    return fitting(wanted.verb, tuple(one for one in case.shares if one.done or not asked))


def about(share: Share, wanted: Wanted, case: Case) -> Wanted:
    """Return *wanted* about *share*: to call undone what an office refused is to appeal."""
    appeals = wanted.verb is Verb.NOT_SOLVED and not share.done and not case.closed
    return replace(wanted, verb=Verb.APPEAL if appeals else wanted.verb, share=share.leg)


def _solved(wanted: Wanted, _: Case, say: Say) -> Turn:
    """Close the ticket as solved; stars that came along are not asked for again."""
    stars = int(wanted.reason) if wanted.reason in STARS else None
    return thanked(ConfirmSolved(wanted.code, stars), say("answer.solved"), say)


def _received(wanted: Wanted, _: Case, say: Say) -> Turn:
    return _done(ReceivedAfterAll(wanted.code), say("answer.received"))


def _not_received(wanted: Wanted, case: Case, say: Say) -> Turn:
    """Answer the question; unasked, what did not come is a reason to open the ticket again."""
    if not case.asked:
        return _reopening(wanted, case, say)
    record = NotReceived(*_explained(wanted))
    return _done(record, say("answer.not_received", agency=case.agency))


def _not_solved(wanted: Wanted, case: Case, say: Say) -> Turn:
    record = NotSolved(*_explained(wanted))
    key = "answer.not_solved_again" if case.second else "answer.not_solved"
    return _done(record, say(key, agency=case.agency))


def _accepted(wanted: Wanted, _: Case, say: Say) -> Turn:
    return _done(AcceptDecline(wanted.code), say("answer.accepted", code=wanted.code))


def _appealed(wanted: Wanted, _: Case, say: Say) -> Turn:
    record = Appeal(*_explained(wanted))
    return _done(record, say("answer.appealed"))


def _reopened(wanted: Wanted, case: Case, say: Say) -> Turn:
    record = Reopen(*_explained(wanted))
    return _done(record, say("answer.reopened", agency=case.agency))


def _reopening(wanted: Wanted, case: Case, say: Say) -> Turn:
    """Open it again with what is new; after thirty days it is filed anew."""
    if case.late:
        told = say("answer.too_late", code=shown(wanted.code))
        return said_first(fill.start(case.service, say), told)
    return _reopened(wanted, case, say) if wanted.says_why else ask(AskWhy(wanted, case), say)


def _answered(wanted: Wanted, case: Case, say: Say) -> Turn:
    """Pass on what came with JAWAB, or ask for it; an answer after the answer is added."""
    if not wanted.says_why:
        return ask(AskAnswer(wanted.code, case), say)
    if case.asked:
        return supplied(wanted, case, say)
    return noted(AskAnswer(wanted.code), say) if ends(wanted) else added(wanted, say)


def _withdrawn(wanted: Wanted, case: Case, say: Say) -> Turn:
    return ask(AskWithdraw(wanted, case), say)


def _explained(wanted: Wanted) -> tuple[Any, ...]:
    """Return what a deed about a share holds, in its order."""
    return wanted.code, wanted.reason, wanted.attachments, wanted.place, wanted.share


def _done(record: OnTicket, told: str) -> Turn:
    """Record it, say what happens next, and go back to where the citizen was."""
    state = AskWhy(Wanted(Verb.NOT_SOLVED, record.code))
    return Turn(state, (Reply(told),), records=(record,), enter=Enter(Door.RETURN))


Doing = Callable[[Wanted, Case, Say], Turn]
DEEDS: Mapping[Verb, Doing] = {
    Verb.SOLVED: _solved,
    Verb.NOT_SOLVED: _not_solved,
    Verb.ACCEPT: _accepted,
    Verb.APPEAL: _appealed,
    Verb.ANSWER: _answered,
    Verb.WITHDRAW: _withdrawn,
    Verb.REOPEN: _reopened,
}
AFTERWARDS: Mapping[Verb, Doing] = {
    Verb.SOLVED: _received,
    Verb.NOT_SOLVED: _not_received,
    Verb.REOPEN: _reopening,
}
"""What the same words mean once the ticket is closed."""
