"""What seldom happens, and is answered all the same."""

from datetime import UTC, date, datetime

import pytest

from conversations import codec
from conversations.consenting import answered
from conversations.fetching import FetchingTickets
from conversations.hearing.alarms import Alarm, heard
from conversations.hearing.answer_words import Verb, Wanted
from conversations.hearing.stories import told
from conversations.menu import Menu
from conversations.messages import Address, Channel, Inbound
from conversations.personal.rights_done import Sure
from conversations.personal.whose import AskOfSeveral
from conversations.records.parties import ConsentsFound, FindConsents
from conversations.tickets.unsure import decided
from conversations.turn import Door, Enter, Said, TicketsFound
from conversations.wish.rescue import Rescue
from conversations.wish.wishes import Guessed, needed
from tests.conversations.spoken_records import ticket
from tests.conversations.town import DISTRICT, SAY

ADDRESS = Address(Channel.SMS, "+6281234567001")


def said(text: str, picked: str | None = None) -> Said:
    """Return *text* as it is said by SMS."""
    at = datetime(2026, 9, 3, 3, tzinfo=UTC)
    message = Inbound(sender=ADDRESS, message_id="1", received_at=at, text=text, picked=picked)
    return Said(message, "0" * 32)


def test_too_many_wrong_numbers_are_told_their_end() -> None:
    """Who typed wrong numbers too often reads from which day on one counts again."""
    asked = FindConsents(agrees=True, code="", message=said("YA 1111").message, token="0")
    found = ConsentsFound((), asked, until=date(2026, 10, 3))
    turn = answered(codec.fresh(ADDRESS, "id"), found, SAY)
    assert "3 Oktober 2026" in turn.replies[0].text
    assert not found.misnumbered


def test_what_a_kind_leaves_open_is_a_bug() -> None:
    """A state that fetches, asks whose, or whether to do it, says itself what follows."""
    with pytest.raises(NotImplementedError):
        FetchingTickets().found(TicketsFound(()), SAY)
    with pytest.raises(NotImplementedError):
        AskOfSeveral().proving("0001", "", SAY)
    with pytest.raises(NotImplementedError):
        Sure().doing(SAY)


def test_what_was_done_to_somebody_is_heard_apart_too() -> None:
    """What is written "di pukul" is "dipukul", and an hour where a number follows."""
    assert heard("saya di pukul suami", DISTRICT.alarms) is Alarm.VIOLENCE
    assert heard("kumpul di pukul 10", DISTRICT.alarms) is None


def test_nothing_is_kept_of_the_safe_path() -> None:
    """No sentence goes along with a report of violence."""
    safe = next(one for one in DISTRICT.services.values() if one.safe_path)
    assert told(safe, "suami saya memukul anak kami sejak tahun lalu") == ()


def test_a_bare_answer_to_what_was_decided_is_asked_about() -> None:
    """JAWAB and a code alone add nothing: only what is wanted is asked."""
    resolved = ticket("482109379 LAIN resolved dinsos 2026-09-02")
    turn = decided(Wanted(Verb.ANSWER, resolved.code), resolved, None, SAY)
    assert not turn.records
    assert "4821 0937 9" in turn.replies[0].text


def test_the_status_that_was_guessed_is_looked_up() -> None:
    """It is no form: what was written goes along."""
    code = DISTRICT.status_service
    turn = Guessed((code, "LAIN"), "cek nama saya").heard(said("", f"wish.guessed:{code}"), SAY)
    assert turn.enter == Enter(Door.CHECK, "cek nama saya")


def test_danger_in_what_was_taken_for_an_answer_comes_first() -> None:
    """Help is offered before any service."""
    assert isinstance(needed("rumah kami kebakaran", Menu(), SAY).state, Rescue)
