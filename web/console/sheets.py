"""What the console is sent: words of an address, and forms, larger than a citizen's."""

from collections.abc import Container, Mapping
from urllib.parse import parse_qsl

from aiohttp import web

from web.forms import FORM, UPLOAD, Sent, read_bounded, read_sent

LARGEST = 256 * 1024  # bytes of a form without files
UNFIT, MOVED_ON = 422, 409  # statuses: it wants mending, or came when things had moved on
MOST = 1000  # fields: a page of the work list with every box ticked
MOST_PARTS = 120  # of a form with files: a service's rows, and what was picked about each

Query = Mapping[str, str]  # the words of an address


class Sheet(Sent, frozen=True):
    """A form as it came, the last value of each field, with all values in *several*."""

    several: Mapping[str, tuple[str, ...]] = {}

    def files_of(self, name: str) -> tuple[bytes, ...]:
        """Return the contents of the files that were chosen in the field *name*."""
        return tuple(content for field, content in self.chosen if field == name)

    def text(self, name: str) -> str:
        """Return the field *name*, empty where it is not there."""
        return self.fields.get(name, "")

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of *name*, as of boxes that were ticked."""
        return self.several.get(name, ())


NOBODY = Sheet()


async def read_sheet(request: web.Request, *, files: bool, who: str = "") -> Sheet:
    """Return the form in *request*, with files of *who* where it may have some.

    Raises HTTPUnsupportedMediaType, HTTPBadRequest, HTTPRequestTimeout,
    HTTPRequestEntityTooLarge, and HTTPServiceUnavailable where too many large ones come at once.
    """
    if files and request.content_type == UPLOAD:
        sent = await read_sent(request, who, MOST_PARTS)
        return Sheet(sent.fields, sent.chosen, {name: (one,) for name, one in sent.fields.items()})
    if request.content_type != FORM:
        raise web.HTTPUnsupportedMediaType
    body = await read_bounded(request, LARGEST)
    try:
        pairs = parse_qsl(
            body.decode(), keep_blank_values=True, max_num_fields=MOST, errors="strict"
        )
    except ValueError:
        raise web.HTTPBadRequest from None
    return _sheet(pairs)


def _sheet(pairs: list[tuple[str, str]]) -> Sheet:
    several: dict[str, tuple[str, ...]] = {}
    for name, text in pairs:
        several[name] = (*several.get(name, ()), text.replace("\r\n", "\n").strip())
    return Sheet({name: values[-1] for name, values in several.items()}, several=several)


def known(query: Query, name: str, values: Container[str]) -> str:
    """Return the word *name* of an address, empty where it is none of *values*."""
    value = query.get(name, "")
    return value if value in values else ""
