"""What it takes two people to decide: a ticket ends though nobody answered it."""

from referrals.happened import Happened
from referrals.wishes import Wish


class ByTwo(Wish, frozen=True):
    """A command of the data protection officer to which *second*, another office, agreed."""

    second: str


class Void(ByTwo, frozen=True, tag="void"):
    """Strike out a ticket that should never have been (row 34)."""


class CloseAsAbuse(ByTwo, frozen=True, tag="close_as_abuse"):
    """Close what is no report, but meant to harm or to mock."""


class CloseAsGone(ByTwo, frozen=True, tag="close_as_gone"):
    """Close a ticket whose subject died, or moved away."""


class _ByTwoHappened(Happened, frozen=True, kw_only=True):
    second: str


class Voided(_ByTwoHappened, frozen=True, kw_only=True, tag="voided"):
    """The ticket should never have been; *second* agreed (row 34)."""


class AbuseFound(_ByTwoHappened, frozen=True, kw_only=True, tag="abuse_found"):
    """It was no report; *second* agreed."""


class SubjectGone(_ByTwoHappened, frozen=True, kw_only=True, tag="subject_gone"):
    """Who it was for died or moved away; *second* agreed."""


EndByTwo = Void | CloseAsAbuse | CloseAsGone
EndedByTwo = Voided | AbuseFound | SubjectGone
