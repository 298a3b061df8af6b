"""A form that somebody of a village fills in for a resident before them: the same form as ever.

Who they are is known from their chat, so that nobody is asked what they are to each other.
"""

from msgspec.structs import replace

from conversations.forms import another, drafts, fill, whose
from conversations.forms.opening import opening
from conversations.records.parties import Relation
from conversations.say import Say
from conversations.turn import Turn

TAP = "resident:"  # and a service's code: the value that begins such a form


def start(service_code: str, say: Say) -> Turn:
    """Begin the form of a service as a resident's; what nobody can ask for another, as ever."""
    service = say.district.services.get(service_code)
    if service is None or not another.offered(service):
        return fill.start(service_code, say)
    draft = replace(drafts.opened(service), resident=True)
    draft = whose.settled(draft, service, Relation.OFFICER, say)
    return fill.onward(draft, say, *opening(service, draft, say))
