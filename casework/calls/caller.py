"""Who is on the telephone, and who has answered it."""

from datetime import datetime
from typing import Self

import phonenumbers
from msgspec import Struct

from casework.staff.person import Staff
from conversations.messages import Address, Channel
from conversations.say import Say
from handlers.sms_number import TEXTING, e164
from storage.upkeep.erasing import NOBODY


class Caller(Struct, frozen=True):
    """A telephone, by its *number* in E.164; empty where it is withheld. Prints masked."""

    number: str = ""

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the telephone that *text* names, None where it names none that can be."""
        if not text.strip():
            return cls()
        number = e164(text)
        return None if number is None else cls(number)

    @property
    def address(self) -> Address:
        """Where text messages to it go; nobody's where it is withheld."""
        return Address(Channel.SMS, self.number) if self.number else NOBODY

    @property
    def texts(self) -> bool:
        """Whether it can be sent text messages, as far as its number tells."""
        if not self.number:
            return False
        return phonenumbers.number_type(phonenumbers.parse(self.number)) in TEXTING

    @property
    def shown(self) -> str:
        """The number as people here write it."""
        if not self.number:
            return ""
        number = phonenumbers.parse(self.number)
        home = phonenumbers.region_code_for_number(number) == "ID"
        national, abroad = (
            phonenumbers.PhoneNumberFormat.NATIONAL,
            phonenumbers.PhoneNumberFormat.INTERNATIONAL,
        )
        return phonenumbers.format_number(number, national if home else abroad)

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
