"""Draw docs/lifecycle.md anew from the table: `make drawings`, after each change of it."""

from pathlib import Path

from referrals.diagram import redrawn

PAGE = Path(__file__).parents[2] / "docs" / "lifecycle.md"

if __name__ == "__main__":
    PAGE.write_text(redrawn(PAGE.read_text()))
