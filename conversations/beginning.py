"""A form begun with what one line told already: BANTU cerita, LAPOR#cerita#NIK#desa."""

from conversations.forms import fill, several
from conversations.forms.ahead import ahead
from conversations.messages import Inbound
from conversations.one_line import Tale
from conversations.say import Say
from conversations.stories import told
from conversations.turn import Turn


def begun(code: str, tale: Tale, message: Inbound, say: Say) -> Turn:
    """Begin the form of service *code* with what *tale* told; in brief, all questions at once.

    *message* is what led here: the line itself, or which of several services it meant.
    """
    service = say.district.services[code]
    parts = (*tale.parts, message.own_number or "") if say.brief else tale.parts
    known = told(service, tale.story, given=True), ahead(service, parts, message, say)
    prefilled = (*known[0], *known[1])
    if say.brief:
        return several.begin(code, say, prefilled)
    return fill.start(code, say, prefilled=prefilled)
