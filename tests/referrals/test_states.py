"""What the states mean to the people around a ticket."""

from referrals.states import OVER, whose_turn
from referrals.ticket import TicketState
from tests.referrals.samples import ticket_in


def test_somebody_has_the_turn_while_a_ticket_is_open() -> None:
    """An open ticket is always somebody's turn, a finished one nobody's."""
    for state in TicketState:
        assert (whose_turn(ticket_in(state)) == "nobody") is (state in OVER)


def test_each_state_is_somebodys_turn() -> None:
    """The table of docs/lifecycle.md, read the other way."""
    turns: dict[str, list[str]] = {}
    for state in TicketState:
        turns.setdefault(whose_turn(ticket_in(state)), []).append(state)
    assert turns == {
        "citizen": ["awaiting_consent", "needs_info", "resolved", "declined"],
        "desk": ["submitted", "triage", "appeal"],
        "agency": ["referred", "in_progress", "on_hold"],
        "nobody": ["closed", "void"],
    }
