"""Every transcript is also played on every channel, whichever it was written for."""

from pathlib import Path

import pytest

from conversations.messages import Channel
from tests.conversations.elsewhere import Elsewhere
from tests.conversations.player import IDS
from tests.conversations.rewrite import FOLDER

FILES = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("channel", IDS)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_transcript_on(file: Path, channel: Channel) -> None:
    """People are answered there too, with nothing that a channel cannot carry."""
    assert list(Elsewhere(file.read_text(), channel).replies())
