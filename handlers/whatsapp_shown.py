"""A reply as people see it in WhatsApp, for terminals: one text for each message."""

from collections.abc import Iterator

import msgspec
from msgspec import Struct, field

from conversations.messages import Reply
from handlers.whatsapp_render import LIST_LABEL, render


class Body(Struct, frozen=True):
    """What a message says."""

    body: str = ""
    text: str = ""


class Label(Struct, frozen=True):
    """What a button or row is called."""

    title: str = ""


class Button(Struct, frozen=True):
    """A button under a message."""

    reply: Label = Label()


class Section(Struct, frozen=True):
    """Rows of a list."""

    rows: tuple[Label, ...] = ()


class Action(Struct, frozen=True):
    """What can be tapped."""

    buttons: tuple[Button, ...] = ()
    opens: str = field(name="button", default="")
    sections: tuple[Section, ...] = ()
    name: str = ""


class Interactive(Struct, frozen=True):
    """A message with something to tap."""

    body: Body = Body()
    action: Action = Action()


class Message(Struct, frozen=True):
    """A message of ours."""

    text: Body = Body()
    interactive: Interactive | None = None


_message = msgspec.json.Decoder(Message)


def messages(reply: Reply, list_label: str = LIST_LABEL) -> Iterator[str]:
    """Yield the messages of *reply*, what can be tapped in brackets beneath."""
    for body in render(reply, list_label):
        message = _message.decode(b"{" + body)
        if message.interactive is None:
            yield message.text.body
        else:
            said, action = message.interactive.body.text, message.interactive.action
            yield "\n".join((said, *_taps(action)))


def _taps(action: Action) -> Iterator[str]:
    if action.name:
        yield "  [\N{ROUND PUSHPIN}]"
    for button in action.buttons:
        yield f"  [{button.reply.title}]"
    if action.opens:
        yield f"  [{action.opens}]"
    for section in action.sections:
        yield from (f"    ( ) {row.title}" for row in section.rows)
