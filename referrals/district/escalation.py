"""Who hears that an office is late, after its own head."""

from referrals.district.directory import District


def above(level: int, district: District, late: str) -> str:
    """Return the agency that hears at *level* (2 or 3) that *late* is late; never *late* itself.

    It is the desk where no row of the district names another.
    """
    rows = district.escalation
    named = (rows.level_2, rows.level_3) if level == 2 else (rows.level_3, rows.level_2)  # noqa: PLR2004 - the level's own number
    return next((code for code in named if code and code != late), district.desk)
