"""Choosing a service: by shelf and name, or in one's own words."""

from conversations.again import again
from conversations.forms.ahead import ahead
from conversations.forms.fill import start
from conversations.forms.guess import guess
from conversations.hearing.choices import pick
from conversations.hearing.stories import told
from conversations.helping import aided
from conversations.messages import Choice, Reply
from conversations.say import Say
from conversations.turn import Door, Enter, Said, State, Turn, ask
from referrals.district.directory import Group, Service

GROUP, SERVICE = "group:", "service:"
# Under which kind a service is offered: information stands with the needs.
SERVICE_KINDS = {"need": ("need",), "information": ("need",), "complaint": ("complaint",)}
DESCRIBED = 3  # services; longer lists would only make a long message longer


class ChooseGroup(State, frozen=True, tag="form.choose_group"):
    """We asked what it is about; *kind* is need, complaint, or empty for everything.

    *numbers* and a *story* were told already, and nobody types them twice.
    """

    kind: str = ""
    numbers: tuple[str, ...] = ()
    story: str = ""

    def prompt(self, say: Say) -> Reply:
        groups = _groups(self.kind, say)
        choices = (Choice(GROUP + g.id, g.label.in_language(say.language)) for g in groups)
        return Reply(say(f"form.choose_{self.kind or 'any'}"), tuple(choices))

    def heard(self, said: Said, say: Say) -> Turn:
        chosen = pick(self.prompt(say).choices, said.message)
        if chosen is None:
            return _unread(self, said.message.text, say)
        group = chosen.value.removeprefix(GROUP)
        shelf = ChooseService(self.kind, group, self.numbers, self.story)
        only = shelf.services(say)
        return shelf.begin(only[0].code, said, say) if len(only) == 1 else ask(shelf, say)


class ChooseService(State, frozen=True, tag="form.choose_service"):
    """We asked which service of a shelf; free words are understood as well."""

    kind: str
    group: str
    numbers: tuple[str, ...] = ()
    story: str = ""

    def prompt(self, say: Say) -> Reply:
        """In brief names alone must do: a choice that was none is easily left again."""
        services = self.services(say)
        described = len(services) <= DESCRIBED and not say.brief
        lines = [_described(s, say) for s in services] if described else []
        return Reply("\n".join((say("form.choose_service"), *lines)), self._choices(say))

    def heard(self, said: Said, say: Say) -> Turn:
        chosen = pick(self._choices(say), said.message)
        if chosen is None:
            return _unread(self, said.message.text, say)
        return self.begin(chosen.value.removeprefix(SERVICE), said, say)

    def before(self) -> State | None:
        return ChooseGroup(self.kind, self.numbers, self.story)

    def begin(self, code: str, said: Said, say: Say) -> Turn:
        """Begin the form of service *code*, with what was told of what it asks."""
        service = say.district.services[code]
        story = told(service, self.story, given=True)
        numbers = ahead(service, self.numbers, said.message, say)
        return start(code, say, prefilled=(*story, *numbers))

    def services(self, say: Say) -> tuple[Service, ...]:
        """Return the services of this shelf."""
        return tuple(s for s in _offered(self.kind, say) if s.group == self.group)

    def _choices(self, say: Say) -> tuple[Choice, ...]:
        return tuple(_choice(SERVICE, service, say) for service in self.services(say))


def _unread(state: ChooseGroup | ChooseService, text: str, say: Say) -> Turn:
    """Go where a free sentence leads; ask again where it leads nowhere."""
    if guess(text, say.district):
        return Turn(state, enter=Enter(Door.WISH, text))
    if state.kind == "complaint" and aided(text):
        return Turn(state, enter=Enter(Door.NEED))
    return again(state, say, "form.choose_unclear")


def _groups(kind: str, say: Say) -> tuple[Group, ...]:
    used = {service.group for service in _offered(kind, say)}
    return tuple(group for group in say.district.groups if group.id in used)


def _offered(kind: str, say: Say) -> list[Service]:
    services = say.district.services.values()
    return [s for s in services if s.listed and kind in ("", *SERVICE_KINDS[s.kind])]


def _choice(prefix: str, service: Service, say: Say) -> Choice:
    return Choice(prefix + service.code, service.label.in_language(say.language))


def _described(service: Service, say: Say) -> str:
    language = say.language
    return f"{service.label.in_language(language)}: {service.description.in_language(language)}"
