"""The rows of replies.yaml: texts that officers begin messages with."""

from pathlib import Path

from bot.district.findings import Notes
from bot.district.yaml_rows import read_file
from referrals.district.replies import Canned

FILE = "replies.yaml"
TRAIL = ("replies",)


def read_replies(folder: Path, notes: Notes) -> tuple[Canned, ...]:
    """Return the texts of the district in *folder*; none where it has no such file."""
    file = folder / FILE
    return read_file(file, tuple[Canned, ...], TRAIL, notes) if file.exists() else ()
