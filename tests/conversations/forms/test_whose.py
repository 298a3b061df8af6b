"""Whose form it is: said by the way, and whose number stands in it by then."""

import pytest
from msgspec.structs import replace

from conversations.forms.another import AskReach
from conversations.forms.drafts import resumed
from conversations.forms.fill import Fill, Summary, Whose, start
from conversations.forms.whose import AskOwner, AskRelation, Clearing, emptied, of_filer, settled
from conversations.menu import Menu
from conversations.messages import Channel
from conversations.records.parties import Method, Relation
from conversations.say import Say
from conversations.turn import Answered, Draft, State, ask
from referrals.district.directory import Priority
from tests.conversations.forms.citizens import DISTRICT, Citizen

KIN = Relation.NEIGHBOUR
MINE, THEIRS = "9901010101800009", "9901014107800001"
KEYS = {"nik", "kk", "name"}


def full(code: str, **answers: str) -> Draft:
    """Return a form of service *code*, each question answered, by *answers* where they say so."""
    fields = DISTRICT.services[code].fields
    values = {field.key: answers.get(field.key, "isi") for field in fields}
    return Draft(code, tuple(Answered(key, value, value) for key, value in values.items()))


HOUSE = full("DTSEN_USUL", nik=MINE, kk="9901010101100001", name="Budi")


def at_summary(say: Say, draft: Draft, channel: Channel = Channel.TELEGRAM) -> Citizen:
    """Return somebody who reads the summary of *draft*."""
    return Citizen(say, ask(Summary(draft), say), channel)


def keys(citizen: Citizen) -> set[str]:
    """Return what the form of *citizen* holds."""
    draft = citizen.state.unfinished()
    return {answer.key for answer in draft.answers} if draft else set()


def test_what_tells_who_the_filer_is_goes_out(say: Say) -> None:
    """NIK, KK and name that were the filer's are removed, the rest stays; the NIK is asked."""
    citizen = at_summary(say, HOUSE)
    citizen.says("untuk tetangga saya" if say.language == "id" else "for my neighbour")
    citizen.says("2", "2")
    assert isinstance(citizen.state, Fill)
    assert citizen.state.key == "nik"
    assert keys(citizen) == {answer.key for answer in HOUSE.answers} - KEYS


def test_what_is_theirs_stays(say: Say) -> None:
    """Where the numbers are that person's, nothing is asked again but their yes."""
    citizen = at_summary(say, HOUSE).says("4", "2", "1")
    assert citizen.state == AskReach(replace(HOUSE, relation=KIN), KIN)


@pytest.mark.parametrize(
    "text", ["bukan", "milik saya", "punya saya", "tidak", "bukan milik saya"]
)
def test_what_may_be_ones_own_goes_out(text: str, say: Say) -> None:
    """Whatever may mean that it is the filer's own number removes it."""
    if say.language == "id":
        citizen = at_summary(say, HOUSE).says("4", "2", text)
        assert keys(citizen).isdisjoint(KEYS)


def test_a_patients_number_is_the_patients(say: Say) -> None:
    """Where the row asks for the patient's NIK, whoever files, nobody asks whose it is."""
    draft = full("PBI_AKTIF", nik=THEIRS)
    assert of_filer(draft, DISTRICT.services["PBI_AKTIF"]) == ()
    assert isinstance(at_summary(say, draft).says("4", "1").state, AskReach)


def test_where_a_life_is_at_stake_nothing_is_asked_again(say: Say) -> None:
    """An urgent form goes at once, without a number that was somebody else's."""
    draft = replace(full("RTLH", nik=MINE), priority=Priority.P1)
    ticket = at_summary(say, draft).says("4", "2", "2").ticket
    assert ticket.another
    assert ticket.another.method is Method.VITAL
    assert ticket.draft.answer("nik") is None
    assert ticket.draft.answer("area")


def test_a_form_for_another_comes_back_as_that(say: Say) -> None:
    """Who leaves it and goes on later reads for whom it is, and is asked for the person's yes."""
    kept = resumed(replace(full("LAIN"), relation=KIN), DISTRICT.services["LAIN"], DISTRICT)
    citizen = Citizen(say, start("LAIN", say, kept))
    assert say("another.for", who=say("another.for_neighbour")) in citizen.heard
    assert isinstance(citizen.says("1").state, AskReach)


def test_a_row_that_asks_knows_what_was_said_at_the_summary(say: Say) -> None:
    """For whom it is stands in the form once, whichever way it was said."""
    service = DISTRICT.services["LANSIA_DIS"]
    draft = settled(full("LANSIA_DIS", whom="self"), service, KIN, say)
    answer = draft.answer("whom")
    assert answer
    assert answer.value == "neighbour"
    own = settled(draft, service, None, say).answer("whom")
    assert own
    assert own.value == "self"


def test_ones_own_form_is_as_short_as_ever(say: Say) -> None:
    """Who files for themself is asked nothing about it, and files what they typed."""
    ticket = at_summary(say, HOUSE).says("1").ticket
    assert ticket.another is None
    assert ticket.draft.answers == HOUSE.answers
    assert emptied(full("LAIN"), DISTRICT.services["LAIN"]) == full("LAIN")


def test_only_a_question_for_the_filers_number_takes_it(say: Say) -> None:
    """Such words are an answer like any other where words are asked, or a child's NIK."""
    for key in ("child_nik", "school"):
        fill = Fill(Draft("PIP", (Answered("problem", "usul", "Usul"),)), key)
        state = Citizen(say, ask(fill, say)).says("untuk ibu saya").state
        assert not isinstance(state, Whose)


def test_whose_number_may_be_said_without_for(say: Say) -> None:
    """Whose NIK it is tells as much as for whom the form is; the number in it is kept."""
    citizen = Citizen(say, start("SUBSIDI", say)).says(f"nik ibu saya {THEIRS}")
    assert isinstance(citizen.state, Whose)
    answer = citizen.state.draft.answer("nik")
    assert answer
    assert answer.value == THEIRS


def test_whom_it_is_for_is_no_name(say: Say) -> None:
    """In the place of one's own name such words are none, and a name "in the name of" is one."""
    fill = Fill(Draft("DTSEN_USUL"), "name")
    citizen = Citizen(say, ask(fill, say)).says("untuk tetangga saya")
    assert citizen.state == Whose(Draft("DTSEN_USUL"))
    named = Citizen(say, ask(fill, say)).says("atas nama Siti").state.unfinished()
    assert named
    assert named.answer("name")


@pytest.mark.parametrize("asking", [AskRelation(), AskOwner(KIN, "NIK ...0001")])
def test_a_service_that_is_gone(say: Say, asking: AskRelation | AskOwner) -> None:
    """Where the rows no longer have the service, the form ends, and nothing is filed."""
    state: State = Whose(Draft("NO_SUCH"), asking)
    citizen = Citizen(say, ask(state, say)).says("1")
    assert isinstance(citizen.state, Menu)
    assert citizen.records == []
    assert state.hint(say)


def test_what_comes_next_is_the_forms_to_know(say: Say) -> None:
    """The question alone cannot go on: that is a bug and says so."""
    with pytest.raises(NotImplementedError):
        Clearing(HOUSE).onward(HOUSE, say, "")
