"""What two columns of the table say of one thing, they say alike."""

from referrals.transitions import TRANSITIONS


def test_what_names_an_agency_opens_a_leg() -> None:
    """Every entry that sends the case to an agency starts a leg's clocks, and no other does."""
    for entry in TRANSITIONS:
        assert entry.opens_leg is ("agency" in entry.event.__struct_fields__), entry.title


def test_what_the_citizen_does_not_hear_counts_as_silence() -> None:
    """Notes between offices and machines start no new fourteen days; whatever is told does."""
    quiet = {"add", "join", "not reached", "reached", "reached safely", "sent", "take over"}
    for entry in TRANSITIONS:
        assert entry.quiet is (entry.title in quiet), entry.title
