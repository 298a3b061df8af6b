"""Services are chosen by shelf and name."""

from msgspec.structs import replace

from conversations.forms.choose import ChooseGroup, ChooseService
from conversations.say import Say
from conversations.turn import (
    Door,
    ask,
)
from tests.conversations.forms.citizens import DISTRICT, Citizen
from tests.conversations.forms.met import with_district


def test_free_words_while_choosing(say: Say) -> None:
    """A sentence instead of a choice goes where sentences go; noise is asked about again."""
    for state in (ChooseGroup("need"), ChooseService("need", "data")):
        citizen = Citizen(say, ask(state, say)).says("rmh sy bocor smua")
        assert citizen.enter.door is Door.WISH
        assert citizen.enter.text == "rmh sy bocor smua"
        assert Citizen(say, ask(state, say)).says("qwzx").turn.unread


def test_shelf_with_one_service_leads_straight_to_it(say: Say) -> None:
    """A shelf that holds one service of the kind needs no second question."""
    citizen = Citizen(say, ask(ChooseGroup("need"), say)).taps("Sekolah & Kuliah")
    assert citizen.state.draft.service == "PIP"


def test_full_shelf(say: Say) -> None:
    """A shelf may hold eleven services, and KEMBALI leads to the shelves."""
    row = DISTRICT.services["RTLH"]
    label = type(row.label)
    services = {
        f"S{n}": replace(row, code=f"S{n}", label=label(f"Layanan {n}", f"Service {n}"))
        for n in range(11)
    }
    voice = with_district(services=services)
    citizen = Citizen(voice, ask(ChooseService("need", "rumah"), voice))
    assert citizen.taps("Layanan 10").state.draft.service == "S10"
    assert ChooseService("need", "rumah").before() == ChooseGroup("need")
