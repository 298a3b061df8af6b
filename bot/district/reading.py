"""A district's folder as the District that everything else works with."""

from datetime import date
from pathlib import Path

from bot.district.checks import check
from bot.district.files import read_rows
from bot.district.findings import Finding, Notes
from bot.district.spelt_out import district_of
from bot.district.wording_checks import check_wording
from referrals.district.directory import District


class DistrictError(ValueError):
    """The district's folder has mistakes; the text lists each with its file and line."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


def load(folder: Path) -> District:
    """Return the district that *folder* describes. Raises DistrictError listing its mistakes."""
    notes = Notes(folder)
    rows = read_rows(folder, notes)
    district = district_of(rows)
    check(rows, district, notes)
    if notes.found:
        raise DistrictError(notes.found)
    return district


def findings(folder: Path, today: date | None = None) -> list[Finding]:
    """Return every mistake in *folder* and in the wording, by file and line.

    With *today*, also what that day needs: holidays of its year, hotlines rung by then.
    """
    notes = Notes(folder)
    rows = read_rows(folder, notes)
    check(rows, district_of(rows), notes, today)
    check_wording(folder, notes)
    return notes.found


def report(folder: Path, today: date) -> tuple[str, ...]:
    """Return the mistakes in *folder* as lines of 'file:line: text'; none when it is sound."""
    return tuple(map(str, findings(folder, today)))
