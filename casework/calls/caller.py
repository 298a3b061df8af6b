"""Who is on the telephone, and who has answered it."""

from datetime import datetime
from typing import Self

from msgspec import Struct

from casework.staff.person import Staff
from conversations.messages import Address, Channel
from conversations.phones import is_mobile, number_copied, shown
from conversations.say import Say
from storage.upkeep.erasing import NOBODY


class Caller(Struct, frozen=True):
    """A telephone, by its *number* in E.164; empty where it is withheld. Prints masked."""

    number: str = ""

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the telephone that *text* names, None where it names none that can be."""
        if not text.strip():
            return cls()
        number = number_copied(text)
        return None if number is None else cls(number)

    @property
    def address(self) -> Address:
        """Where text messages to it go; nobody's where it is withheld."""
        return Address(Channel.SMS, self.number) if self.number else NOBODY

    @property
    def texts(self) -> bool:
        """Whether it can be sent text messages, as far as its number tells."""
        return is_mobile(self.number)

    @property
    def shown(self) -> str:
        """The number as people here write it."""
        return shown(self.number)

    def __repr__(self) -> str:
        return "Caller(…)"


class Call(Struct, frozen=True):
    """Somebody of the console at work for a citizen: who, for which telephone, when.

    *say* is the voice in which the citizen is spoken to.
    """

    staff: Staff
    caller: Caller
    at: datetime
    say: Say
