"""Somebody files for somebody else: what they are to each other, and how the other one agrees."""

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
    means that ticket only. *token* is its turn's chance.
    """

    agrees: bool | None
    code: str
    message: Inbound
    token: str

    def __repr__(self) -> str:
        return f"FindConsents({self.code})"


class ConsentsFound(Struct, frozen=True):
    """The tickets that wait for the consent of who answered.

    *relation* is who filed it, told only of one that is to be asked about once more.
    """

    tickets: tuple[Ticket, ...]
    asked: FindConsents
    relation: Relation | None = None
