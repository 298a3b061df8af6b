"""What officers note for each other about a case: read by their own office and by the desk."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from casework.access.links import Claim
from casework.access.powers import acting
from casework.board.views import NoteShown
from casework.desk.asked import SHORTEST
from casework.telling.answer import Answer
from conversations.hearing.cleaning import clean
from referrals.guards import is_vault
from referrals.ticket import Ticket
from registry_client.masking import endless
from storage.console.case_notes import CaseNote
from storage.store import Store
from storage.unit import Outcome

LONGEST = 2000  # letters: colleagues read it, and no telephone


async def write(  # noqa: PLR0913, PLR0917 - who notes what about which case, when, and for whom
    store: Store,
    claim: Claim,
    ticket: Ticket,
    text: str,
    now: datetime,
    answer: Answer | None = None,
) -> bool:
    """Keep *text* as a note of the holder of *claim*; False where it is too short or too long.

    Numbers of persons in it are hidden: they stand in the case already. With an *answer*, it is
    kept once for the message that is answered.
    """
    note = fit(claim, ticket, text, now)
    if note is None:
        return False
    unit = store.unit()
    unit.write_note(ticket, note)
    if answer is not None:
        answer.write(unit)
    if await store.commit(unit) is Outcome.KEPT and answer is not None:
        answer.go(unit)
    return True


def fit(claim: Claim, ticket: Ticket, text: str, now: datetime) -> CaseNote | None:
    """Return *text* as a note of the holder of *claim*, None where it is too short or too long."""
    words = endless(clean(text).strip())
    if not SHORTEST <= len(words) <= LONGEST:
        return None
    return CaseNote(claim.who, acting(claim, ticket).id, words, now)


def readable(claim: Claim, ticket: Ticket, notes: Iterable[CaseNote]) -> tuple[CaseNote, ...]:
    """Return those of *notes* that are for the holder of *claim*.

    The desk reads all but a vault's; an office its own.
    """
    office = acting(claim, ticket).id
    every = claim.desk and not is_vault(ticket)
    return tuple(note for note in notes if every or note.office == office)


def shown(notes: Iterable[CaseNote], names: Mapping[str, str]) -> tuple[NoteShown, ...]:
    """Return *notes* with what their writers are called."""
    return tuple(NoteShown(names.get(one.staff, ""), one.text, one.at) for one in notes)
