"""What an agency wants done with its share once it has taken it on."""

from datetime import date

from referrals.wishes import LegWish, Wish


class Hold(LegWish, frozen=True, tag="hold"):
    """Put the case on the waiting list until *review*, at *milestone* (row 18)."""

    review: date
    milestone: str = ""


class Resume(LegWish, frozen=True, tag="resume"):
    """Go on with a case from the waiting list (row 19)."""


class Resolve(LegWish, frozen=True, tag="resolve"):
    """The agency did its share; the words say what was given (row 20)."""


class Decline(LegWish, frozen=True, tag="decline"):
    """It cannot be granted; *reason* is a DeclineReason, the words explain it (row 21)."""

    reason: str


class ReportMilestone(Wish, frozen=True, tag="report_milestone"):
    """Tell what was reached on the way: a district's milestone, or words alone."""

    milestone: str = ""


AtWork = Hold | Resume | Resolve | Decline | ReportMilestone
