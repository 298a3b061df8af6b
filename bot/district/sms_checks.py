"""What must be true of whom we answer by SMS, and of how much it may cost."""

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, REGION_CODE_FOR_NON_GEO_ENTITY

from bot.district.findings import Notes
from referrals.district.directory import Texting

BOUNDS = (
    ("a_day", range(20, 2001), "must be from 20 to 2000 segments"),
    ("an_hour", range(20, 1_000_001), "must be from 20 to 1000000 segments"),
)


def check_sms(sms: Texting, notes: Notes) -> None:
    """Note countries that are none, satellites among them, and bounds that bound nothing."""
    for at, code in enumerate(sms.countries):
        if not _is_country(code):
            notes.at(("district", "sms", "countries", at), 'no calling code, such as "60"')
    for key, span, problem in BOUNDS:
        if getattr(sms, key) not in span:
            notes.at(("district", "sms", key), problem)


def _is_country(code: str) -> bool:
    regions = COUNTRY_CODE_TO_REGION_CODE.get(int(code), ()) if code.isdecimal() else ()
    return bool(regions) and REGION_CODE_FOR_NON_GEO_ENTITY not in regions
