"""The summary's other way out: filed for somebody else, who must agree before any office has it.

Where a life is at stake nobody is waited for: it goes at once, and only the relation is asked.
"""

import re

from msgspec.structs import replace

from conversations.again import again
from conversations.forms.fields.choosing import choose
from conversations.forms.filing import filed
from conversations.forms.held import Held
from conversations.forms.skipping import wants_to_skip
from conversations.hearing.choices import pick
from conversations.hearing.words import plain
from conversations.menu import Menu
from conversations.messages import Attachment, Choice, Reply
from conversations.phones import is_texted, number_typed
from conversations.records.parties import Another, Method, Relation
from conversations.say import Say
from conversations.turn import Draft, Said, Turn, ask
from referrals.district.directory import Priority, Service

LONGEST = 120  # letters of the witness's name and office
FEWEST = 2  # words: a name and an office
SKIP = "another.paper:skip"
FOR = re.compile(
    r"\b(?:untuk|utk|buat|bwt|for)\s+"
    r"(?!saya\b|sy\b|aku\b|ak\b|kami\b|diri\b|sendiri\b|me\b|myself\b|us\b"
    r"|anak (?:saya|sy|aku|kami|kandung)\b|anakku\b|my (?:child|son|daughter)\b)[a-z]"
    r"|\batas nama\b|\bmewakili\b|\bon behalf of\b"
)


def offered(service: Service) -> bool:
    """Say whether *service* can be asked for in another's name: not where others are reported."""
    return not (service.safe_path or service.confidential or service.confirm_twice)


def for_another(text: str) -> bool:
    """Say whether *text* tells that the form is somebody else's: "untuk ibu saya".

    For their child a parent agrees as for themself (UU 27/2022, article 25).
    """
    return FOR.search(plain(text)) is not None


class AskReach(Held, frozen=True, tag="another.reach"):
    """We asked for the number of the person it is for, if they have a telephone."""

    relation: Relation

    def prompt(self, say: Say) -> Reply:
        return Reply(
            say("another.ask_phone"), (Choice("another.reach:none", say("another.none")),)
        )

    def heard(self, said: Said, say: Say) -> Turn:
        message = said.message
        if message.picked or not (number := number_typed(message.text)):
            if choose(self.prompt(say).choices, message):
                return ask(AskWitness(self.draft, self.relation), say)
            return again(self, say, "form.phone_unclear")
        if message.own_number == number:
            return again(self, say, "another.own_phone")
        if not is_texted(number, say.district.sms.countries):
            return again(self, say, "another.not_texted")
        another = Another(self.relation, Method.REPLY, number)
        return sent(self.draft, another, said, say)

    def hint(self, say: Say) -> str:
        return say("form.phone_example")


class AskWitness(Held, frozen=True, tag="another.witness"):
    """We asked who saw the person agree."""

    relation: Relation

    def prompt(self, say: Say) -> Reply:
        return Reply(say("another.ask_witness"))

    def heard(self, said: Said, say: Say) -> Turn:
        witness = witness_in(said.message.text)
        if witness is None:
            return again(self, say, "another.witness_unclear")
        return ask(AskHow(self.draft, self.relation, witness), say)


class AskHow(Held, frozen=True, tag="another.how"):
    """We asked how the person agreed before the witness."""

    relation: Relation
    witness: str

    def prompt(self, say: Say) -> Reply:
        ways = ("spoken", "thumb", "letter")
        choices = tuple(Choice(f"another.how:{way}", say(f"another.{way}")) for way in ways)
        return Reply(say("another.ask_how"), choices)

    def heard(self, said: Said, say: Say) -> Turn:
        """Take a photo of the paper at once where it comes along."""
        picked = pick(self.prompt(say).choices, said.message)
        if picked is None:
            return again(self, say, "form.choice_unclear")
        method = Method(f"witness_{picked.value.removeprefix('another.how:')}")
        another = Another(self.relation, method, witness=self.witness)
        if method is Method.SPOKEN or said.message.attachments:
            return sent(self.draft, _with(another, said.message.attachments), said, say)
        return ask(AskPaper(self.draft, another), say)


class AskPaper(Held, frozen=True, tag="another.paper"):
    """We asked for a photo of the thumb print or the letter; it may be left out."""

    another: Another

    def prompt(self, say: Say) -> Reply:
        return Reply(say("another.ask_paper"), (Choice(SKIP, say("form.skip")),))

    def heard(self, said: Said, say: Say) -> Turn:
        message = said.message
        skips = pick(self.prompt(say).choices, message) or wants_to_skip(message)
        if not (message.attachments or skips):
            return again(self, say, "form.photo_wanted")
        return sent(self.draft, _with(self.another, message.attachments), said, say)


STATES = (AskReach, AskWitness, AskHow, AskPaper)


def witness_in(text: str) -> str | None:
    """Return the witness that *text* names with their office, or None."""
    witness = " ".join(text.split())
    named = len(plain(witness).split()) >= FEWEST and len(witness) <= LONGEST
    return witness if named else None


def agreement(draft: Draft, relation: Relation, said: Said, say: Say) -> Turn:
    """Ask how the person agrees; where a life is at stake nobody is waited for."""
    if draft.priority is Priority.P1:
        return sent(draft, Another(relation, Method.VITAL), said, say)
    return ask(AskReach(draft, relation), say)


def sent(draft: Draft, another: Another, said: Said, say: Say) -> Turn:
    """File *draft* in another's name."""
    if draft.service not in say.district.services:
        return ask(Menu(), say, say("form.changed"))
    return filed(Menu(), draft, said, say, another)


def _with(another: Another, photos: tuple[Attachment, ...]) -> Another:
    return replace(another, attachments=photos)
