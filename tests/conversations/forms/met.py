"""Citizens met in the middle of a form, and districts whose rows were changed."""

from msgspec.structs import replace

from conversations.forms.fill import start
from conversations.messages import Channel
from conversations.say import Say
from tests.conversations.forms.citizens import DISTRICT, VOICES, Citizen

SITI = "9901014107800001"
CARD = "9901010101100001"
NEIGHBOUR = "rumah cat biru depan masjid"
STORY = "tetangga punya mobil dua tetapi dapat terus"


def at(service: str, say: Say, *said: str, channel: Channel = Channel.TELEGRAM) -> Citizen:
    """Return a citizen in the form of *service* who said *said* already."""
    return Citizen(say, start(service, say), channel).says(*said)


def complaint(say: Say, *said: str) -> Citizen:
    """Return a citizen at the summary of an objection."""
    return at(
        "DTSEN_SANGGAH", say, "penerima lain", NEIGHBOUR, "tirta mulya", "ya", STORY, "lewati", "1"
    ).says(*said)


def with_district(**changes: object) -> Say:
    """Return the Indonesian voice of a district whose rows were changed."""
    return Say("id", VOICES["id"]._texts, replace(DISTRICT, **changes))


def without_service(code: str) -> Say:
    """Return the voice of a district that offers *code* no longer."""
    return with_district(services={k: v for k, v in DISTRICT.services.items() if k != code})
