"""What is kept back from whom, and that they are told why."""

import pytest
from msgspec.structs import replace

from casework.access.links import Claim
from casework.desk.folder import Folder
from casework.ticket.history import Reader
from casework.ticket.spoken import Spoken
from casework.ticket.views import Family, Help, LegView
from conversations.messages import Attachment
from conversations.turn import Answered
from referrals import commands, log
from referrals.choosing import Refusal
from referrals.district.directory import FieldKind, Privacy
from referrals.district.personal import PERSONAL
from referrals.district.words import Words
from referrals.lifecycle import decide
from referrals.roles import Role, Sensitivity
from referrals.ticket import Actor, Ticket
from tests.bot.playing import MONDAY
from tests.casework.test_seeing import DISTRICT, NIK, SEEING, opened

CODE = "482109379"
DESK = Claim(CODE, 1, Role.VERIFIER, DISTRICT.desk)
JUDGE = Claim(CODE, 1, Role.APPEAL_OFFICER, "inspektorat")
GUARDIAN = Claim(CODE, 0, Role.DATA_PROTECTION, "bappeda")
FAMILY = Family(programmes=(Help("PKH", True, "2026"),), edition="2026-T4")  # noqa: FBT003 - as the registry has it


def said(service: str) -> dict[int, bytes]:
    """Return an answer to every field of *service*, each with a photo."""
    fields = DISTRICT.services[service].fields
    photo = (Attachment("photo", "ref"),)
    answers = tuple(
        Answered(f.key, NIK if f.kind is FieldKind.NIK else "isi", f"jawab {f.key}", photo)
        for f in fields
    )
    return {1: Spoken(salt="0", text="cerita warga", answers=answers).packed()}


def shown(ticket: Ticket, entries: tuple[log.Entry, ...], claim: Claim) -> LegView:
    """Return the page of *claim*."""
    folder = Folder(words=said(ticket.service), entries=entries, family=FAMILY)
    return SEEING.view(claim, ticket, folder, MONDAY)


def note(view: LegView) -> str:
    """Return the Indonesian note of a page, empty for none."""
    return view.note.id if isinstance(view.note, Words) else view.note


@pytest.mark.parametrize("service", ["ADMINDUK", "PBI_AKTIF", "LANSIA_DIS"])
def test_who_is_anonim_is_hidden_from_the_agency(service: str) -> None:
    """Name, NIK, KK and telephone are not on its page, which says why; nor is the family."""
    ticket, entries = opened(service, Sensitivity.SENSITIVE)
    hidden = replace(ticket, privacy=Privacy.ANONIM)
    kinds = {f.label: f.kind for f in DISTRICT.services[service].fields}

    agency, desk = shown(hidden, entries, Claim(CODE, 1)), shown(hidden, entries, DESK)

    assert not {kinds[label] for label, _ in agency.answers if isinstance(label, Words)} & PERSONAL
    assert NIK not in repr(agency.answers)
    assert "Warga meminta" in note(agency)
    assert agency.family == Family()
    assert agency.hidden
    assert not desk.hidden
    assert len(desk.answers) > len(agency.answers)
    assert "Jangan menuliskan" in note(desk)
    assert shown(ticket, entries, Claim(CODE, 1)).family == FAMILY


@pytest.mark.parametrize("service", ["PUNGLI", "DTSEN_SANGGAH"])
def test_who_is_asked_to_help_with_a_complaint_reads_nothing_of_it(service: str) -> None:
    """The office it is for reads it and is warned; one that was added reads what it was told."""
    ticket, entries = opened(service, Sensitivity.SENSITIVE)
    owner = Actor(Role.AGENCY, ticket.legs[0].agency)
    for command, actor in (
        (commands.Accept(leg=1), owner),
        (commands.AddAgency(agency="disdukcapil", rule="by_hand", words="-"), owner),
    ):
        events = decide(ticket, command, actor, MONDAY)
        assert not isinstance(events, Refusal)
        ticket, more = log.append(ticket, entries[-1].hash, events, actor, "")
        entries += more
    asked = Spoken(salt="1", text="Mohon cek satu NIK.")
    folder = Folder(
        words={**said(service), entries[-1].seq: asked.packed()}, entries=entries, family=FAMILY
    )

    own = SEEING.view(Claim(CODE, 1), ticket, folder, MONDAY)
    helper = SEEING.view(Claim(CODE, 2), ticket, folder, MONDAY)

    assert own.answers
    assert "Lindungi pelapornya" in note(own)
    assert (helper.answers, helper.files, helper.family) == ((), (), Family())
    assert "cerita warga" not in repr(helper.history)
    assert "Mohon cek satu NIK." in repr(helper.history)
    assert "tidak ditunjukkan" in note(helper)
    assert "melindungi pelapornya" in note(SEEING.view(DESK, ticket, folder, MONDAY))


def test_a_vaults_officer_sees_all_that_the_safe_path_asked() -> None:
    """How and when contact is safe must be known to who makes it, whatever was wished."""
    ticket, entries = opened("PPA", Sensitivity.VAULT)
    hidden = replace(ticket, privacy=Privacy.ANONIM)
    fields = [f.label for f in DISTRICT.services["PPA"].fields if f.shared]
    assert [label for label, _ in shown(hidden, entries, Claim(CODE, 1)).answers] == fields


def test_who_agrees_to_strike_out_needs_no_story() -> None:
    """A data protection officer reads steps and the desk's reason, and nothing else."""
    ticket, entries = opened("ADMINDUK", Sensitivity.ORDINARY)
    page = shown(ticket, entries, GUARDIAN)
    assert (page.answers, page.files, page.family) == ((), (), Family())
    assert "cerita warga" not in repr(page.history)
    assert note(page)
    assert "cerita warga" in repr(shown(ticket, entries, JUDGE).history)


def test_files_are_those_of_what_is_read() -> None:
    """An agency opens photos of the fields it gets; whoever judges opens all."""
    ticket, entries = opened("DTSEN_CEK", Sensitivity.SENSITIVE)
    fields = DISTRICT.services["DTSEN_CEK"].fields
    shared = [f for f in fields if f.shared]
    assert len(shared) < len(fields)
    assert len(shown(ticket, entries, Claim(CODE, 1)).files) == len(shared)
    assert len(shown(ticket, entries, DESK).files) == len(fields)


def test_nobody_who_gave_back_opens_a_file() -> None:
    """The page of a returned leg lists none."""
    ticket, entries = opened("ADMINDUK", Sensitivity.ORDINARY)
    actor = Actor(Role.AGENCY, ticket.legs[0].agency)
    events = decide(ticket, commands.Return(leg=1, words="-"), actor, MONDAY)
    assert not isinstance(events, Refusal)
    ticket, more = log.append(ticket, entries[-1].hash, events, actor, "")
    page = shown(ticket, (*entries, *more), Claim(CODE, 1))
    assert (page.answers, page.files) == ((), ())
    assert not Reader(ticket.legs[0]).desk
