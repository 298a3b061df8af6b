"""PETUGAS: a person takes over."""

from datetime import datetime

from conversations.again import again
from conversations.days import office_stands
from conversations.first import office
from conversations.hearing.agreeing import BESIDE_NO, NO
from conversations.hearing.alarms import Alarm, heard
from conversations.hearing.spelling import words_of
from conversations.hearing.words import plain
from conversations.menu import exactly
from conversations.messages import Reply
from conversations.say import Say
from conversations.turn import (
    Answered,
    Door,
    Draft,
    Enter,
    OpenTicket,
    Said,
    State,
    Turn,
    ask,
)
from conversations.wish.accompanying import accompanied
from conversations.wish.comfort import DESPAIR
from referrals.codes import code_from, read_code, shown
from referrals.district.directory import FieldKind, Priority

LETTERS = 5  # of a reason that tells an officer anything
URGENT = {"emergency", "health"}  # purposes of the numbers that help whatever it is
DECLINING = (
    NO | BESIDE_NO | {"jadi", "ya", "ah", "deh", "dulu", "saja", "min", "kak", "bapak", "ibu"}
)
STORY = "story"  # the field that holds the reason where the service names none


class AskReason(State, frozen=True, tag="person.ask_reason"):
    """We asked what the citizen wants to talk about; *about* is the code of a ticket, if any."""

    about: str = ""

    def prompt(self, say: Say) -> Reply:
        return Reply(say("person.ask_reason"))

    def heard(self, said: Said, say: Say) -> Turn:
        alarm = heard(said.message.text, say.district.alarms)
        if door := exactly(said.message.text):
            return Turn(self, enter=Enter(door))
        if _declines(said.message.text):
            return Turn(self, enter=Enter(Door.CANCEL))
        if len(plain(said.message.text)) < LETTERS:
            return again(self, say, "person.bad_reason")
        reason = said.message.text
        if self.about:
            reason = say("person.about", code=shown(self.about), reason=reason)
        if alarm is Alarm.DESPAIR:
            return _accompanied(said, reason, say)
        return _called(self, said, reason, Priority.P1 if alarm else None, say)

    def hint(self, say: Say) -> str:
        return say("person.hint")


def _declines(text: str) -> bool:
    """Say whether *text* is a no and nothing else: "tidak jadi" is no reason for anybody."""
    words = set(words_of(text))
    return not words.isdisjoint(NO) and words <= DECLINING


def opened(about: str, said: Said, say: Say) -> Turn:
    """Ask what it is about, for which *about* is a ticket's code.

    Who cannot go on living is asked nothing, nor who told their need: an officer is called.
    """
    if about == DESPAIR:
        return _accompanied(said, say("comfort.reason"), say)
    if about and read_code(about) is None:
        return _called(AskReason(), said, about, Priority.P2, say)
    return ask(AskReason(about), say)


def where(say: Say) -> str:
    """Return where a person is found, for citizens who did not agree to a conversation."""
    return say("person.where", office=office(say))


def _called(state: State, said: Said, reason: str, priority: Priority | None, say: Say) -> Turn:
    opened = _opened(said, reason, priority, say)
    when = _when(said.message.received_at, say)
    told = say("person.called", code=shown(opened.code), when=when)
    return Turn(state, (Reply(told),), records=(opened,), enter=Enter(Door.REST))


def _accompanied(said: Said, reason: str, say: Say) -> Turn:
    """Call a person to who cannot go on living; nobody is left with a number to wait for."""
    opened = _opened(said, reason, Priority.P1, say)
    return accompanied(opened, said.message.received_at, say)


def _opened(said: Said, reason: str, priority: Priority | None, say: Say) -> OpenTicket:
    return OpenTicket(code_from(said.token), _draft(reason, priority, say), say.language)


def _draft(reason: str, priority: Priority | None, say: Say) -> Draft:
    service = say.district.services[say.district.person_service]
    stories = (field.key for field in service.fields if field.kind is FieldKind.STORY)
    return Draft(service.code, (Answered(next(stories, STORY), reason, reason),), priority)


def _when(now: datetime, say: Say) -> str:
    """Return an honest word on when a person reads it."""
    stands, opens = office_stands(now, say)
    danger = _in_danger(say) if opens else ""
    return " ".join(filter(None, (say(f"person.{stands}", opening=opens), danger)))


def _in_danger(say: Say) -> str:
    """Return whom to call when it cannot wait for the office, or nothing where no number is."""
    lines = (h for h in say.district.hotlines if h.active and {*h.purpose} >= URGENT)
    numbers = " / ".join(dict.fromkeys(hotline.number for hotline in lines))
    return say("person.in_danger", numbers=numbers) if numbers else ""
