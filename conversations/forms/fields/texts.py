"""Answers in the citizen's own words: a name, a few words, a story."""

import re
from typing import ClassVar

from conversations.forms.fields.asked import Asked, Asking, Outcome, Unclear
from conversations.hearing.agreeing import agreement
from conversations.hearing.answer_words import read
from conversations.hearing.choices import is_number
from conversations.hearing.cleaning import clean
from conversations.hearing.unknown import unsaid
from conversations.messages import Inbound
from registry_client.masking import hidden

_INTRODUCTION = re.compile(
    r"^(?:nama(?:nya)?(?: lengkap)?(?: (?:anak|ibu|bapak|suami|istri|mertua|kakek|nenek))?"
    r"(?: (?:saya|sy|kami|ku))?|saya|sy|my name is|i am)\b(?: adalah)?[\s:,.]*",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")
_STORY_LETTERS = 5


class AskName(Asking, frozen=True, tag="name"):
    """Asks for somebody's name."""

    example = "form.name_example"
    free = True
    longest: ClassVar[int] = 80

    def read(self, asked: Asked, message: Inbound) -> Outcome:
        name = _INTRODUCTION.sub("", one_line(message.text)).strip(" .,:")
        letters = sum(letter.isalpha() for letter in name)
        if unsaid(name):
            return Unclear("form.not_known")
        digits = any(letter.isdigit() for letter in name) or picks(message.text)
        if letters < 2 or digits or len(name) > self.longest:  # noqa: PLR2004 - the shortest name, "Al"
            return Unclear("form.name_unclear")
        return asked.got(name, name)


class AskWords(Asking, frozen=True, tag="words"):
    """Asks for a few words."""

    example = "form.words_example"
    free = True
    longest: ClassVar[int] = 300

    def takes_one(self, asked: Asked) -> bool:
        """Say so of a class or a floor, which a number names; not where it tells nothing."""
        return asked.field.minimum <= 1 and not asked.field.lettered

    def read(self, asked: Asked, message: Inbound) -> Outcome:
        words = one_line(message.text)
        if not any(letter.isalnum() for letter in words) or agreement(words):
            return Unclear("form.words_unclear")
        if unsaid(words):
            return Unclear("form.not_known")
        if sum(letter.isdigit() for letter in words) < asked.field.minimum:
            return Unclear("form.number_none")
        if asked.field.lettered and words.isdigit():
            return Unclear("form.words_bare")
        if len(words) > self.longest:
            return Unclear("form.words_long", {"most": self.longest})
        return asked.got(words, hidden(words))


class AskStory(Asking, frozen=True, tag="story"):
    """Asks what happened, or what is needed, as freely as the citizen likes."""

    example = "form.story_example"
    free = True
    tells = True
    shortest: ClassVar[int] = 10
    longest: ClassVar[int] = 4000

    def read(self, asked: Asked, message: Inbound) -> Outcome:
        story = clean(message.text).strip()[: self.longest]
        letters = sum(letter.isalpha() for letter in story)
        if len(story) < self.shortest or letters < _STORY_LETTERS:
            return Unclear("form.story_short")
        return asked.got(story, hidden(story))


def picks(text: str) -> bool:
    """Say whether *text* is a yes, a no, SUDAH or the number of a choice, which none asked for."""
    wanted = read(text)
    told = wanted is not None and not wanted.says_why
    return told or agreement(text) is not None or is_number(text)


def one_line(text: str) -> str:
    """Return *text* clean and on one line."""
    return _SPACE.sub(" ", clean(text)).strip()
