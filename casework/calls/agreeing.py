"""Whom a form is typed for agrees: by their own reply, or before a witness."""

from msgspec import Struct

from casework.calls.caller import Call
from casework.calls.typed import Doubt
from conversations.forms.another import offered, witness_in
from conversations.messages import Attachment
from conversations.phones import is_texted, number_copied
from conversations.records.parties import Another, Method, Relation
from conversations.turn import Draft
from referrals.district.directory import Priority, Service

WAYS = (Method.SPOKEN, Method.THUMB, Method.LETTER)
RELATIONS = tuple(Relation)
PHONE, WITNESS, WAY = "subject_phone", "witness", "way"


class Agreement(Struct, frozen=True):
    """What was typed about it: the person's telephone, else who heard or saw it, and how.

    *paper* is a photo of the thumb print or the letter, where one came.
    """

    phone: str = ""
    witness: str = ""
    way: str = ""
    paper: tuple[Attachment, ...] = ()

    def __repr__(self) -> str:
        return f"Agreement({self.way})"


def agreed(draft: Draft, typed: Agreement, call: Call) -> Another | Doubt | None:
    """Return how whom *draft* is for agrees, what is in doubt about it, or None for oneself.

    Where a life is at stake nobody is waited for.
    """
    relation = draft.relation
    if relation is None:
        return None
    if draft.priority is Priority.P1:
        return Another(relation, Method.VITAL)
    return (_asked if typed.phone else _witnessed)(relation, typed, call)


def can_be_anothers(service: Service) -> bool:
    """Say whether *service* can be asked for in another's name, as in a chat."""
    return offered(service)


def _asked(relation: Relation, typed: Agreement, call: Call) -> Another | Doubt:
    number, say = number_copied(typed.phone), call.say
    if number is None:
        return Doubt(PHONE, say("form.phone_unclear"))
    if number == call.caller.number:
        return Doubt(PHONE, say("another.own_phone"))
    if not is_texted(number, say.district.sms.countries):
        return Doubt(PHONE, say("another.not_texted"))
    return Another(relation, Method.REPLY, number)


def _witnessed(relation: Relation, typed: Agreement, call: Call) -> Another | Doubt:
    witness = witness_in(typed.witness)
    if witness is None:
        return Doubt(WITNESS, call.say("another.witness_unclear"))
    ways = {way.value: way for way in WAYS}
    if typed.way not in ways:
        return Doubt(WAY, call.say("form.choice_unclear"))
    return Another(relation, ways[typed.way], witness=witness, attachments=typed.paper)
