"""All that is at hand for who works for a village."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from casework.board.worklist import WorkList
from casework.calls.call_desk import CallDesk
from casework.village.agenda import Agenda
from casework.village.briefs import Briefs
from casework.village.meetings import Meetings
from casework.village.outcomes import Outcomes
from casework.village.proposal import Proposals
from casework.village.visits import FieldVisits
from referrals.district.directory import District


class VillageDesk(Struct, frozen=True, kw_only=True):
    """What the pages of a village work with. *now* is aware, UTC."""

    district: District
    worklist: WorkList
    agenda: Agenda
    meetings: Meetings
    outcomes: Outcomes
    proposals: Proposals
    visits: FieldVisits
    briefs: Briefs
    calls: CallDesk
    now: Callable[[], datetime]
    token: Callable[[], str]
