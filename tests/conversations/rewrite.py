"""Write the bot's lines of all transcripts anew; the author reviews the difference.

Run it from the project's root: ``.venv/bin/python -m tests.conversations.rewrite [NAME …]``.
"""

import sys
from pathlib import Path

from tests.conversations.player import played

FOLDER = Path(__file__).parent / "transcripts"


def main(names: list[str]) -> None:
    """Rewrite the transcripts called *names*, all of them where none is named."""
    for file in sorted(FOLDER.glob("*.txt")):
        if not names or file.stem in names:
            file.write_text(played(file.read_text()))


if __name__ == "__main__":
    main(sys.argv[1:])
