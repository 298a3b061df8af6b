"""The console's doors put together: sign-in, one's own account, everybody's accounts."""

from functools import partial

from aiohttp import web

from bot.assembly import House
from bot.clock import wall_of
from casework.access.looks import Looks
from casework.staff.accounts import Accounts
from casework.staff.inviting import Inviting
from casework.staff.own_account import OwnAccount
from casework.staff.passwords import Passwords
from casework.staff.roll import Roll
from casework.staff.signing_in import SigningIn
from casework.staff.sittings import Sittings
from web.console.guard import Cookies, Gate, SignedIn
from web.console.shell import Shell
from web.console.staff.accounts import AccountPages, add_accounts
from web.console.staff.me import OwnPages, add_own
from web.console.staff.sign_in import SignInPages, add_sign_in


def gate_of(house: House) -> Gate:
    """Return what knows a browser by its cookie."""
    sittings, sealer = Sittings(house.store, house.district), house.store.sealer
    now = wall_of(house.clock)

    def word(token: str) -> str:
        return sealer.mac("staff form", token).hex()

    def draft_key(account: str) -> str:
        return sealer.mac("draft key", account).hex()

    def draft_name(what: str) -> str:
        return sealer.mac("draft name", what).hex()

    async def opened(token: str, *, click: bool = True) -> SignedIn | None:
        found = await sittings.of(token, now(), click=click)
        if found is None:
            return None
        return SignedIn(found.staff, word(token), found.sitting.mark, found.sitting.until)

    cookies = Cookies(secure=house.settings.address.startswith("https:"))
    return Gate(
        open=opened,
        look=partial(opened, click=False),
        word=word,
        token=house.clock.token,
        cookies=cookies,
        draft_key=draft_key,
        draft_name=draft_name,
    )


def add_doors(app: web.Application, house: House, shell: Shell) -> None:
    """Serve the ways into the console, and who looks after them."""
    store, district, clock = house.store, house.district, house.clock
    now = wall_of(clock)
    passwords = Passwords()
    signing_in = SigningIn(store, district, passwords, clock.token)
    roll, own = Roll(store), OwnAccount(store, signing_in, passwords)
    pages = SignInPages(
        shell=shell,
        signing_in=signing_in,
        inviting=Inviting(store, passwords),
        own=own,
        now=now,
    )
    add_sign_in(app, pages)
    add_own(app, OwnPages(shell=shell, own=own, roll=roll, issuer=district.service_name, now=now))
    accounts = Accounts(store, district, clock.token)
    add_accounts(
        app,
        AccountPages(
            shell=shell,
            accounts=accounts,
            roll=roll,
            district=district,
            looks=Looks(store, district),
            address=house.settings.address,
            now=now,
        ),
    )
