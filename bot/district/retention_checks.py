"""What must be true of how long things are kept."""

from bot.district.findings import Notes
from referrals.district.directory import Retention

# The least that the service itself needs, and the most that anybody could defend.
LIMITS = {
    "chat_days": (7, 366),  # a question is remembered for a week
    "media_days": (30, 366),  # a closed ticket may be reopened for thirty days
    "letter_days": (120, 3660),  # a letter's link holds for 120 days
    "ticket_years": (1, 30),
    "vault_years": (1, 50),
    "lookup_days": (365, 3660),  # a citizen may ask who looked during the last year
    "consent_years": (1, 30),
    "registry_days": (1, 366),
}


def check_retention(kept: Retention, notes: Notes) -> None:
    """Note spans that are too short to serve people, or too long to be defended."""
    for key, (least, most) in LIMITS.items():
        if not least <= getattr(kept, key) <= most:
            notes.at(("district", "retention", key), f"must be from {least} to {most}")
    if kept.vault_years < kept.ticket_years:
        trail = ("district", "retention", "vault_years")
        notes.at(trail, "must be not shorter than ticket_years")
