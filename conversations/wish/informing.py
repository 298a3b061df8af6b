"""What somebody wants to know before they file: the price, the papers, the days; then a form."""

from datetime import datetime

from conversations.forms import fill
from conversations.forms.terms import calm, terms
from conversations.hearing.questions import asks
from conversations.hearing.words import Word
from conversations.messages import Choice, Reply
from conversations.one_of_two import OneOfTwo
from conversations.say import Say
from conversations.turn import Door, Enter, Turn, ask

START = "wish.informed:start"


class Informed(OneOfTwo, frozen=True, tag="wish.informed"):
    """We told what a service costs and takes, and asked whether to begin its form."""

    code: str

    def prompt(self, say: Say) -> Reply:
        choices = (Choice(START, say("wish.ya")), Choice(Word.MENU.tap, say("menu.menu")))
        return Reply(say("wish.begin"), choices)

    def yes(self, say: Say) -> Turn:
        return fill.start(self.code, say)

    def no(self, say: Say) -> Turn:  # noqa: ARG002 - a state's shape
        return Turn(self, enter=Enter(Door.MENU))


def inquired(text: str, code: str, say: Say) -> bool:
    """Say whether *text* asks what service *code* takes, and no life may be at stake."""
    return asks(text) and _calm(code, say)


def informed(code: str, at: datetime, say: Say) -> Turn:
    """Tell what service *code* costs and takes as its row says, and offer its form."""
    return ask(Informed(code), say, "\n".join(terms(say.district.services[code], at, say)))


def _calm(code: str, say: Say) -> bool:
    """Say whether a question may stand ahead of the form, where there is one."""
    district = say.district
    led = code in (district.status_service, district.person_service)
    return not led and calm(district.services[code])
