"""Templates: what may be written to somebody who has not written to us for a day.

Meta approves each by name and language before it can be used; a district's whatsapp.yaml declares
them. Rules: Meta, message templates (as of May 2026).
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

import msgspec
from msgspec import Struct

from handlers.long_text import utf16_units

BODY_LIMIT = 1024  # UTF-16 units, parameters included
LABEL_LIMIT = 20  # of a button; Meta takes 25, our other buttons have 20
NAME: Final = re.compile(r"[a-z0-9_]{1,64}")  # Meta takes up to 512 characters
HOLE: Final = re.compile(r"\{\{([^{}]*)\}\}")
SPACE: Final = re.compile(r"\s+")  # a parameter has no line break and no four spaces in a row
ROOM = 200  # UTF-16 units that a body must leave for the news, or it says too little
CUT: Final = "..."
LANGUAGES: Final = ("id", "en")


class Part(StrEnum):
    """What stands in a hole of a template."""

    CODE = "code"  # of the ticket that the news is about
    NEWS = "news"  # what we would have written, in one line


class Spelt(Struct, frozen=True, kw_only=True):
    """A template in one language, word for word as Meta approved it."""

    language: str
    body: str  # {{1}}, {{2}} … are *parameters* of the template, in their order
    buttons: tuple[str, ...] = ()  # labels of its quick replies


class Template(Struct, frozen=True, kw_only=True):
    """A template: what fills its holes, and what its buttons mean."""

    name: str
    parameters: tuple[Part, ...]
    buttons: tuple[str, ...] = ()  # values of the choices they stand for; {code} is the ticket's
    only: str = ""  # begins the value of a choice that the news must offer: {choice} in a button
    texts: tuple[Spelt, ...]

    @property
    def about_ticket(self) -> bool:
        """Whether it can only be sent where the news is about a ticket."""
        return Part.CODE in self.parameters or any("{code}" in value for value in self.buttons)


class News(Struct, frozen=True):
    """What is to be told; *code* is the ticket's, empty where there is none."""

    text: str
    code: str = ""
    language: str = LANGUAGES[0]
    choices: tuple[str, ...] = ()  # values of what it offers

    def choice(self, begins: str) -> str:
        """Return the first of its choices that *begins* so, "" where none does."""
        return next((value for value in self.choices if value.startswith(begins)), "")


def fitting(templates: tuple[Template, ...], news: News) -> bytes | None:
    """Return the message that tells *news* by the first template that can; None without one.

    One that is *only* for news that offer a certain choice goes before all others.
    """
    for template in sorted(templates, key=lambda template: not template.only):
        spelt = _in_language(template, news.language)
        if spelt is not None and _fits(template, news):
            return _message(template, spelt, news)
    return None


def _fits(template: Template, news: News) -> bool:
    if template.only:
        return bool(news.choice(template.only))
    return bool(news.code) or not template.about_ticket


def _in_language(template: Template, language: str) -> Spelt | None:
    """Return the text in *language*, else the first there is."""
    found = (text for text in template.texts if text.language == language)
    return next(found, next(iter(template.texts), None))


def _message(template: Template, spelt: Spelt, news: News) -> bytes:
    components: list[Mapping[str, object]] = []
    if template.parameters:
        filled = [{"type": "text", "text": text} for text in _filled(template, spelt, news)]
        components.append({"type": "body", "parameters": filled})
    for at, value in enumerate(template.buttons):
        said = value.replace("{code}", news.code).replace("{choice}", news.choice(template.only))
        payload = {"type": "payload", "payload": said}
        components.append({
            "type": "button", "sub_type": "quick_reply", "index": str(at), "parameters": [payload],
        })  # fmt: skip
    whole = {"name": template.name, "language": {"code": spelt.language}, "components": components}
    return b'"type":"template","template":%b}' % msgspec.json.encode(whole)


def _filled(template: Template, spelt: Spelt, news: News) -> Iterator[str]:
    """Yield what fills each hole; the news are cut where the whole would be too long."""
    fixed = utf16_units(HOLE.sub("", spelt.body)) + len(news.code) * len(template.parameters)
    for part in template.parameters:
        yield news.code if part is Part.CODE else one_line(news.text, BODY_LIMIT - fixed)


def one_line(text: str, limit: int) -> str:
    """Return *text* in one line of at most *limit* UTF-16 units, cut between two words."""
    line = SPACE.sub(" ", text).strip()
    if utf16_units(line) <= limit:
        return line
    words = line.split(" ")
    while len(words) > 1 and utf16_units(" ".join(words)) + len(CUT) > limit:
        words.pop()
    return " ".join(words)[: limit - len(CUT)] + CUT


def faults(template: Template) -> Iterator[str]:
    """Yield what Meta, or a citizen, would not take about *template*."""
    if not NAME.fullmatch(template.name):
        yield "name: at most 64 small letters, digits and _"
    for language in LANGUAGES:
        if language not in {text.language for text in template.texts}:
            yield f"texts: none in '{language}'"
    for text in template.texts:
        yield from (f"{text.language}: {fault}" for fault in _text_faults(template, text))


def _text_faults(template: Template, text: Spelt) -> Iterator[str]:
    holes = HOLE.findall(text.body)
    if holes != [str(number) for number in range(1, len(template.parameters) + 1)]:
        yield f"the body must hold {{{{1}}}} to {{{{{len(template.parameters)}}}}}, once, in order"
    if HOLE.match(text.body) or text.body.endswith("}}"):
        yield "the body must not begin or end with a hole"
    if utf16_units(text.body) > BODY_LIMIT - ROOM:
        yield f"the body is too long: {BODY_LIMIT - ROOM} characters leave room for the news"
    if len(text.buttons) != len(template.buttons):
        yield f"it has {len(text.buttons)} buttons, the template {len(template.buttons)}"
    for label in text.buttons:
        if not 0 < len(label) <= LABEL_LIMIT:
            yield f"a button's label must have 1 to {LABEL_LIMIT} characters"
