"""The accounts: who works here, in which role, and the links by which they get in."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter, itemgetter

from aiohttp import web
from msgspec import Struct

from casework.access.looks import Looks
from casework.staff.accounts import SUSPENDED, Accounts, Assignment, Invited, Named, NotDone
from casework.staff.inviting import INVITED
from casework.staff.person import Staff
from casework.staff.roll import Roll
from casework.staff.sittings import ACTIVE
from casework.staff.views import AccountView
from referrals.district.directory import Area, District
from referrals.district.staffing import Power
from web.console.addresses import ACCOUNTS, ROOT
from web.console.guard import sheet_of, signed, staff_of
from web.console.sheets import MOVED_ON, UNFIT, Sheet
from web.console.shell import Shell

ONE = ACCOUNTS + "/{number:[0-9a-z]{1,32}}"
TONES = {ACTIVE: "good", INVITED: "warn", SUSPENDED: "bad"}

BLANK = {"called": "", "name": "", "role": "", "office": ""}

Deed = Callable[[Staff, str, datetime], Awaitable[NotDone | None]]


class Shown(Struct, frozen=True):
    """One line of the list."""

    account: AccountView
    tone: str
    mine: bool  # whoever looks may change it
    looked_up: int  # people, on this day


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPages:
    """The requests of who looks after the accounts. *address* is where links lead."""

    shell: Shell
    accounts: Accounts
    roll: Roll
    district: District
    looks: Looks
    address: str
    now: Callable[[], datetime]

    async def all(self, request: web.Request) -> web.StreamResponse:
        """GET: everybody, narrowed by role, office or state."""
        wished = {name: request.query.get(name, "") for name in ("role", "office", "state")}
        by = staff_of(request)
        named = [
            one
            for one in await self.roll.everybody()
            if all(not value or getattr(one, name) == value for name, value in wished.items())
        ]
        today = await self.looks.today((one.id for one in named), self.now())
        rows = [
            Shown(
                one, TONES.get(one.state, "calm"), self.accounts.may_touch(by, one), today[one.id]
            )
            for one in named
        ]
        say = self.shell.voice(request)
        states = [(one, say(f"console_accounts.state_{one}")) for one in TONES]
        return self._page(request, "accounts", rows=rows, wished=wished, state_choices=states)

    async def blank(self, request: web.Request) -> web.StreamResponse:
        """GET: the form for somebody new."""
        return self._page(request, "account_new", typed=BLANK, areas=(), fault="")

    async def add(self, request: web.Request) -> web.StreamResponse:
        """POST: an account, and the link by which its owner takes it up."""
        sheet, now = sheet_of(request), self.now()
        named = Named(sheet.text("name"), sheet.text("called"), sheet.text("email"))
        done = await self.accounts.add(staff_of(request), named, _work(sheet), now)
        if isinstance(done, Invited):
            return self._invited(request, done)
        return self._page(
            request,
            "account_new",
            UNFIT,
            typed={**BLANK, **sheet.fields},
            areas=_areas(sheet),
            fault=done.key,
        )

    async def one(self, request: web.Request) -> web.StreamResponse:
        """GET: one account with its sessions."""
        return await self._one(request)

    async def change(self, request: web.Request) -> web.StreamResponse:
        """POST: what the pressed button says."""
        sheet, by, now = sheet_of(request), staff_of(request), self.now()
        number, do = request.match_info["number"], sheet.text("do")
        if do == "invite":
            done = await self.accounts.invite(by, number, now)
            if isinstance(done, Invited):
                return self._invited(request, done)
            return await self._one(request, done.key)
        if do == "move":
            fault = await self.accounts.move(by, number, _work(sheet), now)
        elif deed := self._deeds.get(do):
            fault = await deed(by, number, now)
        else:
            raise web.HTTPBadRequest
        if fault is not None:
            return await self._one(request, fault.key)
        raise web.HTTPSeeOther(f"{ACCOUNTS}/{number}?done={do}")

    @property
    def _deeds(self) -> dict[str, Deed]:
        accounts = self.accounts
        return {
            "suspend": accounts.suspend,
            "restore": accounts.restore,
            "end": accounts.end_sessions,
        }

    async def _one(self, request: web.Request, fault: str = "") -> web.Response:
        account = await self.roll.one(request.match_info["number"])
        if account is None:
            raise web.HTTPNotFound
        now = self.now()
        today = await self.looks.today((account.id,), now)
        done = request.query.get("done", "")
        return self._page(
            request,
            "account",
            MOVED_ON if fault else 200,
            account=account,
            tone=TONES.get(account.state, "calm"),
            mine=self.accounts.may_touch(staff_of(request), account),
            sessions=await self.roll.sessions(account.id, now),
            looked_up=today[account.id],
            areas=account.areas,
            done=done if done in {*self._deeds, "move"} else "",
            fault=fault,
        )

    def _invited(self, request: web.Request, done: Invited) -> web.Response:
        link = f"{self.address}{ROOT}/invited/{done.token}"
        return self._page(
            request, "account_invited", account=done.account, link=link, until=done.until
        )

    def _page(
        self, request: web.Request, page: str, status: int = 200, **values: object
    ) -> web.Response:
        say, district = self.shell.voice(request), self.district
        offices = ((code, say.told(row.name)) for code, row in district.agencies.items())
        return self.shell.page(
            request,
            f"console/{page}.html",
            status,
            roles=district.staff_roles,
            agencies=district.agencies,
            most=self.looks.most,
            role_choices=[
                (code, say.told(row.label)) for code, row in district.staff_roles.items()
            ],
            kecamatan=_kecamatan(district),
            known_areas=district.areas,
            office_choices=sorted(offices, key=itemgetter(1)),
            **values,
        )


def _work(sheet: Sheet) -> Assignment:
    """Return where somebody is to work, as it was chosen."""
    return Assignment(sheet.text("role"), sheet.text("office"), _areas(sheet))


def _areas(sheet: Sheet) -> tuple[str, ...]:
    """Return the codes of the areas that were ticked; what was blank is none."""
    return tuple(code for code in sheet.all("areas") if code)


def _kecamatan(district: District) -> list[tuple[Area, list[Area]]]:
    """Return each kecamatan with its villages, both by name."""
    rows = sorted(district.areas.values(), key=attrgetter("name"))
    tops = [one for one in rows if one.parent not in district.areas]
    return [(top, [one for one in rows if one.parent == top.code]) for top in tops]


def add_accounts(app: web.Application, pages: AccountPages) -> None:
    """Serve the accounts to who looks after them; the guard comes first."""
    guard = signed(Power.ACCOUNTS)
    app.router.add_get(ACCOUNTS, guard(pages.all))
    app.router.add_get(f"{ACCOUNTS}/new", guard(pages.blank))
    app.router.add_post(f"{ACCOUNTS}/new", guard(pages.add))
    app.router.add_get(ONE, guard(pages.one))
    app.router.add_post(ONE, guard(pages.change))
