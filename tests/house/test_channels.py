"""What a channel must come with before it counts as one."""

import tomllib

import pytest

from tests.house import tree

LINTER = tomllib.loads(tree.text("pyproject.toml"))["tool"]["importlinter"]
CHANNELS = next(c["modules"] for c in LINTER["contracts"] if c["id"] == "channels")


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_channel_comes_with_captured_payloads(channel: str) -> None:
    """Its folder of tests holds captured payloads, one file each, event__detail."""
    folder = f"tests/{channel.replace('.', '/')}/"
    assert [f for f in tree.files() if f.startswith(folder) and "__" in f]


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_channel_has_its_page(channel: str) -> None:
    """Operators read how to connect it, and what it does with odd messages."""
    assert f"docs/channels/{channel.split('.')[1].replace('_', '-')}.md" in tree.files()


def test_every_channel_is_kept_apart() -> None:
    """Whatever reads a provider's messages stands in the contract that keeps channels apart."""
    readers = {
        path.removesuffix(".py").replace("/", ".")
        for path in tree.python("handlers")
        if path.count("/") == 1
        and "\nclass " in tree.text(path)
        and "\ndef read(" in tree.text(path)
    }
    assert not readers - set(CHANNELS)
