"""A person was called to who cannot go on living: what is written until they answer goes to them.

Nothing of it is taken for a command but the words heard everywhere and a clear wish, and nobody is
told to wait.
"""

from datetime import datetime

from msgspec.structs import replace

from conversations.days import office_stands
from conversations.fetching import FetchingTickets
from conversations.hearing.agreeing import agreement
from conversations.hearing.alarms import Alarm, card, heard, numbers
from conversations.hearing.answer_words import Verb, Wanted, read
from conversations.hearing.choices import exact
from conversations.hearing.cries import cries
from conversations.hearing.words import Word
from conversations.messages import Choice, Reply
from conversations.records.deeds import AddWords, AnswerAgency, OnTicket
from conversations.say import Say
from conversations.tickets.supplying import ends
from conversations.turn import (
    Door,
    Enter,
    FindTicket,
    OpenTicket,
    Said,
    TicketsFound,
    Turn,
    prompted,
)
from conversations.wish.clearly import wishes
from conversations.wish.comfort import Comforted, Gentle
from referrals.codes import shown
from referrals.entries import FILED
from referrals.ticket import TicketState

WITH = ("with_you", "with_you_again", "with_you_still")  # the numbers stand beside all but one


class Called(Gentle, frozen=True, tag="comfort.called"):
    """We called a person, who reads ticket *code*; more words reach them by it."""

    code: str = ""

    def prompt(self, say: Say) -> Reply:
        choices = (Choice(Word.MENU.tap, say("menu.menu")),)
        return Reply(say(f"comfort.{WITH[self.times % len(WITH)]}"), choices)

    def heard(self, said: Said, say: Say) -> Turn:
        """Do a clear wish, else have the words passed on; thanks, a yes and a no are none."""
        message = said.message
        if exact(prompted(self, say).choices, message):
            return Turn(self, enter=Enter(Door.MENU))
        if wishes(message.text, say):
            return self.granted(message.text, say)
        wanted = Wanted(
            Verb.ANSWER, self.code, message.text.strip(), message.attachments, message.place
        )
        if not wanted.says_why or ends(wanted) or agreement(message.text) is not None:
            return self.left_open(say)
        alarmed = cries(message.text) or heard(message.text, say.district.alarms) is not None
        return Turn(Passing(self, wanted, alarmed), question=FindTicket(self.code))

    def calls(self, say: Say) -> Turn:
        return self.stays(say)

    def stays(self, say: Say) -> Turn:
        return self.staying(say, alarmed=True)

    def staying(
        self, say: Say, records: tuple[OnTicket, ...] = (), *, alarmed: bool = False
    ) -> Turn:
        """Say in other words than before that we are there, and give the numbers again."""
        again = replace(self, times=self.times + 1)
        asked = prompted(again, say)
        given = numbers(say, Alarm.DESPAIR) if alarmed or again.times % len(WITH) != 1 else ""
        text = "\n\n".join(filter(None, (asked.text, given)))
        return Turn(again, (replace(asked, text=text),), records=records)


class Passing(FetchingTickets, frozen=True, tag="comfort.passing"):
    """The ticket is being fetched, to see whether more words still reach the person called."""

    called: Called
    wanted: Wanted
    cries: bool = False

    def found(self, event: TicketsFound, say: Say) -> Turn:
        """Pass the words on; where the person is done, hear SUDAH and BELUM, or as at the menu.

        Only who is in despair again is offered a person anew.
        """
        match event.tickets:
            case (ticket,) if ticket.state is TicketState.NEEDS_INFO:
                return self.called.staying(say, (self._with(AnswerAgency),), alarmed=self.cries)
            case (ticket,) if _answers(self.wanted, ticket.state):
                return Turn(self.called, enter=Enter(Door.TICKET, self.wanted.reason))
            case (ticket,) if ticket.state in FILED:
                return self.called.staying(say, (self._with(AddWords),), alarmed=self.cries)
            case _ if self.cries:
                return Comforted(self.called.times).listening(say, alarmed=True)
            case _:
                return Turn(self.called, enter=Enter(Door.RETURN, self.wanted.reason))

    def _with(self, deed: type[AddWords | AnswerAgency]) -> OnTicket:
        wanted = self.wanted
        return deed(wanted.code, wanted.reason, wanted.attachments, wanted.place)


def accompanied(opened: OpenTicket, now: datetime, say: Say) -> Turn:
    """Say first whom to call until the person reads what is *opened*, and only then by when."""
    given = numbers(say, Alarm.DESPAIR)
    first = say("comfort.called", numbers=given) if given else card(say, Alarm.DESPAIR)
    stands, opens = office_stands(now, say)
    then = say(f"comfort.{stands}", opening=opens, code=shown(opened.code))
    called = Called(code=opened.code)
    reply = replace(prompted(called, say), text=f"{first}\n\n{then}")
    return Turn(called, (reply,), records=(opened,))


def _answers(wanted: Wanted, state: TicketState) -> bool:
    """Say whether *wanted* is what a decided ticket waits for: SUDAH, BELUM, BANDING."""
    said = read(wanted.reason)
    return said is not None and state in {TicketState.RESOLVED, TicketState.DECLINED}
