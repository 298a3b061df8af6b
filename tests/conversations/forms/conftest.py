"""The voice that most tests of forms speak with."""

import pytest

from conversations.say import Say
from tests.conversations.forms.citizens import VOICES


@pytest.fixture(scope="session")
def say() -> Say:
    """Give the Indonesian voice of Kabupaten Contoh."""
    return VOICES["id"]
