"""A page's voice: its wording in one language, and dates the way people here write them."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from conversations.say import LANGUAGES
from referrals.codes import shown
from referrals.district.days import day_in
from referrals.district.words import Words

WORDING = Path(__file__).with_name("wording")
HOURS_APART = {7: "WIB", 8: "WITA", 9: "WIT"}  # what Indonesia calls its hours ahead of UTC


class Voice:
    """Says a page's texts in one language; *zone* is the district's IANA time zone."""

    def __init__(self, language: str, texts: Mapping[str, str], zone: str) -> None:
        self.language = language
        self._texts = texts
        self._zone = ZoneInfo(zone)

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of *key* with its placeholders filled; KeyError for a missing key."""
        text = self._texts[key]
        return text.format_map(values) if values else text

    def named(self, kind: str, code: str) -> str:
        """Return what *code* of a district's own rows is called; without a text, it itself."""
        return self._texts.get(f"{kind}{code}", code.replace("_", " "))

    def told(self, text: Words | str) -> str:
        """Return *text* in this language."""
        return text if isinstance(text, str) else text.in_language(self.language)

    def day(self, when: date) -> str:
        """Return "3 Maret 2026"; of a moment, the day that it is in the district."""
        day = self.date_of(when) if isinstance(when, datetime) else when
        return f"{day.day} {self(f'page.month_{day.month}')} {day.year}"

    def date_of(self, at: datetime) -> date:
        """Return the day that it is in the district at *at*."""
        return day_in(self.zone, at)

    @property
    def zone(self) -> str:
        """The district's time zone, an IANA name."""
        return self._zone.key

    def moment(self, at: datetime) -> str:
        """Return "3 Maret 2026, 14.05 WIB" in the district's own time."""
        here = at.astimezone(self._zone)
        offset = here.utcoffset()
        hours = int(offset.total_seconds() // 3600) if offset else 0
        clock = self("page.clock", hour=f"{here.hour:02}", minute=f"{here.minute:02}")
        return f"{self.day(here)}, {clock} {HOURS_APART.get(hours, here.tzname())}"

    def code(self, code: str) -> str:
        """Return a ticket code in groups, easy to read out."""
        return shown(code)


def load_voices(zone: str, folder: Path = WORDING) -> dict[str, Voice]:
    """Return one voice per language from *folder*/<language>/<page>.yaml."""
    return {language: Voice(language, _texts(folder / language), zone) for language in LANGUAGES}


@cache
def _texts(folder: Path) -> Mapping[str, str]:
    """Return what the program itself says; its files do not change while it runs."""
    return {
        f"{file.stem}.{key}": str(text)
        for file in sorted(folder.glob("*.yaml"))
        for key, text in yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader).items()
    }
