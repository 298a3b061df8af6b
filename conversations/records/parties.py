"""Somebody files for somebody else: what they are to each other, and how the other one agrees."""

import hmac
from datetime import date
from enum import StrEnum

from msgspec import Struct

from conversations.messages import Attachment, Inbound
from referrals.events import BY_REPLY
from referrals.ticket import Ticket


class Relation(StrEnum):
    """What whoever files is to the person it is for."""

    HOUSEHOLD = "household"
    NEIGHBOUR = "neighbour"
    OFFICER = "officer"


class Method(StrEnum):
    """How the person agrees, as the log keeps it."""

    REPLY = BY_REPLY  # they answer our text message
    SPOKEN = "witness_spoken"
    THUMB = "witness_thumb"
    LETTER = "witness_letter"
    VITAL = "vital"  # nobody is waited for where lives are at stake


class Another(Struct, frozen=True, gc=False):
    """A form is filed for somebody else: by whom, and how that person agrees to it."""

    relation: Relation
    method: Method
    phone: str = ""  # E.164, of the person it is for
    witness: str = ""  # name and office of who saw them agree
    attachments: tuple[Attachment, ...] = ()  # of the thumb print or the letter

    @property
    def asked(self) -> bool:
        """Whether nothing goes on before the person answers."""
        return self.method is Method.REPLY

    def __repr__(self) -> str:
        return f"Another({self.relation.value}, {self.method.value})"


class FindConsents(Struct, frozen=True, tag="find_consents"):
    """Ask which tickets, filed by others, wait for the consent of who wrote *message*.

    It said YA or TIDAK, or, as the first thing ever, neither: then *agrees* is None. A *code*
    means that ticket only. *token* is its turn's chance. *number* is the one beside the word.
    """

    agrees: bool | None
    code: str
    message: Inbound
    token: str
    number: str = ""

    @property
    def is_vouched(self) -> bool:
        """Whether its sender is who it says; else only who owns the telephone read the number."""
        return self.message.sender.channel.traits.vouches

    @property
    def subject(self) -> str:
        """What a *number* is counted on that has to be right; empty where none has."""
        answers = self.agrees is not None and not self.is_vouched
        return f"consent {self.message.sender.id}" if answers and self.number else ""

    def names(self, number: str) -> bool:
        """Tell whether *number* is the one beside the word, in constant time."""
        return hmac.compare_digest(number.encode(), self.number.encode())

    def __repr__(self) -> str:
        return f"FindConsents({self.code})"


class Waiting(Struct, frozen=True):
    """A *ticket* that waits for somebody's consent, and the *number* that only they were told."""

    ticket: Ticket
    number: str

    def __repr__(self) -> str:
        return f"Waiting({self.ticket.code})"


class ConsentsFound(Struct, frozen=True):
    """The tickets that wait for the consent of who answered.

    *relation* is who filed it, told only of one that is to be asked about once more. *until* is
    from when on a number is looked at again, after too many wrong ones.
    """

    waiting: tuple[Waiting, ...]
    asked: FindConsents
    relation: Relation | None = None
    until: date | None = None

    @property
    def meant(self) -> tuple[Waiting, ...]:
        """Those whose number was named; all of them where none was."""
        named = tuple(one for one in self.waiting if self.asked.names(one.number))
        return named or self.waiting

    @property
    def vouched(self) -> bool:
        """Whether an answer counts: a chat says who gave it, in a text one of the numbers does."""
        return self.asked.is_vouched or any(self.asked.names(one.number) for one in self.waiting)

    @property
    def misnumbered(self) -> bool:
        """Whether a number was given that is none of theirs."""
        return bool(self.asked.subject and self.waiting) and not self.vouched
