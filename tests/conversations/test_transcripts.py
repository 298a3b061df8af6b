"""Conversations as a social worker reads them (see `player` for how to read a transcript)."""

from pathlib import Path

import pytest

from tests.conversations.player import played
from tests.conversations.rewrite import FOLDER

FILES = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_transcript(file: Path) -> None:
    """The bot says and does exactly what the transcript tells, on every channel's telephone."""
    text = file.read_text()
    assert played(text) == text


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_title(file: Path) -> None:
    """A transcript says first what it shows, in a sentence."""
    title = file.read_text().splitlines()[0]
    assert title.startswith("# ")
    assert title.endswith(".")


def test_there_are_enough() -> None:
    """Thirty transcripts at least, the awkward ones among them."""
    assert len(FILES) >= 30
