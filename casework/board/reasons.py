"""Why somebody wants to know who a person is: said first, and kept with the look."""

SHORTEST = 5  # letters


def reason_in(text: str) -> str:
    """Return the reason that *text* gives, empty where it is too short to be one."""
    reason = text.strip()
    return reason if len(reason) >= SHORTEST else ""
