"""The rows of roles.yaml: who works in the console, and what each may."""

from pathlib import Path

from bot.district.findings import Notes
from bot.district.yaml_rows import read_file
from referrals.district.staffing import StaffRole

FILE = "roles.yaml"
TRAIL = ("roles",)


def read_roles(folder: Path, notes: Notes) -> tuple[StaffRole, ...]:
    """Return the roles of the district in *folder*; none where it has no console."""
    file = folder / FILE
    return read_file(file, tuple[StaffRole, ...], TRAIL, notes) if file.exists() else ()
