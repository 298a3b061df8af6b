"""News that comes unasked may be read by whoever holds the telephone."""

import re
from pathlib import Path

import pytest
import yaml

WORDING = Path(__file__).parents[2] / "conversations" / "wording"
PRIVATE = re.compile(
    r"\b(?:nik|desil|dtsen|dtks|miskin|poor|diagnos\w*|hiv|tbc|tuberkulosis|odgj|kekerasan|violence"
    r"|kdrt|pelecehan|diperkosa|rape|hamil|pregnan\w*|sakit jiwa)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_notice_names_what_is_private(language: str) -> None:
    """Neither a NIK, a desil, an illness nor violence stands in any sentence of a notice."""
    said = yaml.safe_load((WORDING / language / "notice.yaml").read_text())
    told = {key: text for key, text in said.items() if PRIVATE.search(str(text))}
    assert told == {}
