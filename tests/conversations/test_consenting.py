"""The text message that asks somebody whether what was filed for them may go on."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from conversations.consenting import ended, goes_on, request, taken_over, unreached
from conversations.messages import Reply
from conversations.records.parties import Relation, Waiting
from conversations.say import Say
from referrals.codes import shown
from referrals.roles import Sensitivity
from referrals.ticket import Ticket
from tests.conversations.limits import segments
from tests.conversations.spoken_records import ticket
from tests.conversations.town import DISTRICT, VOICES

TWO_PARTS = 2
Word = Callable[[Ticket, Say], Reply]
ASKED = ticket("482109379 LAIN awaiting_consent - 2026-09-02")


@pytest.mark.parametrize("relation", Relation)
@pytest.mark.parametrize("language", ["id", "en"])
def test_it_says_who_we_are_and_nothing_sensitive(language: str, relation: Relation) -> None:
    """It names us, and the service unless that is sensitive, in one text message."""
    for service in DISTRICT.services.values():
        named = service.sensitivity is Sensitivity.ORDINARY
        asking = replace(ASKED, service=service.code, sensitivity=service.sensitivity)
        asked = request(Waiting(asking, "4821"), relation, VOICES[language])
        assert asked.text.startswith(DISTRICT.service_name)
        assert (service.label.in_language(language) in asked.text) is named
        assert " ." not in asked.text
        assert "4821" in asked.text
        assert segments(asked) == 1


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("word", [goes_on, ended, unreached, taken_over])
def test_the_last_words_name_the_ticket_alone(word: Word, language: str) -> None:
    """Who filed it hears of its code and nothing else, in two text messages at most."""
    secret = replace(ASKED, service="PPA", sensitivity=Sensitivity.SENSITIVE)
    told = word(secret, VOICES[language])
    assert told.unasked
    assert shown(ASKED.code) in told.text
    assert DISTRICT.services["PPA"].label.in_language(language) not in told.text
    assert segments(told) <= TWO_PARTS
