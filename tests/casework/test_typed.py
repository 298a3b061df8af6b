"""A form typed for a citizen is read as the chat reads it, and what is not clear is asked."""

from datetime import UTC, datetime

import pytest

from casework.calls.agreeing import Agreement, agreed
from casework.calls.caller import Call, Caller
from casework.calls.typed import Filled, Form, Typed, mark_of, read
from casework.staff.person import Staff
from conversations.hearing.alarms import Alarm
from conversations.messages import Address, Channel
from conversations.records.parties import Another, Method, Relation
from referrals.district.directory import Priority
from referrals.district.staffing import Reach, StaffRole
from referrals.district.words import Words
from tests.conversations.town import DISTRICT, SAY

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
CALLER = Address(Channel.SMS, "+6281234567890")
SITI = "9901014107800001"
KK = "9901010101100001"
STREET = {"subsidy": "lpg", "problem": "gas tidak ada di pangkalan", "nik": SITI}


def form_of(code: str, relation: Relation | None = None) -> Form:
    """Return the form of service *code*."""
    return Form(DISTRICT.services[code], CALLER, NOW, relation)


def filled(code: str, clear: dict[str, str] | None = None, **texts: str) -> Filled:
    """Return the form of *code* with *texts* typed into it."""
    return read(form_of(code), Typed(texts, clear or {}), SAY)


def doubts(found: Filled) -> dict[str, str]:
    """Return what is missing or in doubt, by the fields' keys."""
    return {doubt.key: doubt.told for doubt in found.doubts}


def values(found: Filled) -> dict[str, str]:
    """Return the answers that were read."""
    return {key: value for key, value in found.draft.picked.items() if value}


def test_each_answer_is_read_as_in_a_chat() -> None:
    """A NIK between words and blanks, a marked option and a story are what the chat keeps."""
    found = filled("SUBSIDI", **STREET | {"nik": "NIK 9901 0141 0780 0001", "area": SUKAMAJU})
    assert found.whole
    assert values(found) == STREET | {"area": "99.01.01.2001"}


SUKAMAJU = "Desa Sukamaju, Kecamatan Banyu Asri"


def test_what_is_required_is_asked_for() -> None:
    """Whatever the row requires and nobody typed is in doubt; what may be left out is not."""
    assert set(doubts(filled("SUBSIDI"))) == {"nik", "area", "subsidy", "problem"}


def test_a_village_is_found_despite_typos() -> None:
    """A misspelt desa is asked about by its full name, and one click settles it."""
    first = filled("SUBSIDI", **STREET, area="sukamju")
    (doubt,) = first.doubts
    assert "Sukamaju" in doubt.told
    yes = next(one.value for one in doubt.choices if one.label.startswith("Ya"))
    settled = filled("SUBSIDI", {"area": yes}, **STREET, area="sukamju")
    assert values(settled)["area"].endswith("2001")


@pytest.mark.parametrize("typed", ["Sukamaju", "suka maju", "desa sukamaju", "ds. Skmaju"])
def test_a_village_written_as_it_is_called_needs_no_click(typed: str) -> None:
    """A name without a slip, which no other has, is taken: the summary reads it out in full."""
    found = filled("SUBSIDI", **STREET, area=typed)
    assert doubts(found) == {}
    assert values(found)["area"] == "99.01.01.2001"


def test_two_villages_of_one_name_are_told_apart_in_full() -> None:
    """Each is offered with its kecamatan, uncut: a page has room, unlike a telephone's list."""
    (doubt,) = filled("SUBSIDI", **STREET, area="Karanganyar").doubts
    offered = [one.label for one in doubt.choices]
    assert [label.partition(", Kecamatan ")[0] for label in offered[:2]] == [
        "Desa Karanganyar"
    ] * 2
    assert not [label for label in offered if "..." in label]


def test_what_was_picked_counts_for_that_text_alone() -> None:
    """A yes to one village is no yes to another that is typed over it later."""
    first = filled("SUBSIDI", **STREET, area="sukamju")
    yes = next(one.value for one in first.doubts[0].choices if one.label.startswith("Ya"))
    assert not filled("SUBSIDI", {"area": yes}, **STREET, area="mekarsri").whole


def test_a_kecamatan_leads_to_its_villages() -> None:
    """After a kecamatan its villages are offered, each one click away."""
    first = filled("SUBSIDI", **STREET, area="kecamatan banyu asri")
    (doubt,) = first.doubts
    pick = doubt.choices[0].value
    assert filled("SUBSIDI", {"area": pick}, **STREET, area="kecamatan banyu asri").whole


def test_a_family_card_in_the_place_of_a_nik_moves_to_its_own() -> None:
    """Who says that the number is the card's need not type it again."""
    first = filled("DTSEN_USUL", nik=KK)
    choices = {one.label: one.value for one in first.doubts[0].choices}
    card = next(value for value in choices.values() if value.endswith(":kk"))
    second = filled("DTSEN_USUL", {"nik": card}, nik=KK)
    assert second.typed.text("kk") == KK
    assert second.typed.text("nik") == ""
    assert "kk" not in doubts(second)
    third = read(form_of("DTSEN_USUL"), second.typed.retyped("nik", SITI), SAY)
    assert not {"nik", "kk"} & set(doubts(third))


def test_a_nik_that_looks_like_a_card_is_confirmed_by_a_click() -> None:
    """What was said to be a NIK after all is one."""
    nik = f"{mark_of(KK)} fill.nik:nik"
    assert values(filled("DTSEN_USUL", {"nik": nik}, nik=KK))["nik"] == KK


def test_the_same_number_typed_twice_is_told() -> None:
    """The NIK given as the card's number is called that, as in the chat."""
    found = filled("DTSEN_USUL", nik=SITI, kk=SITI)
    assert doubts(found)["kk"] == SAY("form.kk_is_nik")


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "'; DROP TABLE", "9" * 400])
def test_hostile_options_are_no_options(hostile: str) -> None:
    """Whatever is sent in the place of an option is asked again."""
    found = filled("SUBSIDI", **STREET | {"subsidy": hostile, "nik": hostile})
    assert {"subsidy", "nik"} <= set(doubts(found))


@pytest.mark.parametrize("hostile", ["", "x y z", "00000000 fill.area:99.01.01.2001", "  "])
def test_hostile_picks_count_for_nothing(hostile: str) -> None:
    """What was never offered cannot be picked."""
    assert not filled("SUBSIDI", {"area": hostile}, **STREET, area="sukamju").whole


def test_questions_that_are_not_asked_are_not_kept() -> None:
    """What stands in a field that an answer before it rules out is left where it is."""
    found = filled("PPA", contact_way="datang", phone="081234567890", safe_hours="pagi")
    assert values(found) == {"contact_way": "datang"}


def test_the_safe_path_asks_for_nothing_that_must_be_said() -> None:
    """Every question of the safe path may be left out, and a kecamatan is enough."""
    assert filled("PPA").whole
    assert filled("PPA", area="Kecamatan Banyu Asri").whole


def test_the_safe_path_keeps_no_story() -> None:
    """What is typed beside its few questions is not read."""
    found = filled("PPA", story="saya dipukul suami tadi malam", safe_now="aman")
    assert values(found) == {"safe_now": "aman"}


def test_photos_come_later() -> None:
    """Nobody sends a photo by telephone: where a row asks for one, it is passed over."""
    assert "photo" not in doubts(filled("DTSEN_USUL"))


def test_the_caller_s_own_number_is_the_same() -> None:
    """SAMA is the number that calls."""
    assert values(filled("BENCANA", phone="sama"))["phone"] == CALLER.id


def test_words_of_danger_make_it_urgent() -> None:
    """An alarm word in a story is heard, and the ticket is as urgent as in the chat."""
    found = filled("LAIN", story="rumah kebakaran di belakang pasar sekarang")
    assert found.alarms == {Alarm.EMERGENCY}
    assert found.draft.priority is Priority.P1


def test_words_of_violence_are_heard() -> None:
    """Violence in a story is heard, so that the safe path can be offered."""
    stories = [f.key for f in DISTRICT.services["LAIN"].fields if f.kind.value == "story"]
    found = filled("LAIN", **dict.fromkeys(stories, "saya dipukul suami saya setiap malam"))
    assert found.alarms == {Alarm.VIOLENCE}
    assert found.draft.priority is not Priority.P1


def test_an_urgent_option_makes_it_urgent() -> None:
    """What the row calls urgent is."""
    assert filled("TERLANTAR", danger="bahaya").draft.priority is Priority.P1


def test_a_row_that_asks_for_whom_decides() -> None:
    """Where the row asks for whom it is, its answer counts."""
    assert filled("LANSIA_DIS", whom="neighbour").draft.relation is Relation.NEIGHBOUR
    assert filled("LANSIA_DIS", whom="self").draft.relation is None
    assert "whom" in doubts(filled("LANSIA_DIS"))


def test_skipping_words_skip_what_may_be_skipped() -> None:
    """LEWATI passes over what may be left out, and nothing else."""
    found = filled("SUBSIDI", **STREET | {"meter": "lewati", "problem": "lewati"})
    assert "meter" not in doubts(found)
    assert doubts(found)["problem"] == SAY("form.ask_first")


ROLE = StaffRole(code="call_agent", label=Words("Petugas", "Agent"), reach=Reach.DISTRICT)
CALL = Call(Staff(id="s1", name="Petugas", role=ROLE, office="x"), Caller(CALLER.id), NOW, SAY)


def agreement(relation: Relation | None, **typed: str) -> object:
    """Return how whom it is for agrees."""
    return agreed(read(form_of("LAIN", relation), Typed(), SAY).draft, Agreement(**typed), CALL)


def test_for_oneself_nobody_else_agrees() -> None:
    """A form for oneself needs nobody else's yes."""
    assert agreement(None) is None


def test_who_has_a_telephone_is_asked() -> None:
    """Who has a telephone answers for themself."""
    found = agreement(Relation.NEIGHBOUR, phone="0812 9876 5432", witness="Sri, kader", way="")
    assert found == Another(Relation.NEIGHBOUR, Method.REPLY, "+6281298765432")


def test_the_caller_s_number_is_not_theirs() -> None:
    """The number that calls is not the number of whom it is for."""
    assert getattr(agreement(Relation.HOUSEHOLD, phone=CALLER.id), "key", "") == "subject_phone"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ({"phone": "12"}, "subject_phone"),
        ({"phone": "+60123456789"}, "subject_phone"),
        ({"witness": "Sri"}, "witness"),
        ({"witness": "Sri Wahyuni, kader", "way": "vital"}, "way"),
    ],
)
def test_half_an_agreement_is_none(typed: dict[str, str], key: str) -> None:
    """A number that is none, a witness without an office, a way that is not ours are asked."""
    assert getattr(agreement(Relation.OFFICER, **typed), "key", "") == key


def test_a_witness_counts() -> None:
    """Without a telephone somebody hears or sees the yes."""
    found = agreement(Relation.OFFICER, witness=" Sri  Wahyuni, kader ", way="witness_thumb")
    assert found == Another(Relation.OFFICER, Method.THUMB, witness="Sri Wahyuni, kader")


@pytest.mark.parametrize(
    ("written", "number", "texts"),
    [
        ("0812-3456-7890", "+6281234567890", True),
        ("6281234567890", "+6281234567890", True),
        ("+62 21 3456789", "+62213456789", False),
        ("", "", False),
    ],
)
def test_numbers_are_read_as_they_are_written(written: str, number: str, texts: bool) -> None:  # noqa: FBT001 - a column of the table
    """An exchange, a person and an empty field name a telephone, each in their own way."""
    caller = Caller.read(written)
    assert caller
    assert (caller.number, caller.texts) == (number, texts)


@pytest.mark.parametrize("written", ["BRI", "halo", "<b>", "12", "9" * 60])
def test_what_is_no_number_is_none(written: str) -> None:
    """Names, short codes and nonsense call nobody."""
    assert Caller.read(written) is None
