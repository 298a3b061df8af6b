"""Work on the page of a call as a keyboard does: what forms hold, what is typed and sent."""

import re
from html import unescape
from html.parser import HTMLParser

from conversations.messages import Address, Channel
from referrals.district.directory import District, Field, FieldKind, Service
from referrals.district.working_days import local
from tests.bot.playing import Citizen
from tests.web.console.conftest import Console, SignedClient

NUMBER = "081234567890"
CALLER = Address(Channel.SMS, "+6281234567890")
SITI = "9901014107800001"
KK_END = "0001"
CODE = re.compile(r'class="big code">(\d{4}) (\d{4}) (\d)<')
TYPED = {
    FieldKind.NIK: SITI,
    FieldKind.KK: "9901010101100001",
    FieldKind.NAME: "Siti Aminah",
    FieldKind.WORDS: "RT 02 RW 05",
    FieldKind.PHONE: "sama",
    FieldKind.AREA: "Desa Sukamaju, Kecamatan Banyu Asri",
    FieldKind.STORY: "Sudah tiga bulan bantuan tidak turun, mohon dibantu.",
    FieldKind.PLACE: "belakang masjid RT 02 Sukamaju",
    FieldKind.WHOM: "self",
}
"""What a caller says to each kind of question."""
MARKED = frozenset({"radio", "checkbox"})
TAKES_KEYS = frozenset({"input", "textarea", "select", "button"})


class Form(HTMLParser):
    """The forms of a page: what each holds, where the keyboard begins, and what it can reach."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.buttons: list[dict[str, str]] = []
        self.stops: list[tuple[str, str]] = []  # of the Tab key: tag and name, in order
        self.begins = -1  # the stop that has the focus when the page is there
        self._select = ""
        self._area = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.forms.append({})
        if tag in TAKES_KEYS and given.get("type") != "hidden" and "hidden" not in given:
            if given.get("type") != "radio" or not self.stops or self.stops[-1] != (tag, name):
                self.stops.append((tag, name))
            if "autofocus" in given:
                self.begins = len(self.stops) - 1
        self._hold(tag, name, given)

    def _hold(self, tag: str, name: str, given: dict[str, str]) -> None:
        if tag == "option" and self._select:
            self._offered(given)
        if not self.forms or not name:
            return
        held, value = self.forms[-1], given.get("value", "")
        if tag == "button":
            self.buttons.append({"name": name, "value": value})
        elif tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
            held[name] = ""
        elif tag == "input" and (given.get("type") not in MARKED or "checked" in given):
            held[name] = value

    def _offered(self, given: dict[str, str]) -> None:
        """Hold the option that a browser would send: the one that is marked, else the first."""
        held, value = self.forms[-1], given.get("value", "")
        held[self._select] = value if "selected" in given else held.get(self._select, value)

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        if tag == "select":
            self._select = ""

    @property
    def working(self) -> dict[str, str]:
        """What the form of the service holds."""
        return next(held for held in self.forms if "once" in held)


class Agent:
    """Somebody of the console at the page of a call; `keys` counts what they press."""

    def __init__(self, console: Console, me: SignedClient, path: str = "/console/call") -> None:
        self.console = console
        self.me = me
        self.path = path
        self.keys = 0
        self.page = ""
        self.status = 0

    @property
    def district(self) -> District:
        return self.console.district

    @property
    def form(self) -> Form:
        """The page as it stands."""
        return Form(self.page)

    @property
    def code(self) -> str:
        """The code that is read back; empty where none is."""
        found = CODE.search(self.page)
        return "".join(found.groups()) if found else ""

    @property
    def said(self) -> str:
        """The page's text."""
        return unescape(re.sub(r"<[^>]*>", " ", self.page))

    async def ring(self, number: str = NUMBER) -> None:
        """Open the page as an exchange does."""
        self.status, self.page = await self.me.get(self.path, **{"from": number})

    async def send(self, **fields: str) -> None:
        """Send *fields* as one of the page's forms would."""
        self.status, self.page = await self.me.post(self.path, fields)

    async def open(self, service: str, number: str = CALLER.id, **fields: str) -> None:
        """Choose *service*."""
        await self.send(**{"service": service, "from": number, **fields})

    async def review(self, **typed: str) -> None:
        """Type into the form and have it read."""
        await self.send(**self.form.working | typed | {"step": "review"})

    async def file(self, **more: str) -> str:
        """Say yes to everything, send, and return the code."""
        held = self.form.working | {"agrees": "on", "sure": "on", "texts": "on"} | more
        self.sent = held | {"step": "send"}
        await self.send(**self.sent)
        return self.code

    async def whole(self, service: str, **more: str) -> str:
        """File *service* from the ring to the code."""
        await self.open(service)
        await self.review(**answers(self.district.services[service]) | more)
        assert self.status == 200, self.said
        return await self.file()


def answers(service: Service) -> dict[str, str]:
    """Return what a caller says to every question of *service*."""
    return {f"f.{field.key}": answer(field) for field in service.fields}


def answer(field: Field) -> str:
    """Return what a caller says to *field*: of options the last, rarely the urgent one."""
    if field.kind is FieldKind.CHOICE:
        return field.options[-1].value
    if field.kind is FieldKind.PHOTO:
        return ""
    if field.kind is FieldKind.NUMBER:
        return str(max(field.minimum, 3))
    if field.kind is FieldKind.DIGITS:
        return "1234567890123456"[: field.maximum or max(field.minimum, 8)]
    return TYPED[field.kind]


async def agent(console: Console, role: str = "call_agent") -> Agent:
    """Return a call-centre agent at work."""
    return Agent(console, await console.sign_in(role))


async def facilitator(console: Console) -> Agent:
    """Return a village facilitator with a resident before them."""
    return Agent(console, await console.sign_in("facilitator"), "/console/file")


def phone(console: Console, number: str = CALLER.id) -> Citizen:
    """Return who has the telephone *number*."""
    return Citizen(console.play.house, console.play.phones, number, Channel.SMS)


def staff_of(console: Console, at_work: Agent) -> str:
    """Return the audit's name of *at_work*."""
    return f"staff:{at_work.me.account.id}"


async def looked_up(console: Console, who: SignedClient, people: int) -> None:
    """Have *who* look up that many strangers today."""
    store = console.play.house.store
    here = local(console.district.calendar, console.play.clock.now())
    unit = store.unit()
    for number in range(people):
        unit.count_look(who.account.id, f"stranger {number}", here, 9999)
    await store.commit(unit)
