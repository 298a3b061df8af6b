"""From the ring to the filed ticket in under ninety seconds of keys, by the keyboard alone.

Keys are counted as a browser moves through the very pages that are served: each letter is a key,
each Tab is one, an option is its number, a box its blank, and Enter sends. A key takes 0.28 s, as
an average typist who is no secretary needs (Card, Moran and Newell's keystroke-level model); each
page adds a second for the line and the eye.
"""

import pytest

from referrals.district.directory import FieldKind
from tests.conversations.town import DISTRICT
from tests.web.console.calling import Agent, Form, agent, answer
from tests.web.console.conftest import Console

KEY, PAGE = 0.28, 1.0  # seconds
MOST = 90.0
WISHES = {  # what an agent types to find the service
    "LAIN": "lampu jalan",
    "BANSOS_MASALAH": "pkh blm cair",
    "DTSEN_USUL": "daftar pkh",
    "BENCANA": "banjir",
    "PPA": "kdrt",
    "RTLH": "rumah bocor",
}


class Keyboard:
    """Hands on the keys: presses are counted, nothing is clicked."""

    def __init__(self, at_work: Agent) -> None:
        self.at_work = at_work
        self.keys = 0
        self.pages = 1  # the one that the ring opened

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.keys * KEY + self.pages * PAGE

    def to(self, form: Form, name: str, since: str = "") -> None:
        """Press Tab until *name* has the focus."""
        stops = [stop for _, stop in form.stops]
        here = stops.index(since) if since else max(form.begins, 0)
        self.keys += abs(stops.index(name) - here)

    def type(self, text: str) -> None:
        """Type *text*."""
        self.keys += len(text)

    def press(self) -> None:
        """Press one key: Enter, a blank, a number."""
        self.keys += 1

    def turned(self) -> None:
        """Count a page that came."""
        self.pages += 1


@pytest.mark.parametrize("service", sorted(WISHES))
async def test_ninety_seconds_from_ring_to_filed(console: Console, service: str) -> None:
    """Each of the services that people call for most is filed in time, receipt and all."""
    at_work = await agent(console)
    hands = Keyboard(at_work)
    await at_work.ring()
    assert at_work.form.stops[at_work.form.begins][1] == "q"
    hands.type(WISHES[service])
    hands.press()
    await at_work.send(**{"from": "+6281234567890", "q": WISHES[service], "step": "choose"})
    hands.turned()
    place = at_work.page.partition('id="services"')[2].index(f'value="{service}"')
    before = at_work.page.partition('id="services"')[2][:place]
    hands.keys += before.count("<button") - 1
    hands.press()
    await at_work.open(service)
    hands.turned()
    await fill(hands, service)
    await finish(hands)
    assert at_work.code
    assert hands.seconds < MOST, (hands.keys, hands.pages, hands.seconds)


async def fill(hands: Keyboard, service: str) -> None:
    """Answer every question that must be answered, and send the form with Enter or its button."""
    form, at_work = hands.at_work.form, hands.at_work
    typed, here = {}, ""
    for field in DISTRICT.services[service].fields:
        if not field.required or field.kind is FieldKind.PHOTO:
            continue
        name = f"f.{field.key}"
        if name not in [stop for _, stop in form.stops]:
            continue
        hands.to(form, name, here)
        typed[name] = answer(field)
        if field.kind in (FieldKind.CHOICE, FieldKind.WHOM):
            hands.press()
        elif field.kind is FieldKind.AREA:
            typed[name] = "Desa Sukamaju, Kecamatan Banyu Asri"
            hands.type("sukamaju")  # and Enter takes the first suggestion
            hands.press()
        else:
            hands.type(typed[name])
        here = name
    hands.to(form, "step", here)
    hands.press()
    await at_work.review(**typed)
    assert at_work.status == 200, at_work.said
    hands.turned()


async def finish(hands: Keyboard) -> None:
    """Tick what the caller says yes to, and send."""
    form, here = hands.at_work.form, ""
    for box in ("agrees", "texts", "sure"):
        if ("input", box) in form.stops:
            hands.to(form, box, here)
            hands.press()
            here = box
    hands.to(form, "step", here)
    hands.press()
    await hands.at_work.file()
    hands.turned()


async def test_the_focus_is_where_the_next_key_goes(console: Console) -> None:
    """At every step exactly one field has the focus: the one that is typed into next."""
    at_work = await agent(console)
    await at_work.ring("")
    assert at_work.form.stops[at_work.form.begins][1] == "from"
    await at_work.ring()
    assert at_work.page.count(' autofocus="') == 1
    await at_work.open("LAIN")
    assert at_work.page.count(" autofocus") == 1
    await at_work.review(**{f"f.{f.key}": answer(f) for f in DISTRICT.services["LAIN"].fields})
    assert at_work.page.count(" autofocus") == 1
    assert at_work.form.stops[at_work.form.begins][1] == "agrees"


async def test_the_focus_is_on_what_is_to_be_mended(console: Console) -> None:
    """A form that comes back has the focus on the first answer that was not clear."""
    at_work = await agent(console)
    await at_work.open("BANSOS_MASALAH")
    await at_work.review(**{"f.nik": "9901014107800001", "f.area": ""})
    assert at_work.page.count(" autofocus") == 1
    assert at_work.form.stops[at_work.form.begins][1] == "f.area"
