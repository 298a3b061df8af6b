"""Lacak: where a ticket stands, whose turn it is, and since when."""

import re
from datetime import datetime

from conversations.again import again
from conversations.fetching import FetchingTickets
from conversations.hearing.answer_words import TAP, beside
from conversations.hearing.choices import pick
from conversations.hearing.proof import read_proof
from conversations.hearing.unknown import not_known
from conversations.messages import Choice, Reply
from conversations.news.ticket_story import story
from conversations.news.ticket_words import Row, actions, listed, row
from conversations.personal.whose import AskOfSeveral
from conversations.records.proofs import CountProof
from conversations.say import Say
from conversations.status.check_status import unseen_number
from conversations.tickets.claiming import OfferClaim
from conversations.turn import (
    Door,
    Enter,
    FindTicket,
    FindTickets,
    Question,
    Said,
    State,
    TicketsFound,
    Turn,
    ask,
)
from referrals.codes import misread_code, read_code, shown
from referrals.ticket import Ticket

VALUE = "track.which:"
OTHER = "other"
LISTED = 8  # tickets shown at once: ten choices are what a list holds
PROVING = re.compile(r"(?:nik\W*)?([\d\s.\-]+)", re.IGNORECASE)
"""What beside a code is the end of a NIK, or a whole one; "sejak 2026" is none."""


def start(text: str, say: Say) -> Turn:
    """Begin with the citizen's own tickets, or with the one whose code stands in *text*."""
    if code := read_code(text):
        return find(code, text)
    if misread_code(text):
        return ask(AskCode(), say, say("track.misread"))
    return Turn(Listing(), question=FindTickets())


def find(code: str, text: str) -> Turn:
    """Have the ticket *code* fetched; the end of a NIK beside it in *text* is its proof."""
    return Turn(Finding(code, proof=_proof_beside(code, text)), question=FindTicket(code))


def _proof_beside(code: str, text: str) -> str:
    """Return the four digits that stand beside *code* in *text*, and nothing else, or ""."""
    found = PROVING.fullmatch(beside(code, text))
    return (read_proof(found.group(1)) or "") if found else ""


class Listing(FetchingTickets, frozen=True, tag="track.listing"):
    """The citizen's own tickets are being fetched; *proven* by the end of the NIK in them."""

    proven: bool = False

    def found(self, event: TicketsFound, say: Say) -> Turn:
        if event.shared:
            return ask(AskWhose(), say)
        match listed(event.tickets):
            case () if self.proven:
                return ask(AskWhose(), say, say("track.whose_not_found"))
            case ():
                key = "passed_all" if event.passed else "none"
                return ask(AskCode(), say, say(f"track.{key}"))
            case (ticket,):
                return shown_ticket(ticket, event.at, say)
            case tickets:
                rows = tuple(row(t, say) for t in tickets[:LISTED])
                return ask(Which(rows), say)


class AskWhose(AskOfSeveral, frozen=True, tag="track.whose"):
    """We asked for the end of a NIK: several people have tickets of this telephone."""

    def prompt(self, say: Say) -> Reply:
        return Reply(say("track.whose"))

    def proving(self, proof: str, subject: str, say: Say) -> tuple[State, Question]:  # noqa: ARG002 - as all kinds
        return self.finding(), FindTickets(proof, subject)

    def finding(self) -> State:
        """Return the state that waits for the tickets of one person."""
        return Listing(proven=True)

    def coded(self, code: str) -> Turn:
        """Return the way to the ticket *code*."""
        return Turn(Finding(code), question=FindTicket(code))


class Which(State, frozen=True, tag="track.which"):
    """We asked which of several tickets."""

    rows: tuple[Row, ...]

    def prompt(self, say: Say) -> Reply:
        lines = "\n".join(row.line for row in self.rows)
        choices = [Choice(VALUE + row.code, shown(row.code)) for row in self.rows]
        other = Choice(VALUE + OTHER, say("track.other"))
        return Reply(say("track.which", lines=lines), (*choices, other))

    def heard(self, said: Said, say: Say) -> Turn:
        picked = pick(self.prompt(say).choices, said.message)
        code = picked.value.removeprefix(VALUE) if picked else read_code(said.message.text)
        if code == OTHER:
            return ask(AskCode(), say)
        if code is None:
            return again(self, say, "track.which_again")
        return Turn(Finding(code), question=FindTicket(code))


class AskCode(State, frozen=True, tag="track.ask_code"):
    """We asked for a ticket code."""

    def prompt(self, say: Say) -> Reply:
        return Reply(say("track.ask_code"))

    def heard(self, said: Said, say: Say) -> Turn:
        text = said.message.text
        if code := read_code(text):
            return find(code, text)
        if misread_code(text):
            return again(self, say, "track.misread")
        return again(self, say, "track.not_known" if not_known(text) else "track.no_code")

    def hint(self, say: Say) -> str:
        return say("track.hint_code")


class AskProof(State, frozen=True, tag="track.ask_proof"):
    """We asked for the last four digits of the NIK: this is not the ticket's own telephone."""

    code: str

    def prompt(self, say: Say) -> Reply:
        return Reply(say("track.ask_proof", code=shown(self.code)))

    def heard(self, said: Said, say: Say) -> Turn:
        text = said.message.text
        if proof := read_proof(text) or _proof_beside(self.code, text):
            return _prove(self.code, proof)
        return self.unread(text, say)

    def unread(self, text: str, say: Say) -> Turn:
        """Return what follows from *text*, which holds no proof: perhaps another code."""
        code = read_code(text)
        if code and code != self.code:
            return find(code, text)
        return unseen_number(self, text, "track.bad_proof", say)

    def hint(self, say: Say) -> str:
        return say("track.hint_proof")


class AskProofAgain(AskProof, frozen=True, tag="track.proof_again"):
    """We found nothing by those digits, and asked for them once more: they may be mistyped."""

    def prompt(self, say: Say) -> Reply:
        return Reply(say("track.proof_again"))

    def unread(self, text: str, say: Say) -> Turn:
        """Take another code, or a wish: nobody is held here by a code that is not theirs."""
        if code := read_code(text):
            return find(code, text)
        if sum(map(str.isdigit, text)):
            return unseen_number(self, text, "track.bad_proof", say)
        return Turn(self, enter=Enter(Door.WISH, text))


def _prove(code: str, proof: str) -> Turn:
    """Have the ticket *code* fetched by the end of its NIK, which counts as a try."""
    question = FindTicket(code, proof)
    return Turn(Finding(code, proven=True), question=question, records=(CountProof(code),))


class Finding(FetchingTickets, frozen=True, tag="track.finding"):
    """One ticket is being fetched; *proven* by digits from another telephone.

    *proof* came along with the code: it is tried, and counted, only where the telephone is not
    the ticket's own.
    """

    code: str
    proven: bool = False
    proof: str = ""

    def found(self, event: TicketsFound, say: Say) -> Turn:
        """Tell the ticket; who is not its own citizen reads it, but answers nothing.

        Whoever proved that somebody else filed it for them is asked whether to take it over.
        """
        match event:
            case TicketsFound((ticket, *_), at, claimable=True):
                return ask(OfferClaim(self.code), say, story(ticket, at, say).text)
            case TicketsFound((ticket, *_), at) if self.proven:
                return Turn(self, (Reply(story(ticket, at, say).text),), enter=Enter(Door.REST))
            case TicketsFound((ticket, *_), at):
                return shown_ticket(ticket, at, say)
            case TicketsFound(passed=True):
                passed = Reply(say("track.passed", code=shown(self.code)))
                return Turn(self, (passed,), enter=Enter(Door.REST))
            case _:
                return self._hidden(say)

    def _hidden(self, say: Say) -> Turn:
        """Go on where nothing is to be seen yet: with the proof, or with the question for it."""
        if self.proven:
            return ask(AskProofAgain(self.code), say, say("track.not_found"))
        return _prove(self.code, self.proof) if self.proof else ask(AskProof(self.code), say)


class Shown(State, frozen=True, tag="track.shown"):
    """We told one ticket and what can be answered to it; *verbs* name the buttons (answer.*)."""

    code: str
    verbs: tuple[str, ...]

    def prompt(self, say: Say) -> Reply:
        choices = tuple(
            Choice(f"{TAP}{name.partition('_')[0]}:{self.code}", say(f"answer.{name}"))
            for name in self.verbs
        )
        return Reply(say("track.next"), (*choices, Choice("track.shown:menu", say("menu.menu"))))

    def heard(self, said: Said, say: Say) -> Turn:
        picked = pick(self.prompt(say).choices, said.message)
        if picked is None:
            return Turn(self, enter=Enter(Door.WISH, said.message.text))
        if picked.value == "track.shown:menu":
            return Turn(self, enter=Enter(Door.MENU))
        return Turn(self, enter=Enter(Door.TICKET, picked.value))


def shown_ticket(ticket: Ticket, at: datetime | None, say: Say, *before: str) -> Turn:
    """Tell *ticket* as it stands at *at*, and what can be answered to it."""
    told = story(ticket, at, say).text
    if verbs := actions(ticket, at):
        return ask(Shown(ticket.code, verbs), say, *before, told)
    text = "\n\n".join((*before, told))
    return Turn(Listing(), (Reply(text),), enter=Enter(Door.REST))
