"""An office asked something while a form was open: for which of the two an answer is."""

from datetime import datetime

from conversations.again import again
from conversations.fetching import FetchingTickets
from conversations.forms.fill import Fill
from conversations.forms.several import Several
from conversations.forms.waiting import Waiting
from conversations.hearing.answer_words import Verb
from conversations.hearing.choices import pick
from conversations.messages import Choice, Inbound, Reply
from conversations.news.ticket_words import agency_name, listed
from conversations.one_of_two import OneOfTwo
from conversations.paging import clipped
from conversations.say import Say
from conversations.turn import Door, Enter, Said, TicketsFound, Turn, ask
from referrals.codes import shown
from referrals.district.decent_hours import next_decent
from referrals.ticket import Ticket, TicketState

VALUE = "unsure.between:"


class Answering(Waiting, frozen=True):
    """The form was answered with *text* where it had *asked*; it waits with what follows."""

    asked: Fill | Several
    text: str


class LookBetween(Answering, FetchingTickets, frozen=True, tag="unsure.looking_between"):
    """The tickets are fetched: an office may have asked something *since* the form did."""

    since: datetime

    def found(self, event: TicketsFound, say: Say) -> Turn:
        offices = [t for t in listed(event.tickets) if self._asked(t, event.at, say)]
        if not offices:
            return self.begun(say)
        code, agency = offices[0].code, agency_name(offices[0], say)
        held = self.draft, self.then, self.said, self.asked, self.text
        return ask(WhichOfTwo(*held, code, agency), say)

    def heard(self, said: Said, say: Say) -> Turn:  # noqa: ARG002 - a state's shape
        return self.begun(say)

    def _asked(self, ticket: Ticket, now: datetime | None, say: Say) -> bool:
        """Say whether the question of *ticket*'s office came between: at decent hours."""
        if ticket.state is not TicketState.NEEDS_INFO or now is None:
            return False
        hours, calendar = say.district.decent_hours, say.district.calendar
        return self.since < next_decent(hours, calendar, ticket.since) <= now


class WhichOfTwo(Answering, OneOfTwo, frozen=True, tag="unsure.between"):
    """We asked whether what was written is for the office, or for the form."""

    code: str
    agency: str

    def prompt(self, say: Say) -> Reply:
        service = say.district.services.get(self.draft.service)
        label = say.of(service.label) if service else say("form.changed")
        choices = (
            Choice(f"{VALUE}office", clipped(self.agency)),
            Choice(f"{VALUE}form", clipped(label)),
        )
        told = say("unsure.between", agency=self.agency, code=shown(self.code), service=label)
        return Reply(told, choices)

    def chosen(self, choices: tuple[Choice, ...], message: Inbound) -> Choice | None:
        return pick(choices, message)  # "this or that" has no yes: words may go to strangers

    def yes(self, say: Say) -> Turn:  # noqa: ARG002 - a state's shape
        """Send the answer to the office; the form then asks once more what it asked."""
        answer = f"{Verb.ANSWER} {self.code}: {self.text}"
        return Turn(self.asked, enter=Enter(Door.TICKET, answer))

    def no(self, say: Say) -> Turn:
        return self.begun(say)

    def neither(self, said: Said, say: Say) -> Turn:  # noqa: ARG002 - a state's shape
        return again(self, say, "form.which_of_two")
