"""The text message that asks somebody whether what was filed for them may go on."""

import pytest
from msgspec.structs import replace

from conversations.consenting import request
from conversations.parties import Relation
from referrals.directory import Sensitivity
from tests.conversations.limits import segments
from tests.conversations.spoken_records import ticket
from tests.conversations.town import DISTRICT, VOICES

TWO_PARTS = 2
ASKED = ticket("482109379 LAIN awaiting_consent - 2026-09-02")


@pytest.mark.parametrize("relation", Relation)
@pytest.mark.parametrize("language", ["id", "en"])
def test_it_says_who_we_are_and_nothing_sensitive(language: str, relation: Relation) -> None:
    """It names us, and the service unless that is sensitive, in two text messages at most."""
    for service in DISTRICT.services.values():
        named = service.sensitivity is Sensitivity.ORDINARY
        asking = replace(ASKED, service=service.code, sensitivity=service.sensitivity)
        asked = request(asking, relation, VOICES[language])
        assert asked.text.startswith(DISTRICT.service_name)
        assert (service.label.in_language(language) in asked.text) is named
        assert " ." not in asked.text
        assert segments(asked) <= TWO_PARTS
