"""Where a case lies whose form asked for no village: by the words and pins it was told with."""

from collections.abc import Iterable, Iterator
from itertools import product
from math import cos, hypot, radians

from msgspec import Struct

from casework.ticket.spoken import Spoken
from conversations.forms.gazetteer import namesakes, villages
from conversations.messages import Place
from referrals.district.directory import Area, District, FieldKind, Service

NEAR = 250.0  # metres between two pins that may mark one case
DEGREE = 111_320.0  # metres of a degree of latitude
TELLING = (FieldKind.PLACE, FieldKind.STORY)  # the place itself first, then what is told of it


class Whereabouts(Struct, frozen=True):
    """The desa that the words may name, and the pins that were set on the map."""

    desa: frozenset[str] = frozenset()
    pins: tuple[Place, ...] = ()

    def meets(self, other: "Whereabouts") -> bool:
        """Tell whether both may be one place: a hint for a person, who looks."""
        near = any(_metres(one, two) <= NEAR for one, two in product(self.pins, other.pins))
        return near or bool(self.desa & other.desa)


def asks_where(service: Service) -> bool:
    """Tell whether *service* asks for a place in words, or on the map."""
    return any(field.kind is FieldKind.PLACE for field in service.fields)


def whereabouts(service: Service, spoken: Spoken, areas: Iterable[Area]) -> Whereabouts:
    """Return where *spoken*, the answers to *service*'s form, may lie among *areas*."""
    told = tuple(areas)
    found = (villages(text, told) for text in _texts(service, spoken))
    desa = next((names for names in found if names), ())
    pins = tuple(answer.place for answer in spoken.answers if answer.place)
    return Whereabouts(frozenset(area.code for area in desa), pins)


def likely(here: Whereabouts, district: District) -> tuple[Area, ...]:
    """Return the few areas by which others' words are compared with *here*."""
    return namesakes((district.areas[code] for code in here.desa), district)


def _texts(service: Service, spoken: Spoken) -> Iterator[str]:
    for kind in TELLING:
        keys = {field.key for field in service.fields if field.kind is kind}
        yield " / ".join(a.value for a in spoken.answers if a.key in keys)


def _metres(one: Place, two: Place) -> float:
    """Return how far apart two points are, as if the earth were flat between them."""
    north = one.latitude - two.latitude
    east = (one.longitude - two.longitude) * cos(radians(one.latitude))
    return hypot(north, east) * DEGREE
