"""What the contracts of imports cannot say: whole families of modules, and calls of the core."""

from pathlib import PurePath

import pytest

from tests.house import rules, tree
from tests.house.test_channels import CHANNELS

PURE = tree.python("conversations", "referrals", "registry_client")
OURS = frozenset({"conversations", "referrals", "registry_client"})
THINKING = OURS | {  # no file, socket or die is reached, nor a clock (ruff bans datetime's)
    "bisect", "collections", "csv", "datetime", "enum", "functools", "hashlib", "hmac",
    "itertools", "math", "msgspec", "operator", "phonenumbers", "rapidfuzz", "re", "stdnum",
    "string", "typing", "unicodedata", "zoneinfo",
}  # fmt: skip
MAY_ALSO = {
    "registry_client/csv_rows.py": frozenset({"io"})
}  # text that is read as a file's lines
SENDERS = (*CHANNELS, "handlers.sms")  # what only texts share stands behind their gateways


@pytest.mark.parametrize("path", PURE)
def test_the_core_only_thinks(path: str) -> None:
    """It imports nothing but what is named here, and calls nothing that reaches the world."""
    parsed = tree.parsed(path)
    assert not rules.beyond(parsed, THINKING | MAY_ALSO.get(path, frozenset()))
    assert not rules.world_touched(parsed)


@pytest.mark.parametrize("path", [f for f in tree.python("handlers") if f.count("/") == 1])
def test_no_part_of_a_channel_knows_another_channel(path: str) -> None:
    """A gateway's parts may use what all texts share, which in turn knows no gateway."""
    module = f"handlers.{PurePath(path).stem}"
    assert not rules.meddling(tree.parsed(path), module, SENDERS)
