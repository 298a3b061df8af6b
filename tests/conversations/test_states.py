"""What all states have in common."""

from datetime import UTC, datetime

import pytest

from conversations.doors import joined
from conversations.messages import Address, Attachment, Channel, Choice, Inbound, Place, Reply
from conversations.one_of_two import OneOfTwo
from conversations.records.deeds import NotSolved, Rate, Withdraw
from conversations.records.linked import LinkFound
from conversations.records.proofs import CountProof
from conversations.session import Session
from conversations.status.registry_words import explain
from conversations.turn import (
    Answered,
    Door,
    Enter,
    LookUp,
    RegistryAnswered,
    Said,
    State,
    TicketsFound,
    Turn,
    said_first,
)
from conversations.wish.comfort import Gentle
from registry_client.answers import Answer, Pending
from tests.conversations.examples import EXAMPLES, SARI
from tests.conversations.spoken_records import FIXED
from tests.conversations.test_session import CHAT
from tests.conversations.test_wishes import MESSAGE
from tests.conversations.town import DISTRICT, SAY, VOICES

WAITING = tuple(state for state in EXAMPLES if state.awaits)


@pytest.mark.parametrize("state", EXAMPLES, ids=lambda state: str(state.__struct_config__.tag))
def test_an_answer_nobody_asked_for(state: State) -> None:
    """Where a talk waits for something else, what comes moves nothing and says nothing."""
    talk = Session(sender=CHAT, language="id", state=state, consent=DISTRICT.consent_version)
    for event in (TicketsFound(()), RegistryAnswered(Pending()), LinkFound()):
        if not isinstance(event, state.awaits):
            assert talk.step(event, VOICES) == (talk, Turn(state))


@pytest.mark.parametrize("state", WAITING, ids=lambda state: str(state.__struct_config__.tag))
def test_what_is_fetched_is_told_by_its_kind(state: State) -> None:
    """A state that waits for one thing asks on when it is given another."""
    other = LinkFound() if TicketsFound in state.awaits else TicketsFound(())
    assert state.answered(other, SAY).state == state


@pytest.mark.parametrize("state", EXAMPLES, ids=lambda state: str(state.__struct_config__.tag))
def test_a_state_says_what_it_waits_for(state: State) -> None:
    """Every state can ask its question again, and put it in another way."""
    assert state.prompt(SAY).text
    assert state.hint(SAY)


@pytest.mark.parametrize("state", WAITING, ids=lambda state: str(state.__struct_config__.tag))
def test_who_writes_while_something_is_fetched_is_answered(state: State) -> None:
    """They are told that we look, or their form begins without more looking."""
    turn = state.heard(Said(MESSAGE, "0" * 32), SAY)
    assert turn.replies
    assert not turn.unread


def test_a_state_must_ask_and_answer() -> None:
    """A state that forgets to ask, or to take an answer, is a bug and says so."""
    with pytest.raises(NotImplementedError):
        State().prompt(SAY)
    with pytest.raises(NotImplementedError):
        State().heard(Said(MESSAGE, "0" * 32), SAY)
    with pytest.raises(NotImplementedError):
        State().answered(TicketsFound(()), SAY)
    for answer in (OneOfTwo().yes, OneOfTwo().no, Gentle().calls, Gentle().stays):
        with pytest.raises(NotImplementedError):
            answer(SAY)


@pytest.mark.parametrize(
    "personal",
    [
        SARI,
        LookUp(SARI, "0001"),
        Address(Channel.SMS, "+628110001"),
        Attachment("photo", "file-628110001"),
        Inbound(
            sender=Address(Channel.SMS, "+628110001"),
            message_id="1",
            received_at=datetime(2026, 9, 3, tzinfo=UTC),
            text="NIK 9901014107800001",
        ),
        Place(-6.628110001, 106.8),
        Reply("NIK 9901014107800001"),
        Answered("nik", "9901014107800001", "9901014107800001"),
        NotSolved("482109379", "NIK 9901014107800001"),
        Rate("482109379", 1, "NIK 9901014107800001"),
        Withdraw("482109379", "NIK 9901014107800001"),
        Enter(Door.WISH, "NIK 9901014107800001"),
    ],
    ids=lambda personal: type(personal).__name__,
)
def test_personal_values_print_masked(personal: object) -> None:
    """Nothing personal reaches a log by being printed."""
    assert "990101410780" not in repr(personal)
    assert "628110001" not in repr(personal)


@pytest.mark.parametrize("answer", FIXED.values(), ids=FIXED)
def test_every_answer_of_the_registry_has_words(answer: Answer) -> None:
    """Whatever the registry answers can be told, and promises or refuses nothing."""
    told = explain(answer, SAY).lower()
    assert told
    assert "ditolak" not in told
    assert "turunkan" not in told


def test_turns_are_joined() -> None:
    """Going through a door makes one message and loses no record."""
    before = Turn(State(), (Reply("Baik."),), records=(CountProof("1"),), language="en")
    then = Turn(State(), (Reply("Lalu?", (Choice("a", "A"),)),), records=(CountProof("2"),))
    turn = joined(before, then)
    assert turn.replies == (Reply("Baik.\n\nLalu?", (Choice("a", "A"),)),)
    assert turn.records == (CountProof("1"), CountProof("2"))
    assert turn.language == "en"


def test_words_ahead_of_nothing() -> None:
    """Words put ahead of a silent turn are its message."""
    assert said_first(Turn(State()), "Awas.").replies == (Reply("Awas."),)
    assert said_first(Turn(State()), "").replies == ()
