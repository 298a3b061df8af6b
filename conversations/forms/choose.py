"""Choosing a service: by shelf and name, or in one's own words."""

from msgspec.structs import replace

from conversations.again import again
from conversations.choices import pick
from conversations.forms.fields.texts import AskStory, clean, hidden
from conversations.forms.fill import start
from conversations.forms.guess import guess
from conversations.forms.pages import page_of
from conversations.messages import Choice, Reply
from conversations.say import Say
from conversations.turn import Answered, Event, Said, State, Turn, ask
from referrals.directory import FieldKind, Group, Service

GROUP, SERVICE, GUESS = "group:", "service:", "guess:"
MORE, NONE = ">", "none"
INFORMATION = "information"
DESCRIBED = 3  # services; longer lists would only make a long message longer
GUESSES = 3
TELLING = 40  # characters of a sentence that is a story already and is not asked for again


class ChooseGroup(State, frozen=True, tag="form.choose_group"):
    """We asked what it is about; *kind* is need, complaint, or empty for everything."""

    kind: str = ""

    def prompt(self, say: Say) -> Reply:
        groups = _groups(self.kind, say)
        choices = (Choice(GROUP + g.id, g.label.in_language(say.language)) for g in groups)
        return Reply(say(f"form.choose_{self.kind or 'any'}"), tuple(choices))

    def step(self, event: Event, say: Say) -> Turn:
        if not isinstance(event, Said):
            return Turn(self)
        chosen = pick(self.prompt(say).choices, event.message)
        if chosen is None:
            return _understood(self, event.message.text, self.kind, say)
        shelf = ChooseService(self.kind, chosen.value.removeprefix(GROUP))
        only = shelf.services(say)
        return start(only[0].code, say) if len(only) == 1 else ask(shelf, say)


class ChooseService(State, frozen=True, tag="form.choose_service"):
    """We asked which service of a shelf; free words are understood as well."""

    kind: str
    group: str
    page: int = 0

    def prompt(self, say: Say) -> Reply:
        services = self.services(say)
        lines = [_described(s, say) for s in services] if len(services) <= DESCRIBED else []
        return Reply("\n".join((say("form.choose_service"), *lines)), self._shown(say))

    def step(self, event: Event, say: Say) -> Turn:
        if not isinstance(event, Said):
            return Turn(self)
        chosen = pick(self._shown(say), event.message)
        if chosen is None:
            return _understood(self, event.message.text, self.kind, say)
        code = chosen.value.removeprefix(SERVICE)
        return ask(replace(self, page=self.page + 1), say) if code == MORE else start(code, say)

    def before(self) -> State | None:
        return ChooseGroup(self.kind)

    def services(self, say: Say) -> tuple[Service, ...]:
        """Return the services of this shelf."""
        return tuple(s for s in _offered(self.kind, say) if s.group == self.group)

    def _shown(self, say: Say) -> tuple[Choice, ...]:
        every = tuple(_choice(SERVICE, service, say) for service in self.services(say))
        return page_of(every, self.page, Choice(SERVICE + MORE, say("form.more")))


class DidYouMean(State, frozen=True, tag="form.did_you_mean"):
    """We offered the services that a sentence may be about; *said* is empty where one is safe."""

    kind: str
    codes: tuple[str, ...]
    said: str = ""

    def prompt(self, say: Say) -> Reply:
        services = say.district.services
        known = [services[code] for code in self.codes if code in services]
        choices = (
            *(_choice(GUESS, s, say) for s in known),
            Choice(GUESS + NONE, say("form.none")),
        )
        return Reply(say("form.did_you_mean"), choices)

    def step(self, event: Event, say: Say) -> Turn:
        if not isinstance(event, Said):
            return Turn(self)
        chosen = pick(self.prompt(say).choices, event.message)
        if chosen is None:
            return _understood(self, event.message.text, self.kind, say)
        code = chosen.value.removeprefix(GUESS)
        if code == NONE:
            return ask(ChooseGroup(self.kind), say)
        return start(code, say, prefilled=_story(say.district.services[code], self.said))

    def before(self) -> State | None:
        return ChooseGroup(self.kind)


def wish(text: str, say: Say, kind: str = "") -> State | None:
    """Return the question which service a sentence is about, or None where we have no idea."""
    found = [code for code in guess(text, say.district) if not kind or _is(code, kind, say)]
    if not found:
        return None
    codes = tuple(found[:GUESSES])
    secret = any(say.district.services[code].safe_path for code in codes)
    return DidYouMean(kind, codes, "" if secret else clean(text)[: AskStory.longest])


def _understood(state: State, text: str, kind: str, say: Say) -> Turn:
    """Offer what the citizen's own words may be about, of every kind rather than nothing."""
    guessed = wish(text, say, kind) or wish(text, say)
    return ask(guessed, say) if guessed else again(state, say, "form.choose_unclear")


def _story(service: Service, said: str) -> tuple[Answered, ...]:
    """Return *said* as the answer to the service's first story, where it is long enough."""
    fields = (field for field in service.fields if field.kind is FieldKind.STORY)
    field = next(fields, None)
    if field is None or len(said) < TELLING:
        return ()
    return (Answered(field.key, said, hidden(said)),)


def _groups(kind: str, say: Say) -> tuple[Group, ...]:
    used = {service.group for service in _offered(kind, say)}
    return tuple(group for group in say.district.groups if group.id in used)


def _offered(kind: str, say: Say) -> list[Service]:
    services = say.district.services.values()
    return [s for s in services if s.listed and (not kind or _is(s.code, kind, say))]


def _is(code: str, kind: str, say: Say) -> bool:
    """Say whether a service belongs under *kind*; information stands with the needs."""
    own = say.district.services[code].kind
    return own == kind or (own == INFORMATION and kind == "need")


def _choice(prefix: str, service: Service, say: Say) -> Choice:
    return Choice(prefix + service.code, service.label.in_language(say.language))


def _described(service: Service, say: Say) -> str:
    language = say.language
    return f"{service.label.in_language(language)}: {service.description.in_language(language)}"
