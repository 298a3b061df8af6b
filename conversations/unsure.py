"""A message that nothing explains: perhaps it answers what an office asked."""

from msgspec.structs import replace

from conversations.again import again
from conversations.agreeing import meant
from conversations.answer_words import Verb, Wanted
from conversations.answers import act
from conversations.case import Case, case_of
from conversations.choices import is_number
from conversations.forms.choose import ChooseGroup
from conversations.helping import aided
from conversations.menu import Menu
from conversations.messages import Choice, Inbound, Reply
from conversations.say import Say
from conversations.ticket_words import listed
from conversations.turn import (
    Door,
    Enter,
    Event,
    FindTickets,
    Said,
    State,
    TicketsFound,
    Turn,
    ask,
)
from referrals.ticket import TicketState

VALUE = "unsure.asked:"


def look(message: Inbound, menu: Menu) -> Turn:
    """Look whether exactly one office waits for an answer; else *message* was not understood."""
    wanted = Wanted(
        Verb.ANSWER,
        reason=message.text.strip(),
        attachments=message.attachments,
        place=message.place,
    )
    return Turn(Unsure(wanted, menu), question=FindTickets())


class Unsure(State, frozen=True, tag="unsure.looking"):
    """The citizen's tickets are being fetched, to see whether one waits for an answer."""

    wanted: Wanted
    menu: Menu
    awaits = (TicketsFound,)

    def prompt(self, say: Say) -> Reply:
        return Reply(say("track.looking"))

    def step(self, event: Event, say: Say) -> Turn:
        if not isinstance(event, TicketsFound):
            return ask(self, say)
        tickets = listed(event.tickets)
        match [ticket for ticket in tickets if ticket.state is TicketState.NEEDS_INFO]:
            case [ticket]:
                case = case_of(ticket, event.at, say)
                return ask(AskMeant(replace(self.wanted, code=ticket.code), case), say)
            case _:
                return _unexplained(self.wanted.reason, self.menu, say)


def _unexplained(text: str, menu: Menu, say: Say) -> Turn:
    """Ask what aid is wanted where *text* speaks of any; else show the card, with a kind word."""
    if menu.unseen and is_number(text):
        return ask(menu, say, say("menu.number"))
    return ask(ChooseGroup("need"), say) if aided(text) else again(menu, say, "menu.unread")


class AskMeant(State, frozen=True, tag="unsure.asked"):
    """We asked whether what was written is the answer that an office waits for."""

    wanted: Wanted
    case: Case

    def prompt(self, say: Say) -> Reply:
        choices = tuple(Choice(VALUE + each, say(f"unsure.{each}")) for each in ("ya", "bukan"))
        return Reply(say("unsure.ask", agency=self.case.agency), choices)

    def step(self, event: Event, say: Say) -> Turn:
        """Pass it on, or leave it; other words are a wish of their own."""
        if not isinstance(event, Said):
            return Turn(self)
        match meant(self.prompt(say).choices, event.message):
            case Choice(value="unsure.asked:ya"):
                return act(self.wanted, self.case, say)
            case Choice():
                return Turn(self, (Reply(say("wish.choose")),), enter=Enter(Door.MENU))
            case _:
                return Turn(self, enter=Enter(Door.WISH, event.message.text))
