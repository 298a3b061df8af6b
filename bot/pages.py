"""Everything that the server shows or takes in, put on one application."""

from aiohttp import web

from bot.assembly import House
from bot.channels.hooks import Hooks
from bot.console.assembly import add_console
from bot.demo.stage import add_stage
from bot.office_programs import posting
from bot.report import Report
from bot.running.loops import Loops
from bot.settings import Settings, SettingsError
from web.health import add_health
from web.hooks.kannel import add_kannel
from web.hooks.mail import add_bounces
from web.hooks.sms import add_gateways
from web.hooks.webhooks import MOST_BYTES, add_telegram
from web.hooks.whatsapp import Secrets, add_whatsapp
from web.offices.agency import AgencyPages, add_agency
from web.offices.agency_updates import add_agency_updates
from web.offices.printing import Letterhead, Printing, add_printing
from web.pages import add_pages
from web.public.copies import CopyPages, add_copies
from web.public.poster import add_poster
from web.public.proofs import ProofPages, add_proofs
from web.public.tracking import TRACKING_PATH, TrackingPages, add_tracking
from web.visitors import PROXIES, Proxies


def application(house: House, hooks: Hooks, loops: Loops) -> web.Application:
    """Return the web application of *house*, with the demo's pages where the settings say so."""
    settings = house.settings
    app = web.Application(client_max_size=MOST_BYTES)
    app[PROXIES] = _proxies(settings)
    add_pages(app, house.district.calendar.zone)
    pages = AgencyPages(
        see=house.desk.see,
        opened=house.desk.opened,
        act=house.desk.act,
        open=house.desk.file,
        now=house.clock.now,
        token=house.clock.token,
        framed=settings.demo,
    )
    add_agency(app, pages)
    _add_citizens(app, house)
    add_agency_updates(app, posting(house))
    _add_post(app, house)
    add_console(app, house)
    if hooks.pushed:
        add_telegram(app, hooks.telegram, settings.telegram_secret)
    if hooks.whatsapp:
        secrets = Secrets(settings.whatsapp_app_secret, settings.whatsapp_verify_token)
        add_whatsapp(app, hooks.whatsapp, secrets)
    add_gateways(app, hooks.doors, settings.address, house.clock.now)
    if hooks.kannel:
        add_kannel(app, hooks.kannel, settings.sms_kannel_secret)
    report = Report(house, loops)
    add_health(app, report.ready, report.measures)
    add_stage(app, house, hooks)
    add_poster(app, "/simulator" if settings.demo else TRACKING_PATH)
    return app


def _proxies(settings: Settings) -> Proxies:
    """Return who is believed about who stands behind them. Raises SettingsError."""
    try:
        return Proxies.read(settings.trusted_proxies)
    except ValueError as error:
        raise SettingsError(f"SATUPINTU_TRUSTED_PROXIES: {error}") from None


def _add_citizens(app: web.Application, house: House) -> None:
    """Show citizens where their tickets stand, what offices did, and what is kept of them."""
    own, clock = house.privacy.own, house.clock
    add_proofs(app, ProofPages(house.proofs.see, house.proofs.file, clock.now))
    add_copies(app, CopyPages(own.holds, own.copy, clock.now))
    add_tracking(app, TrackingPages(house.tracking, house.visits, clock.now, clock.token))


def _add_post(app: web.Application, house: House) -> None:
    """Show what is printed for offices, and take in what came back by mail."""
    district, settings = house.district, house.settings
    head = Letterhead(
        service=district.service_name,
        district=district.name,
        office=district.office.id,
        phone=district.agencies[district.desk].phone,
    )
    handing, now = house.handing, house.clock.now
    add_printing(app, Printing(handing.sheets, handing.handed, head, now, framed=settings.demo))
    if settings.mail_bounce_secret:
        add_bounces(app, house.post.bounces.deliver, settings.mail_bounce_secret)
