"""Which words of a ticket's history an office may read."""

import pytest

from casework.access.links import Claim
from casework.desk.folder import Folder
from casework.ticket.history import Reader, history
from casework.ticket.history import heard as heard_by_reader
from casework.ticket.spoken import Spoken
from referrals import commands, log
from referrals.choosing import Refusal
from referrals.district.words import Words
from referrals.lifecycle import decide
from referrals.roles import Role, Sensitivity
from referrals.ticket import Actor, Leg, LegState, Ticket
from tests.bot.playing import MONDAY
from tests.casework.test_seeing import SEEING, opened

DESK = Actor(Role.VERIFIER, "desk")
WORDS = "digest"


def moved_on() -> tuple[Ticket, tuple[log.Entry, ...]]:
    """Return a ticket that a village returned and the desk sent to the civil registry."""
    ticket, entries = opened("ADMINDUK", Sensitivity.ORDINARY)
    first, second = Actor(Role.AGENCY, ticket.legs[0].agency), Actor(Role.AGENCY, "disdukcapil")
    steps: tuple[tuple[commands.Command, Actor], ...] = (
        (commands.Ask(leg=1, words=WORDS), first),
        (commands.AnswerAsk(words=WORDS), Actor(Role.CITIZEN)),
        (commands.Return(leg=1, better="disdukcapil", words=WORDS), first),
        (commands.ReferAgain(agency="disdukcapil", rule="by_hand", words=WORDS), DESK),
        (commands.Accept(leg=2), second),
        (commands.Resolve(leg=2, words=WORDS), second),
    )
    for command, actor in steps:
        events = decide(ticket, command, actor, MONDAY)
        assert not isinstance(events, Refusal), events
        ticket, more = log.append(ticket, entries[-1].hash, events, actor, command.words)
        entries += more
    return ticket, entries


SPOKEN = {
    1: Spoken(salt="0", text="cerita warga"),
    3: Spoken(salt="1", text="desa bertanya"),
    4: Spoken(salt="2", text="warga menjawab"),
    5: Spoken(salt="3", text="bukan wewenang desa"),
    6: Spoken(salt="4", text="sekretariat memilih"),
    8: Spoken(salt="5", text="dinas selesai"),
}


def read(reader: Reader, entries: tuple[log.Entry, ...]) -> list[str]:
    """Return the lines of the history as *reader* sees them."""
    words = heard_by_reader(reader, entries, SPOKEN, citizens=not reader.gave_back)
    told = [line for _, line in history(reader, entries, words, SEEING.voices)]
    return [line.id for line in told if isinstance(line, Words)]


def heard(lines: list[str]) -> list[str]:
    """Return the words that *lines* quote."""
    return [said.text for said in SPOKEN.values() if any(said.text in line for line in lines)]


def test_the_office_that_has_it_reads_what_led_there() -> None:
    """It reads the citizen, why it came, and itself; not what passed between others."""
    ticket, entries = moved_on()

    lines = read(Reader(ticket.legs[1]), entries)

    assert len(lines) == len(entries)  # every step is told, if not its words
    assert heard(lines) == [
        "cerita warga",
        "warga menjawab",
        "bukan wewenang desa",
        "sekretariat memilih",
        "dinas selesai",
    ]


def test_the_desk_reads_all() -> None:
    """Who has to find the right office knows everything that was said."""
    ticket, entries = moved_on()

    assert len(heard(read(Reader(ticket.legs[0], Role.VERIFIER), entries))) == len(SPOKEN)


@pytest.mark.parametrize("state", [LegState.RETURNED, LegState.EXPIRED, LegState.UNDELIVERABLE])
def test_an_office_that_gave_it_back_reads_its_own_words(state: LegState) -> None:
    """Its history ends with its own leg, and holds nothing that the citizen said."""
    ticket, entries = moved_on()
    leg = Leg(number=1, agency=ticket.legs[0].agency, state=state, since=MONDAY)

    lines = read(Reader(leg), entries)

    assert len(lines) == 5
    assert heard(lines) == ["desa bertanya", "bukan wewenang desa"]


def test_nothing_happened_on_a_leg_that_is_not_there() -> None:
    """A leg without any step has no history."""
    _, entries = moved_on()
    leg = Leg(number=7, agency="x", state=LegState.RETURNED, since=MONDAY)

    assert read(Reader(leg), entries) == []


def test_its_page_shows_no_answers_any_more() -> None:
    """The page of a returned leg says that it was handed on; the other page shows the answers."""
    ticket, entries = moved_on()
    words = {seq: said.packed() for seq, said in SPOKEN.items()}

    folder = Folder(words=words, entries=entries)

    gone = SEEING.view(Claim(ticket.code, 1), ticket, folder, MONDAY)
    here = SEEING.view(Claim(ticket.code, 2), ticket, folder, MONDAY)

    assert (gone.answers, gone.files, gone.actions) == ((), (), ())
    assert isinstance(gone.note, Words)
    assert "diserahkan" in gone.note.id
    assert here.note == ""
    assert "warga menjawab" not in repr(gone.history)
    assert "warga menjawab" in repr(here.history)
