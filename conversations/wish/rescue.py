"""After the emergency numbers: the services that help in danger, and a person."""

from msgspec.structs import replace

from conversations import one_line
from conversations.forms import fill
from conversations.forms.guess import guess
from conversations.hearing.alarms import Alarm, danger_of
from conversations.hearing.choices import pick
from conversations.hearing.stories import told
from conversations.hearing.words import Word
from conversations.messages import Choice, Reply
from conversations.say import Say
from conversations.turn import Door, Enter, Said, State, Turn, ask
from conversations.wish.beginning import begun
from referrals.district.directory import Level, Priority, Service

VALUE = "rescue.offered:"
OFFERED = 3  # services; who is in danger does not read more


class Rescue(State, frozen=True, tag="rescue.offered"):
    """We gave the emergency numbers and offered what helps; *text* is what the citizen wrote."""

    codes: tuple[str, ...]
    text: str

    def prompt(self, say: Say) -> Reply:
        services = say.district.services
        choices = [
            Choice(VALUE + code, say.of(services[code].label))
            for code in self.codes
            if code in services
        ]
        choices.append(Choice(Word.PERSON.tap, say("menu.person")))
        choices.append(Choice(Word.MENU.tap, say("menu.menu")))
        return Reply(say("rescue.ask"), tuple(choices))

    def heard(self, said: Said, say: Say) -> Turn:
        """Start what was picked; the same words come once, then a person is offered."""
        match pick(self.prompt(say).choices, said.message):
            case Choice(value=Word.PERSON.tap):
                return Turn(self, enter=Enter(Door.PERSON))
            case Choice(value=Word.MENU.tap):
                return Turn(self, enter=Enter(Door.MENU))
            case Choice(value=value):
                return self._begun(value.removeprefix(VALUE), said, say)
            case _ if guess(said.message.text, say.district):
                return Turn(self, enter=Enter(Door.WISH, said.message.text))
            case _:
                return replace(ask(self, say), unread=True)

    def _begun(self, code: str, event: Said, say: Say) -> Turn:
        """Begin the form of service *code* with what the cry for help told already."""
        if tale := one_line.told(self.text):
            return begun(code, tale, event.message, say)
        return fill.start(code, say, prefilled=told(say.district.services[code], self.text))


def offered(text: str, alarm: Alarm, say: Say) -> Rescue:
    """Return the offer for *text*: what it speaks of, as far as that can be urgent, goes first.

    A patient is offered nothing that is for a flood or a fire.
    """
    services = say.district.services
    guessed = (services[code] for code in guess(text, say.district))
    spoken = [service for service in guessed if _urgent(service) and _fits(service, alarm)]
    spoken.sort(key=lambda service: service.level != Level.DIRECT)
    always = [each for each in services.values() if each.emergency and danger_of(each) is alarm]
    codes = [service.code for service in (*spoken[: OFFERED - len(always)], *always)]
    return Rescue(tuple(dict.fromkeys(codes)), text)


def instead(state: State, said: Said, alarm: Alarm, say: Say) -> State:
    """Return what is asked after the numbers where *state* has no use for a cry for help.

    A form goes on, urgent now; any other question can wait.
    """
    return state if state.unfinished() else offered(said.message.text, alarm, say)


def _fits(service: Service, alarm: Alarm) -> bool:
    return alarm is not Alarm.HEALTH or danger_of(service) is alarm


def _urgent(service: Service) -> bool:
    """Say whether *service* helps in danger; violence has its own path, without a story."""
    options = (option for field in service.fields for option in field.options)
    urgent = service.priority is Priority.P1 or any(o.priority is Priority.P1 for o in options)
    return urgent and not service.safe_path
