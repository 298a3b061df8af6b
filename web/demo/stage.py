"""The demo on one application: its pages, and what they are connected to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from web.demo.bot_api import BotApi
from web.demo.clock import Move, add_clock
from web.demo.graph_api import GraphApi, Line, add_graph
from web.demo.inbox import ReadLetters, add_inbox
from web.demo.phones import Phones
from web.demo.seats import Console, add_seats
from web.demo.simulator import Deliver, Simulator, load_people
from web.demo.sms_gateway import GATEWAY, SmsGateway
from web.pages import PAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """What the demo is connected to. *token* is the bot's, *now* is aware UTC."""

    deliver_telegram: Deliver
    deliver_sms: Deliver
    report_sms: Deliver  # what became of a text of ours
    letters: ReadLetters
    token: str
    now: Callable[[], datetime]
    whatsapp: Line | None = None
    console: Console | None = None
    move: Move | None = None  # moves the clock


def add_demo(app: web.Application, demo: Demo) -> None:
    """Serve the demo's pages; without this call none of them exists. add_pages comes first."""
    app[PAGES].files.add("simulator.css", "simulator.js")
    app[PAGES].files.add("phone.js", "telegram.js", "sms.js", "whatsapp.js")
    app[PAGES].files.add("stage.js", "stage.css", "clocks.js")
    phones = Phones(demo.now())
    add_inbox(app, demo.letters)
    _add_telephones(app, phones, demo)
    if demo.console:
        add_seats(app, demo.console)
    if demo.move:
        add_clock(app, phones, demo.move)
    api = BotApi(phones, demo.token, demo.now)
    app.router.add_route("*", "/simulator/botapi/bot{token}/{method}", api.call)
    app.router.add_get("/simulator/telegram/pictures/{number:[0-9]+}", api.shown)
    app.router.add_get("/simulator/botapi/file/bot{token}/files/{ref}", api.download)

    if demo.whatsapp:
        add_graph(app, GraphApi(phones, demo.whatsapp, demo.now))

    async def close(_app: web.Application) -> None:
        phones.close()

    app.on_shutdown.append(close)


def _add_telephones(app: web.Application, phones: Phones, demo: Demo) -> None:
    simulator = Simulator(
        phones,
        demo.deliver_telegram,
        demo.deliver_sms,
        demo.now,
        load_people(),
        whatsapp=demo.whatsapp is not None,
        seats=demo.console.seats if demo.console else (),
        movable=demo.move is not None,
    )
    app.router.add_get("/simulator", simulator.page)
    app.router.add_get("/simulator/events", simulator.events)
    app.router.add_post("/simulator/telegram/updates", simulator.telegram)
    app.router.add_post("/simulator/sms/messages", simulator.sms)
    app.router.add_post(GATEWAY, SmsGateway(phones, demo.report_sms, demo.now).take)
