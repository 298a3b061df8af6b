"""Where a point is looked at: on a map that anybody may open, or in a telephone's own app."""

from msgspec import Struct

from conversations.messages import Place

SITE = "https://www.openstreetmap.org/?mlat={north}&mlon={east}#map=18/{north}/{east}"
APP = "geo:{north},{east}?q={north},{east}"  # RFC 5870; the query is what Android marks


class OnMap(Struct, frozen=True):
    """A point as it is read, and two addresses that lead to it. Prints masked."""

    read: str
    site: str
    app: str

    def __repr__(self) -> str:
        return "OnMap(…)"


def on_map(place: Place) -> OnMap:
    """Return *place* to a metre, as links: only for who reads it in words on the same page."""
    north, east = f"{place.latitude:.5f}", f"{place.longitude:.5f}"
    return OnMap(
        read=f"{north}, {east}",
        site=SITE.format(north=north, east=east),
        app=APP.format(north=north, east=east),
    )
