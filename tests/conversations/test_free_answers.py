"""What counts as an answer where any words may be one: a command only as the whole message."""

from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from conversations.forms import drafts
from conversations.forms.fill import Fill
from conversations.hearing.answer_words import Verb, Wanted
from conversations.hearing.words import Word, sure
from conversations.menu import Menu
from conversations.personal.rights_done import Gathering
from conversations.records.deeds import Appeal, NotSolved
from conversations.session import Session
from conversations.tickets.answers import AskWhy
from conversations.tickets.supplying import AskAnswer
from conversations.turn import Answered, Draft, OpenTicket, Turn
from conversations.wish.person import AskReason
from tests.conversations.examples import CASE, CODE
from tests.conversations.test_session import CHAT, HOME, said
from tests.conversations.town import DISTRICT, VOICES

CITIZEN = replace(HOME, sender=CHAT)


def asked(service: str, key: str) -> Fill:
    """Return the form of *service* at its question *key*."""
    return Fill(drafts.opened(DISTRICT.services[service]), key)


FIELDS: Mapping[str, Fill] = {
    "story": asked("PUNGLI", "happening"),
    "details": asked("BANSOS_MASALAH", "details"),
    "where": asked("PUNGLI", "where"),
    "place": asked("LAIN", "place"),
    "house": asked("RTLH", "place"),
    "name": asked("DTSEN_USUL", "name"),
}
SENTENCES = (
    "yang kedua dari kiri",
    "kembali ke desa Sukamaju",
    "lewati jalan rusak",
    "jalan menu raya",
    "petugas desa belum datang",
    "mulai dari bulan juni berhenti",
    "batal karena tidak ada uang",
    "status janda anak tiga",
    "cek ditolak bank bulan lalu",
    "lapor ke RT tapi tidak ditanggapi",
    "bantu ibu yang sakit di rumah",
    "sudah lapor tapi belum ditanggapi",
    "bahasa jawa saja",
    "operator desa menolak",
    "Toko Cahaya Agen Start Jaya",
)
PLACES = ("Jl. Bantuan 3", "Gang Stop 2 nomor 5", "Blok Menu 1 rumah kedua")
COMMANDS = {
    "menu": Menu,
    "BATAL": Menu,
    "petugas": AskReason,
    "lapor": "form.choose_group",
    "usul": "form.choose_group",
    "cek": "check.ask_nik",
    "lacak": "track.listing",
    "hapus": Gathering,
}
NO_NAMES = ("Ya", "tidak", "ok", "belum", "sudah", "yang kedua", "nomor 3")


def heard(state: Fill | AskWhy | AskAnswer | AskReason, text: str) -> tuple[Session, Turn]:
    """Return where a message leads whoever was asked *state*."""
    return replace(CITIZEN, state=state).step(said(text, sender=CHAT), VOICES)


def told(session: Session, key: str) -> str | None:
    """Return what was answered to field *key*, or None."""
    draft = session.state.unfinished()
    answer = draft.answer(key) if draft else None
    return answer.value if answer else None


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize("name", FIELDS)
def test_a_sentence_that_holds_a_command_answers(name: str, text: str) -> None:
    """Words of ours within a sentence are the citizen's own: nothing but the answer is heard."""
    state = FIELDS[name]
    session, _ = heard(state, text)
    assert told(session, state.key) == text


@pytest.mark.parametrize("text", PLACES)
@pytest.mark.parametrize("name", ["where", "place", "house"])
def test_an_address_may_hold_a_command_and_numbers(name: str, text: str) -> None:
    """A street called Bantuan, and a house that is the second, are where somebody lives."""
    state = FIELDS[name]
    session, _ = heard(state, text)
    assert told(session, state.key) == text


@pytest.mark.parametrize(("text", "leads"), COMMANDS.items())
@pytest.mark.parametrize("name", FIELDS)
def test_a_command_alone_stays_one(name: str, text: str, leads: type | str) -> None:
    """The whole message is a command wherever it is typed, and answers nothing."""
    session, _ = heard(FIELDS[name], text)
    there = session.state.__struct_config__.tag if isinstance(leads, str) else type(session.state)
    assert there == leads


@pytest.mark.parametrize("text", NO_NAMES)
@pytest.mark.parametrize("name", ["name", "place"])
def test_a_yes_is_nobodys_name(name: str, text: str) -> None:
    """A yes, a no, a number or BELUM is neither a name nor a place: it is asked again."""
    state = FIELDS[name]
    session, _ = heard(state, text)
    assert session.state == state


def test_a_yes_is_no_word_but_a_no_may_be() -> None:
    """Asked for a few words, "ya" is none; "tidak" may tell that there is nothing."""
    state = FIELDS["where"]
    assert told(heard(state, "ya")[0], "where") is None
    assert told(heard(state, "tidak")[0], "where") == "tidak"


@pytest.mark.parametrize(("verb", "deed"), [(Verb.NOT_SOLVED, NotSolved), (Verb.APPEAL, Appeal)])
@pytest.mark.parametrize("text", SENTENCES)
def test_a_reason_may_hold_a_command(verb: Verb, deed: type, text: str) -> None:
    """So it is with the reason that a ticket waits for."""
    _, turn = heard(AskWhy(Wanted(verb, CODE), CASE), text)
    (record,) = turn.records
    assert isinstance(record, deed)


@pytest.mark.parametrize("text", ["ya", "lewati", "yang kedua", "2"])
def test_a_choice_is_no_reason(text: str) -> None:
    """Where a reason is asked, a yes or the number of a choice is asked about."""
    _, turn = heard(AskWhy(Wanted(Verb.APPEAL, CODE), CASE), text)
    assert not turn.records


@pytest.mark.parametrize("text", [*SENTENCES, "Jl. Bantuan 3", "ya", "tidak"])
def test_an_office_is_answered_in_any_words(text: str) -> None:
    """What an office asks may be answered by a yes as well as by a sentence."""
    _, turn = heard(AskAnswer(CODE, CASE), text)
    assert [getattr(record, "reason", "") for record in turn.records] == [text]


@pytest.mark.parametrize("text", [*SENTENCES, "Batas tanah", "lapak", "mulia"])
def test_a_person_is_told_any_sentence(text: str) -> None:
    """What somebody wants of a person may hold every word of ours."""
    _, turn = heard(AskReason(), text)
    (opened,) = turn.records
    assert isinstance(opened, OpenTicket)


@pytest.mark.parametrize("text", ["tidak", "tidak jadi", "ga jadi deh", "lapor", "bantu"])
def test_a_no_calls_no_person(text: str) -> None:
    """A no or a command where a reason was asked opens no ticket."""
    session, turn = heard(AskReason(), text)
    assert not turn.records
    assert not isinstance(session.state, AskReason)


def test_what_others_do_with_records_is_a_story() -> None:
    """In a story an objection to how others use data is told; by its name the wish is heard."""
    text = "saya keberatan data saya dipakai bank"
    story = FIELDS["story"]
    assert told(heard(story, text)[0], "happening") == text
    assert isinstance(heard(story, "tarik persetujuan")[0].state, Gathering)
    assert isinstance(heard(FIELDS["name"], text)[0].state, Gathering)
    gone = Fill(Draft("NO_SUCH", (Answered("name", "Sari", "Sari"),)), "name")
    assert isinstance(heard(gone, text)[0].state, Gathering)


def test_a_name_is_no_slip() -> None:
    """Cahaya is a name and no danger, though it lies one letter from BAHAYA."""
    assert told(heard(FIELDS["name"], "Cahaya")[0], "name") == "Cahaya"
    assert (sure("cahaya"), sure("bahayaa")) == (None, Word.EMERGENCY)
