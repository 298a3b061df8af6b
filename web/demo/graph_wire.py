"""What our sender posts to the Graph API, held to Meta's limits, as the telephone shows it."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct, field

from handlers.long_text import utf16_units
from handlers.whatsapp_templates import Template
from web.demo.phones import Pick, Wa

MOST_BUTTONS, BUTTON, MOST_ROWS, ROW, BODY, TEXT = 3, 20, 10, 24, 1024, 4096
HOLE = re.compile(r"\{\{(\d+)\}\}")


class Refused(Exception):  # noqa: N818 - as Meta says it
    """Meta does not take the message; *code* is its number of the error."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code = code


class Body(Struct, frozen=True):
    """Words."""

    body: str = ""
    text: str = ""


class Title(Struct, frozen=True):
    """A button's or row's value and label."""

    id: str = ""
    title: str = ""


class Button(Struct, frozen=True):
    """A button under a message."""

    reply: Title = Title()


class Section(Struct, frozen=True):
    """Rows of a list."""

    rows: tuple[Title, ...] = ()


class Action(Struct, frozen=True):
    """What can be tapped."""

    buttons: tuple[Button, ...] = ()
    opens: str = field(name="button", default="")
    sections: tuple[Section, ...] = ()
    name: str = ""  # send_location, where a place is asked for

    @property
    def rows(self) -> tuple[Title, ...]:
        """The rows of all sections."""
        return tuple(row for section in self.sections for row in section.rows)


class Interactive(Struct, frozen=True):
    """A message with something to tap."""

    body: Body = Body()
    action: Action = Action()


class Language(Struct, frozen=True):
    """A template's language."""

    code: str = ""


class Component(Struct, frozen=True):
    """What fills a part of a template."""

    type: str = ""
    parameters: tuple[Mapping[str, str], ...] = ()


class Filled(Struct, frozen=True):
    """A template and what stands in its holes."""

    name: str = ""
    language: Language = Language()
    components: tuple[Component, ...] = ()

    def values(self, kind: str) -> Sequence[str]:
        """Return what fills its parts of *kind*, "body" or "button"."""
        mine = (one for one in self.components if one.type == kind)
        return [p.get("text") or p.get("payload", "") for one in mine for p in one.parameters]


class File(Struct, frozen=True):
    """A picture or document of ours, by its media id."""

    id: str = ""
    filename: str = ""


class Sending(Struct, frozen=True):
    """A message of ours (Cloud API, messages)."""

    to: str = ""
    type: str = "text"
    named: str = field(name="biz_opaque_callback_data", default="")
    text: Body = Body()
    interactive: Interactive = Interactive()
    template: Filled = Filled()
    image: File | None = None
    document: File | None = None


def check(sending: Sending) -> None:
    """Raise Refused for what Meta would not take."""
    action = sending.interactive.action
    titles = [one.reply.title for one in action.buttons]
    fits = (
        utf16_units(sending.text.body) <= TEXT
        and utf16_units(sending.interactive.body.text) <= BODY
        and len(titles) <= MOST_BUTTONS
        and len(action.rows) <= MOST_ROWS
        and all(0 < utf16_units(title) <= BUTTON for title in titles)
        and all(0 < utf16_units(row.title) <= ROW for row in action.rows)
        and len(set(titles)) == len(titles)
    )
    if not fits:
        raise Refused(131009, "parameter value is not valid")


def happening(
    sending: Sending, templates: Sequence[Template], citizen: int, number: int, now: datetime
) -> Wa:
    """Return *sending* as the telephone of *citizen* shows it. Raises Refused."""
    action, file = sending.interactive.action, sending.image or sending.document
    text = sending.text.body or sending.interactive.body.text
    quick: tuple[Pick, ...] = ()
    if sending.type == "template":
        text, quick = _template(sending.template, templates)
    return Wa(
        citizen=citizen,
        message=number,
        at=now.timestamp(),
        mine=False,
        text=text or (file.filename if file else ""),
        shape="photo" if sending.image else "document" if sending.document else "text",
        buttons=tuple(Pick(one.reply.id, one.reply.title) for one in action.buttons) or quick,
        opens=action.opens,
        rows=tuple(Pick(row.id, row.title) for row in action.rows),
        place=bool(action.name),
        template=sending.type == "template",
        picture=f"/simulator/whatsapp/pictures/{file.id}" if file else "",
    )


def _template(filled: Filled, templates: Sequence[Template]) -> tuple[str, tuple[Pick, ...]]:
    """Return the words and buttons of a template that Meta approved, its holes filled."""
    named = (filled.name, filled.language.code)
    known = {(one.name, spelt.language): spelt for one in templates for spelt in one.texts}
    if (spelt := known.get(named)) is None:
        raise Refused(132001, "template does not exist")
    holes = filled.values("body")
    text = HOLE.sub(lambda hole: holes[int(hole[1]) - 1], spelt.body)
    picks = zip(filled.values("button"), spelt.buttons, strict=False)
    return text, tuple(Pick(value, label) for value, label in picks)
