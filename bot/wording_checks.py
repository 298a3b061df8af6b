"""What must be true of the wording: both languages say the same, and every channel can send it."""

from pathlib import Path

from bot.findings import Notes


def check_wording(folder: Path, notes: Notes) -> None:
    """Note every mistake in the wording and in the district's own words under *folder*."""
