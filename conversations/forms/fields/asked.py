"""What a question of a form knows when it is asked, and what its answer can lead to."""

from collections.abc import Mapping
from typing import ClassVar

from msgspec import Struct

from conversations.messages import Attachment, Choice, Inbound, Place, Reply
from conversations.say import Say
from conversations.turn import Answered, Draft
from referrals.district.directory import Field, Service
from referrals.district.words import Words


class Asked(Struct, frozen=True):
    """One field of one service's form, asked of a citizen who has answered others before."""

    service: Service
    field: Field
    draft: Draft
    say: Say

    def words(self, words: Words) -> str:
        """Return the row's *words* in the citizen's language."""
        return words.in_language(self.say.language)

    @property
    def text(self) -> str:
        """The question, as the row puts it to whoever files for themself, or for another."""
        another = self.field.ask_other if self.draft.relation else None
        return self.words(another or self.field.ask)

    def value(self, name: str) -> str:
        """Return the value of choice *name*, told apart from every other question's."""
        return f"fill.{self.field.key}:{name}"

    def choice(self, name: str, key: str) -> Choice:
        """Return a choice of our own (not of the row), labelled by the wording *key*."""
        return Choice(self.value(name), self.say(key), stands=True)

    def got(
        self,
        value: str,
        shown: str,
        attachments: tuple[Attachment, ...] = (),
        place: Place | None = None,
    ) -> Answered:
        """Return the answer to this field."""
        return Answered(self.field.key, value, shown, attachments, place)


class Unclear(Struct, frozen=True):
    """The answer could not be read; the wording *key* says kindly what is missing."""

    key: str
    values: Mapping[str, object] = {}


class Leads(Struct, frozen=True):
    """The same field needs another question; *noted* are answers that came with this one."""

    asking: "Asking"
    before: str = ""
    noted: tuple[Answered, ...] = ()


Outcome = Answered | Unclear | Leads


class Asking(Struct, frozen=True, tag_field="how"):
    """A way to ask a field and to read its answer; knows nothing of the rest of the form."""

    example: ClassVar[str] = ""  # wording key of a hint after a second miss
    takes_photos: ClassVar[bool] = False
    takes_place: ClassVar[bool] = False
    takes_digits: ClassVar[bool] = False  # a number is asked for: who has none may say so
    skippable: ClassVar[bool] = True  # may be skipped where the row allows it
    free: ClassVar[bool] = False  # any words may answer: only a whole message is a command
    tells: ClassVar[bool] = False  # a story is told: a question within it is a part of it
    refusable: ClassVar[bool] = True  # "tidak ada" says that there is nothing to answer

    def stands(self, asked: Asked) -> bool:  # noqa: ARG002 - most questions speak of no rows
        """Say whether the rows this question speaks of are still there."""
        return True

    def takes_one(self, asked: Asked) -> bool:  # noqa: ARG002 - few questions take numbers
        """Say whether a bare "1" answers the question: it then picks no choice beneath it."""
        return False

    def question(self, asked: Asked) -> Reply:
        """Return the question."""
        return Reply(asked.text)

    def read(self, asked: Asked, message: Inbound) -> Outcome:
        """Return what *message* answers."""
        raise NotImplementedError
