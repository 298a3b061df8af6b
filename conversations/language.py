"""BAHASA: which language we speak."""

from conversations.again import again
from conversations.hearing.choices import pick
from conversations.messages import Choice, Reply
from conversations.say import LANGUAGES, Say
from conversations.turn import Door, Enter, Said, State, Turn

VALUE = "language.ask:"


class AskLanguage(State, frozen=True, tag="language.ask"):
    """We asked which language to speak."""

    def prompt(self, say: Say) -> Reply:
        choices = tuple(Choice(VALUE + code, say(f"language.{code}")) for code in LANGUAGES)
        return Reply(say("language.ask"), choices)

    def heard(self, said: Said, say: Say) -> Turn:
        picked = pick(self.prompt(say).choices, said.message)
        if picked is None:
            return again(self, say, "language.unread")
        return Turn(self, language=picked.value.removeprefix(VALUE), enter=Enter(Door.RETURN))
