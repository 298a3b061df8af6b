"""A form begun with what one line told already: BANTU cerita, LAPOR#cerita#NIK#desa."""

from msgspec.structs import replace

from conversations.forms import fill, several
from conversations.forms.ahead import ahead, in_order, named
from conversations.hearing.stories import told
from conversations.messages import Inbound
from conversations.one_line import Tale
from conversations.say import Say
from conversations.turn import Turn


def begun(code: str, tale: Tale, message: Inbound, say: Say) -> Turn:
    """Begin the form of service *code* with what *tale* told; in brief, all questions at once.

    *message* is what led here: the line itself, or which of several services it meant.
    """
    service = say.district.services[code]
    parts = (*tale.parts, message.own_number or "") if say.brief else tale.parts
    happened = replace(message, text=tale.story)
    prefilled = (
        *told(service, tale.story, given=True),
        *named(service, happened, say),
        *ahead(service, parts, message, say),
    )
    if tale.sure:
        prefilled = in_order(service, prefilled, tale.parts, message, say)
    if say.brief:
        return several.begin(code, say, prefilled)
    return fill.start(code, say, prefilled=prefilled)
