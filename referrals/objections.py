"""What a citizen objects to once offices have answered: each of these is about one share."""

from referrals.wishes import Wish


class AboutShare(Wish, frozen=True):
    """A command about what an office answered; *share* is its leg.

    0 is the one that was done last, of an appeal the one that was refused last.
    """

    share: int = 0


class NotYet(AboutShare, frozen=True, tag="not_yet"):
    """BELUM: the citizen says it is not solved, and why (rows 23 and 24)."""


class Appeal(AboutShare, frozen=True, tag="appeal"):
    """BANDING: the citizen objects to a refusal, in any words (row 27)."""


class Reopen(AboutShare, frozen=True, tag="reopen"):
    """Bring a closed ticket back with a new fact, for 30 days (row 31)."""


class ReportNotReceived(AboutShare, frozen=True, tag="report_not_received"):
    """Weeks later the citizen says that nothing came (row 32)."""


Objection = NotYet | Appeal | Reopen | ReportNotReceived
