"""What two columns of the table say of one thing, they say alike."""

from referrals.transitions import TRANSITIONS


def test_what_names_an_agency_opens_a_leg() -> None:
    """Every entry that sends the case to an agency starts a leg's clocks, and no other does."""
    for entry in TRANSITIONS:
        assert entry.opens_leg is ("agency" in entry.event.__struct_fields__), entry.title
