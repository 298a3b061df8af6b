"""Plays a transcript on another channel: the same people say the same there.

What is asked of the registry or the store may differ there, for by SMS less is asked: each
question gets the transcript's answers to its kind, one after another, and then the last again.
Who has only SMS types the number of what others tap, and sends neither photos nor places.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from conversations.joining import together
from conversations.messages import Channel, Inbound, Reply
from conversations.records.linked import FindLink, LinkFound
from conversations.records.parties import ConsentsFound, FindConsents
from conversations.records.sightings import AboutMeFound
from conversations.turn import (
    AboutMe,
    AskLater,
    Event,
    LookUp,
    Question,
    RegistryAnswered,
    Said,
    TicketsFound,
)
from registry_client.answers import Pending, Unavailable
from tests.conversations import limits
from tests.conversations.player import WRITTEN, Stage
from tests.conversations.town import VOICES

Happening = Event | str  # a line that sets the stage
KINDS: dict[type, type[Event]] = {
    LookUp: RegistryAnswered,
    AboutMe: AboutMeFound,
    FindConsents: ConsentsFound,
    FindLink: LinkFound,
}


class Recorded(Stage):
    """A transcript played as it stands; what happens in it is kept."""

    def __init__(self, text: str) -> None:
        super().__init__([line for line in text.splitlines() if line.startswith(WRITTEN)])
        self.happened: list[Happening] = []
        list(self.play())

    def _set(self, what: str) -> None:
        self.happened.append(what)
        super()._set(what)

    def _step(self, event: Event, before: tuple[Reply, ...] = ()) -> Iterator[str]:
        self.happened.append(event)
        yield from super()._step(event, before)


class Elsewhere(Stage):
    """The people of a transcript on *channel*."""

    def __init__(self, text: str, channel: Channel) -> None:
        super().__init__([])
        self.channel = channel
        self.happened = Recorded(text).happened
        self.answers = [event for event in self.happened if not isinstance(event, str | Said)]
        self.last = Reply("")
        self._set(channel)

    def replies(self) -> Iterator[Reply]:
        """Yield what is said there; each is checked against every channel's limits."""
        for event in self.happened:
            match event:
                case str():
                    self._set(self.channel if event in set(Channel) else event)
                case Said(message):
                    yield from self._told(replace(event, message=self._sent(message)))
                case RegistryAnswered(answer, question) if not isinstance(answer, Pending):
                    yield from self._answered(event, question)

    def _sent(self, message: Inbound) -> Inbound:
        """Return *message* as it would be sent here."""
        message = replace(message, sender=self.sender)
        if self.channel is Channel.SMS:
            typed = {choice.value: str(number) for number, choice in self.last.numbered}
            text = typed.get(message.picked or "", message.text)
            message = replace(message, picked=None, text=text, attachments=(), place=None)
        self.wrote += message.text
        return message

    def _answered(self, answer: Event, question: LookUp | None) -> Iterator[Reply]:
        if question in self.slow:
            self.slow.remove(question)
            yield from self._told(answer)

    def _told(self, event: Event, before: tuple[Reply, ...] = ()) -> Iterator[Reply]:
        self.session, turn = self.session.step(event, VOICES)
        self._store()
        replies = together(before, turn.replies)
        for self.last in () if turn.question else replies:
            limits.check(self.last, self.wrote)
            yield self.last
        self.slow += (r.question for r in turn.records if isinstance(r, AskLater))
        if turn.question:
            yield from self._told(self._answer(turn.question), replies)

    def _answer(self, question: Question) -> Event:
        """Return the transcript's next answer of the kind that *question* wants."""
        kind = KINDS.get(type(question), TicketsFound)
        found = [event for event in self.answers if isinstance(event, kind)]
        if len(found) > 1:
            self.answers.remove(found[0])
        match found:
            case (RegistryAnswered() as event, *_):
                return replace(event, question=question)
            case (ConsentsFound() as event, *_):
                return replace(event, asked=question)
            case (event, *_):
                return event
            case _:
                return _nothing(question)


def _nothing(question: Question) -> Event:
    """Return that nothing is known, to a *question* that the transcript never asks."""
    match question:
        case LookUp():
            return RegistryAnswered(Unavailable(), question)
        case FindConsents():
            return ConsentsFound((), question)
        case FindLink():
            return LinkFound()
        case _:
            return TicketsFound(())
