"""The audit in a browser: who looked at whose data, for who answers for it. Nothing changes it."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from aiohttp import web

from casework.trail.actions import Action
from casework.trail.reading import AUDIT_KINDS, Asked, AuditReading, Somebody, words_of
from referrals.codes import read_code
from referrals.district.days import read_day
from referrals.district.directory import District
from referrals.district.staffing import Power
from web.console.addresses import AUDIT
from web.console.guard import signed, staff_of
from web.console.sheets import Query, known
from web.console.shell import Shell
from web.voice import Voice

CODED = frozenset({"call", "filing", "agenda"})  # reasons that the program gives, with own words
NO_CODE = "-"  # asks for a ticket that there is not: what was typed is no code

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPages:
    """The requests of who reads the audit."""

    shell: Shell
    reading: AuditReading
    district: District
    now: Callable[[], datetime]

    async def show(self, request: web.Request) -> web.StreamResponse:
        """GET: a page of it, the newest first, as its address asks."""
        query, say = request.query, self.shell.voice(request)
        people = await self.reading.people()
        asked = self._asked(query, {one.id for one in people})
        after = query.get("after", "")
        listing = await self.reading.page(staff_of(request).id, asked, after, self.now())
        return self.shell.page(
            request,
            "console/audit.html",
            listing=listing,
            asked=asked,
            agencies=self.district.agencies,
            offered=self._offered(people, say),
            typed=query.get("code", "").strip(),
            coded=CODED,
            first=_address(asked) if after else "",
            later=_address(asked, listing.after) if listing.after else "",
            path=AUDIT,
        )

    def _asked(self, query: Query, people: Container[str]) -> Asked:
        """Return what *query* asks for; what is unknown asks for nothing."""
        typed = query.get("code", "").strip()
        return Asked(
            account=known(query, "account", people),
            by=known(query, "by", {*AUDIT_KINDS, *self.district.agencies}),
            deed=known(query, "deed", set(Action)),
            code=(read_code(typed) or NO_CODE) if typed else "",
            since=read_day(query.get("since", "")),
            until=read_day(query.get("until", "")),
        )

    def _offered(self, people: tuple[Somebody, ...], say: Voice) -> Mapping[str, Choices]:
        """Return what each filter offers, by its name."""
        rows = ((row.code, say.told(row.name)) for row in self.district.agencies.values())
        kinds = [(one, say(f"console_audit.who_{one}")) for one in AUDIT_KINDS]
        deeds = [(one.value, say(f"console_audit.deed_{one.value}")) for one in Action]
        return {
            "account": [(one.id, f"{one.called} ({one.name})") for one in people],
            "by": [*kinds, *sorted(rows, key=lambda row: row[1])],
            "deed": sorted(deeds, key=lambda row: row[1]),
        }


def add_audit(app: web.Application, pages: AuditPages) -> None:
    """Serve *pages* to whoever may read the audit; the guard comes first."""
    app.router.add_get(AUDIT, signed(Power.AUDIT)(pages.show))


def _address(asked: Asked, after: str = "") -> str:
    return f"{AUDIT}?{urlencode(words_of(asked) | ({'after': after} if after else {}))}"
