"""A text of a district's rows, in every language we speak."""

from msgspec import Struct


class Words(Struct, frozen=True):
    """A text in every language we speak; *brief* says it where each message is paid for."""

    id: str
    en: str
    brief: "Words | None" = None

    def in_language(self, language: str) -> str:
        """Return the text in *language*, Indonesian where we do not speak it."""
        return self.en if language == "en" else self.id
