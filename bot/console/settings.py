"""The district's rows on a page, with what the check of its files finds."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from aiohttp import web

from bot.assembly import House
from bot.district.findings import Finding
from bot.district.reading import findings
from bot.district.wording import texts_of
from conversations.say import LANGUAGES
from web.console.district import DistrictPages, Mistake, add_district
from web.console.shell import Shell

ROOT = Path(__file__).parents[2]


def add_settings(app: web.Application, house: House, shell: Shell) -> None:
    """Serve what a district's folder says to whoever may look at it."""
    folder = house.settings.district

    def check(today: date) -> Sequence[Mistake]:
        return [_named(one, folder) for one in findings(folder, today)]

    texts = {language: texts_of(language, folder) for language in LANGUAGES}
    pages = DistrictPages(
        shell=shell, district=house.district, texts=texts, check=check, now=house.clock.now
    )
    add_district(app, pages)


def _named(finding: Finding, folder: Path) -> Mistake:
    """Return *finding* with its file as people here know it: no path of this machine."""
    file = Path(finding.file).resolve()
    for root in (folder.resolve(), ROOT):
        if file.is_relative_to(root):
            return Mistake(file.relative_to(root).as_posix(), finding.line, finding.text)
    return Mistake(file.name, finding.line, finding.text)
