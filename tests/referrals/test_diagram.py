"""The drawings in the documentation are the table's."""

import pytest

from referrals.diagram import DRAWINGS, leg_diagram, redrawn, table, ticket_diagram
from tests.referrals.redraw import PAGE


def test_the_page_is_drawn_from_the_table() -> None:
    """docs/lifecycle.md shows the table as it is; the page says how to draw it anew."""
    assert redrawn(PAGE.read_text()) == PAGE.read_text()


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_drawing_is_on_the_page(name: str) -> None:
    """Each drawing stands on the page, word for word."""
    assert DRAWINGS[name]() in PAGE.read_text()


def test_an_old_drawing_is_replaced() -> None:
    """What stands between the marks goes, what stands around them stays."""
    page = "a\n<!-- drawn: leg -->\nyesterday\n<!-- end -->\nb\n"
    new = redrawn(page)
    assert "yesterday" not in new
    assert new.startswith("a\n<!-- drawn: leg -->\n```mermaid\nstateDiagram-v2\n")
    assert new.endswith("<!-- end -->\nb\n")
    assert redrawn(new) == new


def test_a_pause_ends_where_it_began() -> None:
    """The answer's arrows go back to every state that can ask."""
    drawn = ticket_diagram()
    for state in ("submitted", "referred", "in_progress"):
        assert f"needs_info --> {state}: 8 answer (C F)\n" in drawn


def test_notes_without_a_number_are_drawn_where_they_lead_on() -> None:
    """What the clock or the couriers note is drawn as an arrow only where the state changes."""
    drawn = ticket_diagram()
    assert "referred --> triage: undeliverable (X)" in drawn
    assert "remind" not in drawn
    assert "| - | closed | ask for the outcome | closed | X |" in table()


def test_a_question_is_not_left_by_what_another_leg_does() -> None:
    """While the citizen is asked, a leg that comes back takes no arrow to triage."""
    assert "needs_info --> triage" not in ticket_diagram()
    assert "also beside a question about another leg" in table()


def test_rows_from_anywhere_are_one_arrow() -> None:
    """Withdrawing is drawn once, not once a state."""
    assert ticket_diagram().count("30 withdraw") == 1
    assert "| 34 | any open, closed | void | void | D |" in table()


def test_a_leg_can_come_back_from_done() -> None:
    """BELUM takes the leg up again."""
    assert "done --> working: 23 BELUM\n" in leg_diagram()


def test_a_letter_makes_its_way_while_the_leg_waits() -> None:
    """Whether the letter went out and arrived is drawn within the waiting."""
    drawn = leg_diagram()
    assert "        sent --> delivered: delivered\n" in drawn
    assert "    [*] --> waiting: 5, 6, 15, 16, 17\n" in drawn
    assert "waiting --> undeliverable: undeliverable\n" in drawn
