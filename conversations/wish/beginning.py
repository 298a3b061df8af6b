"""A form begun with what one line told already: BANTU cerita, LAPOR#cerita#NIK#desa."""

from msgspec.structs import replace

from conversations.forms import fill, several
from conversations.forms.ahead import ahead, in_order, located, named
from conversations.forms.gazetteer import is_address
from conversations.hearing.stories import told
from conversations.messages import Inbound
from conversations.one_line import Tale, tells
from conversations.say import Say
from conversations.turn import Turn


def begun(code: str, tale: Tale, message: Inbound, say: Say) -> Turn:
    """Begin the form of service *code* with what *tale* told; in brief, all questions at once.

    *message* is what led here: the line itself, or which of several services it meant.
    """
    service, tale = say.district.services[code], settled(tale, say)
    parts = (*tale.parts, message.own_number or "") if say.brief else tale.parts
    happened = replace(message, text=tale.story)
    prefilled = (
        *told(service, tale.story, given=True),
        *named(service, happened, say),
        *ahead(service, parts, message, say),
    )
    prefilled, doubt = located(service, prefilled, replace(message, text=_where(tale, say)), say)
    if tale.sure:
        prefilled = in_order(service, prefilled, tale.parts, message, say)
    if say.brief:
        return several.begin(code, say, prefilled, doubt)
    return several.settling(fill.start(code, say, prefilled=prefilled), doubt, say)


def _where(tale: Tale, say: Say) -> str:
    """Return all that may tell a place: of several parts those that are nothing else as well."""
    parts = [f"desa {part}" for part in tale.parts if is_address(part, say.district)]
    return ", ".join((tale.story, *parts) if tale.sure else (tale.story,))


def settled(tale: Tale, say: Say) -> Tale:
    """Return *tale* with the part for its story that is no place: LAPOR#desa#cerita."""
    parts = (tale.story, *tale.parts)
    told = [part for part in parts if tells(part) and not is_address(part, say.district)]
    if not tale.sure or not told:
        return tale
    return replace(tale, story=told[0], parts=tuple(p for p in parts if p != told[0]))
