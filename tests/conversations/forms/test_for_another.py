"""A form is filed for somebody else: what each question takes, and what is said to whom."""

import pytest
from msgspec.structs import replace

from conversations.consenting import ended, goes_on, request, taken_over
from conversations.forms.another import (
    AskHow,
    AskPaper,
    AskReach,
    AskWitness,
    for_another,
    offered,
)
from conversations.forms.fill import Summary
from conversations.messages import Address, Channel, Inbound
from conversations.records.parties import Another, FindConsents, Method, Relation, Waiting
from conversations.say import Say
from conversations.turn import Draft, State, ask
from referrals.roles import Sensitivity
from tests.conversations.examples import SARI
from tests.conversations.forms.citizens import DISTRICT, MONDAY, Citizen
from tests.conversations.spoken_records import ticket

DRAFT = Draft("LAIN")
KIN = Relation.NEIGHBOUR
WITNESSED = Another(KIN, Method.THUMB, witness="Sri, kader")
WAITING = ticket("482109379 LAIN awaiting_consent - 2026-09-02")


def test_ones_own_number_is_not_another_persons(say: Say) -> None:
    """Who writes by text message cannot agree in somebody else's name with their own number."""
    citizen = Citizen(say, ask(AskReach(DRAFT, KIN), say), Channel.SMS).says("081234567890")
    assert isinstance(citizen.state, AskReach)


@pytest.mark.parametrize(
    "number", ["+881612345678", "+19005551234", "+979123456789", "+60123456789", "021 3456789"]
)
def test_strangers_abroad_are_not_texted(say: Say, number: str) -> None:
    """Only an Indonesian mobile number is asked by text; elsewhere a witness speaks for them."""
    citizen = Citizen(say, ask(AskReach(DRAFT, KIN), say)).says(number)
    assert isinstance(citizen.state, AskReach)
    assert citizen.records == []
    assert isinstance(citizen.says("1").state, AskWitness)


def test_a_service_that_is_gone_is_not_filed(say: Say) -> None:
    """Where the rows no longer have the service, nothing is filed in anybody's name."""
    citizen = Citizen(say, ask(AskPaper(Draft("NO_SUCH"), WITNESSED), say)).photographs()
    assert citizen.records == []


@pytest.mark.parametrize("text", ["untuk ibu saya", "buat tetangga", "atas nama nenek"])
def test_words_at_the_summary_lead_there(say: Say, text: str) -> None:
    """Whoever says for whom it is need not find the button."""
    citizen = Citizen(say, ask(Summary(DRAFT), say))
    assert for_another(text)
    assert citizen.state == Summary(DRAFT)


@pytest.mark.parametrize(
    "text", ["untuk saya", "buat saya sendiri", "ya", "for me", "untuk anak saya", "buat anakku"]
)
def test_oneself_is_nobody_else(text: str) -> None:
    """Who asks for themself, or for their child, is not taken to ask for somebody else."""
    assert not for_another(text)


def test_others_are_not_accused_in_another_name() -> None:
    """Where others are reported, nobody is represented; nor on the safe path."""
    not_offered = {code for code, service in DISTRICT.services.items() if not offered(service)}
    assert not_offered == {"PUNGLI", "DTSEN_SANGGAH", "PPA"}


@pytest.mark.parametrize("relation", list(Relation))
def test_the_person_is_asked_in_one_text_message(say: Say, relation: Relation) -> None:
    """The question tells who, for what, and how to answer; a sensitive need is not named."""
    label = DISTRICT.services["LAIN"].label.in_language(say.language)
    asked = request(Waiting(WAITING, "4821"), relation, say).text
    sensitive = replace(WAITING, sensitivity=Sensitivity.SENSITIVE)
    private = request(Waiting(sensitive, "4821"), relation, say).text
    assert label in asked
    assert label not in private
    assert len(asked) <= 160


def test_who_filed_it_hears_no_reason(say: Say) -> None:
    """The reporter is told its number and how it goes on, never what the person answered."""
    for told in (goes_on, ended, taken_over):
        assert "4821 0937 9" in told(WAITING, say).text
        assert told(WAITING, say).unasked


@pytest.mark.parametrize(
    "state",
    [
        AskReach(DRAFT, KIN),
        AskWitness(DRAFT, KIN),
        AskHow(DRAFT, KIN, "Sri, kader"),
        AskPaper(DRAFT, WITNESSED),
    ],
)
def test_each_question_can_be_put_in_another_way(say: Say, state: State) -> None:
    """Whoever is not understood twice gets a hint."""
    assert state.hint(say)


def test_parties_print_masked() -> None:
    """Neither a number nor a witness's name reaches a log by being printed."""
    sender = Address(Channel.SMS, "+6281234567890")
    message = Inbound(sender=sender, message_id="1", received_at=MONDAY, text=SARI.digits)
    asked = FindConsents(agrees=True, code="", message=message, token="", number="7531")
    another = Another(KIN, Method.REPLY, "+6281234567890", "Sri")
    shown = f"{another!r}{asked!r}{Waiting(WAITING, '7531')!r}"
    assert "7531" not in shown
    assert "812345" not in shown
    assert "Sri" not in shown
