"""The bot's voice: a language, its wording, and the district it speaks for."""

from collections.abc import Mapping

from conversations.messages import Channel
from referrals.district.directory import District
from referrals.district.words import Words

LANGUAGES = ("id", "en")
BRIEF = "brief."  # brief.check.next is what check.next says where each message is paid for


class Say:
    """Says a wording key in one language; carries the district whose rows are spoken of.

    A *brief* voice says the same with fewer letters, for those who pay by the message.
    """

    __slots__ = ("_in_brief", "_texts", "brief", "district", "language")

    def __init__(
        self, language: str, texts: Mapping[str, str], district: District, *, brief: bool = False
    ) -> None:
        self.language = language
        self.district = district
        self.brief = brief
        self._texts = texts
        self._in_brief: Say | None = None

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of *key* with its placeholders filled; KeyError for a missing key."""
        text = self._texts[key]
        return text.format_map(values) if values else text

    def of(self, words: Words) -> str:
        """Return what *words* of the district say in this voice."""
        said = words.brief or words if self.brief else words
        return said.in_language(self.language)

    @property
    def in_brief(self) -> "Say":
        """The same voice, sparing of letters: one and the same, so that it can be cached by."""
        if self._in_brief is None:
            twins = {
                key.removeprefix(BRIEF): text
                for key, text in self._texts.items()
                if key.startswith(BRIEF)
            }
            texts = {**self._texts, **twins}
            self._in_brief = Say(self.language, texts, self.district, brief=True)
        return self._in_brief


Voices = Mapping[str, Say]  # one Say per language


def voices_on(channel: Channel, voices: Voices) -> Voices:
    """Return the voices that speak on *channel*: the brief ones where each message is paid for."""
    if not channel.traits.is_metered:
        return voices
    return {language: voice_on(channel, say) for language, say in voices.items()}


def voice_on(channel: Channel, say: Say) -> Say:
    """Return *say* as it speaks on *channel*."""
    return say.in_brief if channel.traits.is_metered else say
