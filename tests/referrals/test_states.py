"""What the states mean to the people around a ticket."""

from referrals.states import OPEN, OVER, open311_status, whose_turn
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


def test_only_closed_is_closed() -> None:
    """For Open311 a ticket that an agency calls solved or refused is still open."""
    closed = [state for state in TicketState if open311_status(state) == "closed"]
    assert closed == [TicketState.CLOSED]
    assert open311_status(TicketState.RESOLVED) == "open"
    assert open311_status(TicketState.DECLINED) == "open"


def test_drafts_and_slips_are_not_listed() -> None:
    """What nobody agreed to, and what never should have been, is not published."""
    unlisted = [state for state in TicketState if open311_status(state) is None]
    assert unlisted == [TicketState.AWAITING_CONSENT, TicketState.VOID]
    assert TicketState.AWAITING_CONSENT in OPEN
