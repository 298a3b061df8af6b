"""What must be true of whom we answer by SMS, and of how much it may cost."""

from bot.district.findings import Notes
from conversations.phones import is_calling_code
from referrals.district.directory import Texting

BOUNDS = (
    ("a_day", range(20, 2001), "must be from 20 to 2000 segments"),
    ("an_hour", range(20, 1_000_001), "must be from 20 to 1000000 segments"),
)


def check_sms(sms: Texting, notes: Notes) -> None:
    """Note countries that are none, satellites among them, and bounds that bound nothing."""
    for at, code in enumerate(sms.countries):
        if not is_calling_code(code):
            notes.at(("district", "sms", "countries", at), 'no calling code, such as "60"')
    for key, span, problem in BOUNDS:
        if getattr(sms, key) not in span:
            notes.at(("district", "sms", key), problem)
