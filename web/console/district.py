"""The district's rows to look at: services, offices, areas, numbers, words, days and roles.

Nothing is changed here: rows are files, and beside each page stands what is wrong with its own.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from aiohttp import web
from msgspec import Struct

from referrals.district.days import day_in
from referrals.district.directory import Agency, District, Hotline, Priority, Service
from referrals.district.staffing import Power
from referrals.district.ways import Way, kind_of
from web.console.addresses import DISTRICT
from web.console.guard import signed
from web.console.shell import Shell

SUBJECTS: Mapping[str, tuple[str, ...]] = {  # and the files or folders that hold their rows
    "services": ("services", "fields.yaml", "groups.yaml"),
    "agencies": ("agencies.yaml",),
    "areas": ("areas.yaml",),
    "hotlines": ("hotlines.yaml", "alarms.yaml"),
    "wording": ("wording", "conversations"),
    "calendar": ("calendar.yaml",),
    "roles": ("roles.yaml",),
    "replies": ("replies.yaml",),
}
OLD = timedelta(days=180)  # after which a number should be called again
FRESH = timedelta(minutes=1)  # for which a check of the files counts
FIRST = "menu"  # the part of the wording that is shown first


class Mistake(Struct, frozen=True):
    """One mistake: its *file*, as the district's folder has it, the line, and what to mend."""

    file: str
    line: int
    text: str


Check = Callable[[date], Sequence[Mistake]]
Texts = Mapping[str, Mapping[str, str]]  # by language, then by key


@dataclass(kw_only=True)
class DistrictPages:
    """The requests of who looks at the rows. *check* reads the files as they are now."""

    shell: Shell
    district: District
    texts: Texts
    check: Check
    now: Callable[[], datetime]
    _found: tuple[datetime, Sequence[Mistake]] | None = field(default=None, init=False)

    async def overview(self, request: web.Request) -> web.StreamResponse:
        """GET: what the district is, and every mistake in its files."""
        district = self.district
        counts = {
            "services": len(district.services),
            "agencies": len(district.agencies),
            "areas": len(district.areas),
            "hotlines": len(district.hotlines),
            "wording": len(self.texts["id"]),
            "calendar": len(district.calendar.holidays),
            "roles": len(district.staff_roles),
            "replies": len(district.replies),
        }
        faults = await self._faults()
        tally = {subject: len(_of(subject, faults)) for subject in SUBJECTS}
        return await self._page(request, "overview", counts=counts, tally=tally)

    async def services(self, request: web.Request) -> web.StreamResponse:
        """GET: every service, by its shelf of the menu."""
        return await self._page(request, "services")

    async def service(self, request: web.Request) -> web.StreamResponse:
        """GET: one service, and the questions of its form."""
        service = self.district.services.get(request.match_info["service"])
        if service is None:
            raise web.HTTPNotFound
        return await self._page(request, "service", subject="services", service=service)

    async def agencies(self, request: web.Request) -> web.StreamResponse:
        """GET: every office, and the kinds of ways to it; no address, and no number of anybody."""
        return await self._page(request, "agencies", ways=ways, serves=serves)

    async def areas(self, request: web.Request) -> web.StreamResponse:
        """GET: every village below its kecamatan."""
        rows = self.district.areas.values()
        villages = {one.code: [a for a in rows if a.parent == one.code] for one in rows}
        tops = [one for one in rows if one.parent not in self.district.areas]
        return await self._page(request, "areas", tops=tops, villages=villages)

    async def hotlines(self, request: web.Request) -> web.StreamResponse:
        """GET: every number to call, and when somebody last called it to see."""
        today = day_in(self.district.calendar.zone, self.now())

        def tone(one: Hotline) -> str:
            return (
                "calm" if not one.active else "warn" if today - one.verified_on > OLD else "good"
            )

        return await self._page(request, "hotlines", tone=tone)

    async def wording(self, request: web.Request) -> web.StreamResponse:
        """GET: what the bot says, one part at a time, in each language."""
        parts = sorted({key.partition(".")[0] for key in self.texts["id"]})
        part = request.query.get("part", FIRST)
        part = part if part in parts else FIRST
        rows = [
            (key, [(language, texts.get(key, "")) for language, texts in self.texts.items()])
            for key in self.texts["id"]
            if key.partition(".")[0] == part
        ]
        return await self._page(request, "wording", parts_of=parts, part=part, rows=rows)

    async def calendar(self, request: web.Request) -> web.StreamResponse:
        """GET: the working days, the holidays by year, and the hours."""
        days = sorted(self.district.calendar.holidays)
        years = {year: list(found) for year, found in groupby(days, lambda day: day.year)}
        return await self._page(request, "calendar", years=years)

    async def roles(self, request: web.Request) -> web.StreamResponse:
        """GET: who works in the console, and what each role may."""
        return await self._page(request, "roles")

    async def replies(self, request: web.Request) -> web.StreamResponse:
        """GET: the texts that officers begin messages with."""
        return await self._page(request, "replies")

    async def _page(
        self,
        request: web.Request,
        page: str,
        *,
        subject: str = "",
        **values: Any,  # noqa: ANN401 - whatever the page's template shows
    ) -> web.StreamResponse:
        about, faults = subject or page, await self._faults()
        return self.shell.page(
            request,
            f"console/district_{page}.html",
            district=self.district,
            subjects=tuple(SUBJECTS),
            subject=about,
            in_hours=in_hours,
            faults=_of(about, faults) if about in SUBJECTS else faults,
            **values,
        )

    async def _faults(self) -> Sequence[Mistake]:
        """Return what is wrong with the files, as they were at most FRESH ago."""
        now = self.now()
        if self._found is None or now - self._found[0] > FRESH:
            today = day_in(self.district.calendar.zone, now)
            self._found = (now, await asyncio.to_thread(self.check, today))
        return self._found[1]


DISTRICT_PAGES = web.AppKey("district_pages", DistrictPages)


def in_hours(service: Service) -> bool:
    """Tell whether the days of *service* are hours: lives are at stake."""
    return service.priority is Priority.P1


def ways(found: Sequence[Way]) -> list[str]:
    """Return the kinds of *found*, each once: what they lead to is nobody's business here."""
    return list(dict.fromkeys(map(kind_of, found)))


def serves(agency: Agency, district: District) -> list[str]:
    """Return the names of the areas that *agency* serves."""
    known = (district.areas.get(code) for code in agency.areas)
    return [area.name for area in known if area]


def _of(subject: str, faults: Sequence[Mistake]) -> list[Mistake]:
    """Return those of *faults* that are about *subject*'s files."""
    return [one for one in faults if one.file.partition("/")[0] in SUBJECTS[subject]]


def add_district(app: web.Application, pages: DistrictPages) -> None:
    """Serve *pages* to whoever may look at the settings; the guard comes first."""
    app[DISTRICT_PAGES] = pages
    guard = signed(Power.SETTINGS)
    app.router.add_get(DISTRICT, guard(pages.overview))
    for subject in SUBJECTS:
        app.router.add_get(f"{DISTRICT}/{subject}", guard(getattr(pages, subject)))
    app.router.add_get(DISTRICT + "/services/{service:[A-Z0-9_]{1,40}}", guard(pages.service))
