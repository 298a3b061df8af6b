"""The drawings in the documentation are the table's."""

from pathlib import Path

import pytest

from referrals.diagram import DRAWINGS, leg_diagram, redrawn, table, ticket_diagram

PAGE = Path(__file__).parents[2] / "docs" / "lifecycle.md"


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


def test_what_is_on_paper_only_is_drawn_so() -> None:
    """A row that nobody can ask for yet is marked as later."""
    assert "17 add another agency (A V, later)" in ticket_diagram()
    assert "| 17 | in_progress | add another agency (later) |" in table()


def test_rows_from_anywhere_are_one_arrow() -> None:
    """Withdrawing is drawn once, not once a state."""
    assert ticket_diagram().count("30 withdraw") == 1
    assert "| 34 | any open, closed | void | void | D |" in table()


def test_a_leg_can_come_back_from_done() -> None:
    """BELUM takes the leg up again."""
    assert "done --> working: 23 BELUM\n" in leg_diagram()
