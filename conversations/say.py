"""The bot's voice: a language, its wording, and the district it speaks for."""

from collections.abc import Mapping

from referrals.directory import District

LANGUAGES = ("id", "en")


class Say:
    """Says a wording key in one language; carries the district whose rows are spoken of."""

    __slots__ = ("_texts", "district", "language")

    def __init__(self, language: str, texts: Mapping[str, str], district: District) -> None:
        self.language = language
        self.district = district
        self._texts = texts

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of *key* with its placeholders filled; KeyError for a missing key."""
        text = self._texts[key]
        return text.format_map(values) if values else text


Voices = Mapping[str, Say]  # one Say per language
