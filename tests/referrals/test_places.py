"""Codes of areas nest, and say which lies in which."""

import pytest

from referrals.district.places import within


@pytest.mark.parametrize(
    ("area", "around", "lies"),
    [
        ("99.01.01.2001", "99.01.01", True),
        ("99.01.01", "99.01.01", True),
        ("99.01.01", "99.01.01.2001", False),
        ("99.01.012", "99.01.01", False),
        ("", "99.01.01", False),
    ],
)
def test_a_village_lies_in_its_sub_district(area: str, around: str, lies: bool) -> None:  # noqa: FBT001 - what is so
    """An area lies in itself and in what is around it; a code that only begins alike does not."""
    assert within(area, around) is lies
