"""A telephone number, kept as E.164."""

from collections.abc import Collection

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from conversations.forms.fields.asked import Asked, Asking, Outcome, Unclear
from conversations.hearing.spelling import words_of
from conversations.messages import Inbound, Reply
from conversations.turn import Answered

MOBILES = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
HOME = "ID"  # whose numbers are written without a country code
HOME_CODE = 62
SAME = frozenset({"sama", "same", "ini", "this"})


class AskPhone(Asking, frozen=True, tag="phone"):
    """Asks for a number to call; SAMA means the one the citizen writes from."""

    example = "form.phone_example"
    takes_digits = True

    def question(self, asked: Asked) -> Reply:
        label, same = asked.say("form.send_phone"), asked.say("form.phone_same")
        return Reply(asked.text, ask_phone=True, phone_label=label, phone_same=same)

    def read(self, asked: Asked, message: Inbound) -> Outcome:
        if number := _given(message.phone or "") or _typed(message.text):
            return _answered(asked, number)
        if not SAME & set(words_of(message.text)):
            return Unclear("form.phone_unclear")
        own = _given(message.own_number or "")
        return _answered(asked, own) if own else Unclear("form.phone_not_seen")


def e164(text: str) -> str | None:
    """Return the first valid number in *text* as E.164, or None."""
    number = _typed(text)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if number else None


def is_texted(number: str, countries: Collection[str] = ()) -> bool:
    """Say whether *number*, in E.164, is one that anybody can have us text.

    It is a mobile one of Indonesia, or of *countries*, by their calling codes. Texts to others,
    of satellites or of services cost many times as much, and some earn by having them sent.
    """
    try:
        parsed = phonenumbers.parse(number)
    except NumberParseException:
        return False
    ours = parsed.country_code == HOME_CODE or str(parsed.country_code) in countries
    return ours and phonenumbers.number_type(parsed) in MOBILES


def _typed(text: str) -> PhoneNumber | None:
    """Return the first valid number in *text*, also inside a sentence."""
    matches = phonenumbers.PhoneNumberMatcher(text, HOME)
    return next((match.number for match in matches), None)


def _given(number: str) -> PhoneNumber | None:
    """Return a number that the channel vouches for, valid to our table of numbers or not."""
    try:
        return phonenumbers.parse(number, HOME)
    except NumberParseException:
        return None


def _answered(asked: Asked, number: PhoneNumber) -> Answered:
    home = phonenumbers.is_valid_number_for_region(number, HOME)
    shown = PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
    return asked.got(
        phonenumbers.format_number(number, PhoneNumberFormat.E164),
        phonenumbers.format_number(number, shown),
    )
