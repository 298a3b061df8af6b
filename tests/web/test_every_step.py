"""Every row of the lifecycle that officers have stands on their page, and its form takes it."""

from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from msgspec.structs import replace

from casework.access.links import Claim
from casework.access.powers import acting, addressed, protection_office
from casework.access.scope import claim_for
from casework.desk.asked import ASKED, DAYS, Item
from casework.desk.deeds import Merge, Propose, Spare, Step, Strike
from casework.desk.folder import Folder
from casework.desk.seeing import Seeing
from casework.desk.steps import ended
from casework.staff.person import Staff
from casework.ticket.step_names import StepName
from casework.ticket.views import LegView, Proposal, Twin
from referrals import commands as c
from referrals.choosing import Refusal
from referrals.entries import Transition
from referrals.events import Event
from referrals.guards import REVIEW_WINDOW, is_vault
from referrals.lifecycle import decide
from referrals.roles import Role
from referrals.ticket import Ticket, TicketState
from referrals.transitions import TRANSITIONS
from tests.conversations.town import DISTRICT, VOICES
from tests.referrals.samples import AGENCY, CODE, NOW, WORDS, actor, ticket_for
from web.offices.agency_form import PICKED, Filled, choices, read

SEEING = Seeing(DISTRICT, VOICES)
VILLAGE, HOUSING, SUKAMAJU = "desa-9901012001", "dinas-perkim", "99.01.01.2001"
VAULT = next(code for code, row in DISTRICT.agencies.items() if row.vault)
OFFICES: Mapping[Role, str] = {
    Role.FACILITATOR: VILLAGE,
    Role.VERIFIER: DISTRICT.desk,
    Role.SUPERVISOR: DISTRICT.desk,
    Role.AGENCY: "",  # the leg's own
    Role.APPEAL_OFFICER: DISTRICT.appeals[0],
    Role.DATA_PROTECTION: protection_office(DISTRICT),
}
HERE = {AGENCY: VILLAGE, "dinas-c": HOUSING, actor(Role.VERIFIER).id: DISTRICT.desk}
ELSEWHERE = {c.Join}  # what merging does to the other ticket
BY_CHAT = {Role.FACILITATOR: {c.Escalate, c.Reach}}  # all else of theirs is said in a chat
OLDER = Twin("111111118", "KTP", TicketState.REFERRED, NOW, "Disdukcapil", "place")
ENDS = {"abuse": c.CloseAsAbuse, "subject_gone": c.CloseAsGone, "void": c.Void}


def on_pages() -> Iterator[object]:
    """Yield each row that an officer has, with each state and role that it names."""
    for entry in TRANSITIONS:
        roles = [role for role in entry.roles if role in OFFICES]
        for state, role in product(entry.sources, roles):
            page = BY_CHAT.get(role, {entry.command})
            if entry.command in page - ELSEWHERE:
                yield pytest.param(
                    entry, state, role, id=f"{entry.row}-{entry.title}-{state}-{role}"
                )


def at_home(entry: Transition, state: TicketState) -> Ticket:
    """Return a ticket for *entry* as one of the district's own, at its own offices."""
    ticket = ticket_for(entry, state)
    own = {**HERE, AGENCY: VAULT} if is_vault(ticket) else HERE
    legs = tuple(replace(leg, agency=own[leg.agency]) for leg in ticket.legs)
    return replace(ticket, service=service_of(entry, ticket), area=SUKAMAJU, legs=legs)


def service_of(entry: Transition, ticket: Ticket) -> str:
    """Return a service of which *entry* can be true: of proposals alone milestones are told."""
    if entry.command is c.ReportMilestone and DISTRICT.usul:
        return DISTRICT.usul.services[0]
    return "PPA" if is_vault(ticket) else "RTLH"


def folder_for(entry: Transition) -> Folder:
    """Return what was read beside the ticket: an older twin, and what the desk proposed."""
    because = entry.because if entry.command is not c.Void else None
    ends = Proposal(by=DISTRICT.desk, reason="keliru", because=because)
    two = entry.command in ENDS.values()
    return Folder(twins=(OLDER,), proposal=ends if two else None)


def forms(view: LegView) -> Iterator[dict[str, str]]:
    """Yield every form that the page of *view* can be sent with, its texts aside."""
    for action in view.actions:
        picked = [
            [(field, value) for value in values_of(action, field, view)] for field in ASKED[action]
        ]
        for fields in product(*picked):
            yield {"action": action, **dict(fields)}


def values_of(action: StepName, field: Item, view: LegView) -> list[str]:
    """Return what *field* of *action* can be sent with: what can be picked, a day, or a text."""
    if field in DAYS:
        return [(NOW + REVIEW_WINDOW).date().isoformat()]
    offered = [value for value, _ in choices(action, field, view)]
    return offered or ([""] if field in PICKED else ["Sudah kami periksa."])


def command_of(step: Step, proposal: Proposal | None) -> c.Command | None:
    """Return the lifecycle's word for *step*; None for what only asks a second person."""
    match step:
        case Merge(into=code):
            return c.MarkDuplicate(of=code)
        case Strike() if proposal:
            return ended(proposal.because, proposal.by)
        case Propose() | Spare() | Strike():
            return None
        case _:
            return step


def led_to(claim: Claim, ticket: Ticket, command: c.Command) -> type[Event] | None:
    """Return what happens when the holder of *claim* gives *command*, None where nothing does."""
    to = addressed(DISTRICT, ticket, command)
    if isinstance(to, Refusal):
        return None
    events = decide(ticket, replace(to, words=WORDS), acting(claim, ticket), NOW)
    return None if isinstance(events, Refusal) else type(events[0])


def done_by(claim: Claim, ticket: Ticket, entry: Transition) -> set[type[Event] | None]:
    """Return what the holder of *claim* can make happen by the forms of *entry*'s command."""
    folder = folder_for(entry)
    view, done = SEEING.view(claim, ticket, folder, NOW), set()
    for form in forms(view):
        filled = read(form, view, NOW.date())
        assert isinstance(filled, Filled), (form, filled)
        command = command_of(filled.step, folder.proposal)
        if isinstance(command, entry.command):
            done.add(led_to(claim, ticket, command))
    return done


def in_console(role: Role, ticket: Ticket) -> Iterator[Claim]:
    """Yield the claims on *ticket* of the console's people who act in *role*."""
    office = OFFICES[role] or ticket.legs[0].agency
    for row in DISTRICT.staff_roles.values():
        if row.acts_as is role:
            staff = Staff(id="somebody", name="Petugas", role=row, office=office)
            if claim := claim_for(staff, ticket, DISTRICT):
                yield claim


@pytest.mark.parametrize(("entry", "state", "role"), list(on_pages()))
def test_each_row_stands_on_its_officers_page(
    entry: Transition, state: TicketState, role: Role
) -> None:
    """Whom the table names finds the step on the page of a link, and its form does that row."""
    leg = 1 if role in {Role.AGENCY, Role.FACILITATOR} else 0
    claim = Claim(CODE, leg, role, OFFICES[role], "somebody" if role is Role.FACILITATOR else "")
    assert entry.event in done_by(claim, at_home(entry, state), entry)


@pytest.mark.parametrize(("entry", "state", "role"), list(on_pages()))
def test_each_row_is_somebodys_in_the_console(
    entry: Transition, state: TicketState, role: Role
) -> None:
    """Some role of the district's staff may open the case and do that row there."""
    ticket = at_home(entry, state)
    assert any(entry.event in done_by(one, ticket, entry) for one in in_console(role, ticket))


@pytest.mark.parametrize("because", ENDS)
def test_the_desk_proposes_what_two_people_end(because: str) -> None:
    """Row 34 and its kin begin with the desk's own page, open or closed."""
    rows = [entry for entry in TRANSITIONS if entry.command is ENDS[because]]
    for entry, role in product(rows, (Role.VERIFIER, Role.SUPERVISOR)):
        for state in entry.sources:
            ticket = at_home(entry, state)
            view = SEEING.view(Claim(CODE, 0, role, DISTRICT.desk), ticket, Folder(), NOW)
            assert StepName.VOID in view.actions
            assert because in values_of(StepName.VOID, Item.BECAUSE, view)
