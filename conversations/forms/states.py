"""Every state in which a citizen may rest while choosing a service and filling in its form."""

from conversations.forms.another import STATES as FOR_ANOTHER
from conversations.forms.choose import ChooseGroup, ChooseService
from conversations.forms.dropping import Dropping
from conversations.forms.fill import Fill, SafeFill, Summary, Sure, WhichAnswer, Whose
from conversations.forms.safe import SafeSend
from conversations.forms.several import Several
from conversations.turn import State

FORMS: tuple[type[State], ...] = (
    *(ChooseGroup, ChooseService),
    *(Fill, Summary, WhichAnswer, Sure, Whose, Dropping),
    *(SafeFill, SafeSend, Several),
    *FOR_ANOTHER,
)
"""To be stored by the codec."""
