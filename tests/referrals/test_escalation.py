"""Who hears that an office is late."""

import pytest
from msgspec.structs import replace

from referrals.district.directory import Escalation
from referrals.district.escalation import above
from tests.conversations.town import DISTRICT


@pytest.mark.parametrize(
    ("level", "late", "who"),
    [
        (2, "dinas-perkim", "sekda"),
        (3, "dinas-perkim", "inspektorat"),
        (3, "inspektorat", "sekda"),
        (2, "sekda", "inspektorat"),
    ],
)
def test_nobody_judges_their_own_lateness(level: int, late: str, who: str) -> None:
    """The row of the level, or the other one where the late office stands there itself."""
    assert above(level, DISTRICT, late) == who


def test_without_rows_the_desk_hears() -> None:
    """A district that names nobody above tells its desk."""
    bare = replace(DISTRICT, escalation=Escalation())
    assert above(2, bare, "dinas-perkim") == DISTRICT.desk
