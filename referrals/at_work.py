"""What an agency wants done with its share once it has taken it on."""

from datetime import date

from referrals.wishes import LegWish, Wish


class Hold(LegWish, frozen=True, tag="hold"):
    """Put the case on the waiting list until *review*, where it waits for *milestone* (row 18)."""

    review: date
    milestone: str = ""  # not reached yet
    to_centre: bool = False  # central government decides about it


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
    to_centre: bool = False  # central government decides about the next one


AtWork = Hold | Resume | Resolve | Decline | ReportMilestone
