"""The demo's stage put together: telephones, an agency's inbox, the console, and the clock."""

from functools import partial

from aiohttp import web

from bot.assembly import House
from bot.channels.hooks import Hooks
from bot.clock import DemoClock, wall_of
from bot.console.live import FEED
from bot.demo.clock import ClockMover
from bot.demo.staff import account_of, demo_staff
from bot.district.whatsapp_rows import whatsapp_words
from casework.staff.sittings import ACTIVE, Sittings
from web.demo.clock import Move
from web.demo.graph_api import Line
from web.demo.seats import Console, Seat
from web.demo.stage import Demo, add_demo
from web.hooks.webhooks import Webhook
from web.hooks.whatsapp import MetaWebhook, deliver_signed

WHERE = "the demo's page"


def add_stage(app: web.Application, house: House, hooks: Hooks) -> None:
    """Serve the demo where the settings say that this is one; the console comes first."""
    texts, receipts = hooks.doors.messages.get(""), hooks.doors.receipts.get("")
    if house.settings.demo and texts and receipts:
        add_demo(app, _demo(app, house, hooks, (texts.webhook, receipts.webhook)))


def _demo(app: web.Application, house: House, hooks: Hooks, sms: tuple[Webhook, Webhook]) -> Demo:
    """Return what the demo is connected to; *sms* takes texts, and what became of ours."""
    texts, receipts = sms
    return Demo(
        deliver_telegram=hooks.telegram.deliver,
        deliver_sms=texts.deliver,
        report_sms=receipts.deliver,
        letters=house.inbox.letters,
        token=house.settings.telegram_token,
        now=house.clock.now,
        whatsapp=_line(house, hooks.whatsapp) if hooks.whatsapp else None,
        console=Console(_seats(house), partial(_sit, house)),
        move=_mover(app, house),
    )


def _line(house: House, webhook: MetaWebhook) -> Line:
    """Return what the demo's WhatsApp telephone is connected to: our webhook, by signature."""
    settings = house.settings
    return Line(
        deliver=partial(deliver_signed, webhook, settings.whatsapp_app_secret),
        phone_id=settings.whatsapp_phone_id,
        token=settings.whatsapp_token,
        secret=settings.whatsapp_app_secret,
        templates=whatsapp_words(settings.district).templates,
    )


def _seats(house: House) -> tuple[Seat, ...]:
    roles = house.district.staff_roles
    return tuple(
        Seat(one.role, roles[one.role].label) for one in demo_staff() if one.role in roles
    )


async def _sit(house: House, role: str) -> str | None:
    """Begin a session of the demo's person of *role*; None where there is no such person."""
    account = await house.store.account(account_of(role))
    known = {one.role for one in demo_staff()}
    if role not in known or account is None or account.state != ACTIVE:
        return None
    token, unit = house.clock.token(), house.store.unit()
    now = wall_of(house.clock)()
    Sittings(house.store, house.district).begin(unit, account, token, now, WHERE)
    await house.store.commit(unit)
    return token


def _mover(app: web.Application, house: House) -> Move | None:
    """Return what moves the clock, where it is one that can be moved."""
    if not isinstance(house.clock, DemoClock):
        return None

    async def arrived() -> None:
        await house.outbox.sweep()  # what waited for the morning goes before what the day brings
        await app[FEED].look_at_clocks()

    mover = ClockMover(house.clock, house.store, house.timers, house.district.calendar, arrived)
    return mover.move
