"""What must be true within a district's folder, beyond the shape of its rows."""

from datetime import date

from bot.district_files import Rows
from bot.findings import Notes
from referrals.directory import District


def check(rows: Rows, district: District, notes: Notes, today: date | None = None) -> None:
    """Note every mistake in *rows*, and with *today* what the next twelve months lack."""
