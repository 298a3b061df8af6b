"""The steps a page offers: each is a command that is tried, never an entry of a second list."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from casework.access.links import Claim
from casework.access.powers import protection_office, refused
from casework.access.receivers import above, receivers
from casework.access.seats import seats
from casework.desk.deeds import Merge, Propose, Spare, Step, Strike
from casework.ticket.step_names import StepName
from casework.ticket.views import Proposal
from referrals import commands
from referrals.choosing import Refusal
from referrals.district.days import day_in
from referrals.district.directory import District, Milestone
from referrals.guards import is_vault
from referrals.lifecycle import decide
from referrals.roles import Role
from referrals.ticket import Actor, ClosedBecause, DeclineReason, Leg, Ticket, TicketState

ANY = "-"  # stands for the words, or the number, that an officer has not written yet
BY_HAND = "by_hand"  # the rule that a leg carries when a person chose its agency

ENDS: Mapping[ClosedBecause | None, type[commands.EndByTwo]] = {
    None: commands.Void,
    ClosedBecause.ABUSE: commands.CloseAsAbuse,
    ClosedBecause.SUBJECT_GONE: commands.CloseAsGone,
}
"""What two people can end a ticket with; None strikes it out."""

NAMES: Mapping[type[Step], StepName] = {
    commands.Accept: StepName.ACCEPT,
    commands.Return: StepName.RETURN,
    commands.Ask: StepName.ASK,
    commands.Hold: StepName.HOLD,
    commands.Resume: StepName.RESUME,
    commands.ReportMilestone: StepName.MILESTONE,
    commands.Escalate: StepName.ESCALATE,
    commands.AddAgency: StepName.ADD,
    commands.Resolve: StepName.RESOLVE,
    commands.Decline: StepName.DECLINE,
    commands.Route: StepName.REFER,
    commands.ReferAgain: StepName.REFER,
    commands.MarkOutOfScope: StepName.OUT_OF_SCOPE,
    commands.MarkDuplicate: StepName.MERGE,
    Merge: StepName.MERGE,
    commands.Recall: StepName.RECALL,
    commands.HandOver: StepName.HAND_OVER,
    commands.Reach: StepName.REACHED,
    commands.Reopen: StepName.REOPEN,
    Propose: StepName.VOID,
    commands.Overturn: StepName.OVERTURN,
    commands.Uphold: StepName.UPHOLD,
    Strike: StepName.STRIKE,
    **dict.fromkeys(ENDS.values(), StepName.STRIKE),
    Spare: StepName.SPARE,
}
"""What each step is called; whatever else the lifecycle knows is no officer's."""

Tried = Iterator[commands.Command]


class Desktop(Struct, frozen=True, kw_only=True):
    """What lies before the holder of a link: the ticket, their share of it, and the day."""

    district: District
    claim: Claim
    ticket: Ticket
    leg: Leg
    now: datetime
    twins: tuple[str, ...] = ()  # codes of tickets that this one may be a duplicate of
    proposal: Proposal | None = None  # to strike the ticket out


def possible(desktop: Desktop) -> Iterator[StepName]:
    """Yield the steps that the lifecycle allows the holder of the link right now."""
    for name, _ in granted(desktop):
        yield name
    if may_propose(desktop):
        yield StepName.VOID
    if desktop.claim.role is Role.DATA_PROTECTION and desktop.proposal:
        yield StepName.SPARE


def granted(desktop: Desktop) -> Iterator[tuple[StepName, commands.Command]]:
    """Yield the steps that change a ticket and are possible, each with the command it was."""
    ticket, found = desktop.ticket, set[StepName]()
    for claim in seats(desktop.claim, ticket):
        for command in _offered(replace(desktop, claim=claim)):
            name = NAMES[type(command)]
            no = refused(desktop.district, claim, ticket, command, desktop.now)
            if no is None and name not in found:
                found.add(name)
                yield name, command


def ended(because: ClosedBecause | None, second: str) -> commands.EndByTwo:
    """Return what ends a ticket that nobody answered, once *second* and who does it agree."""
    return ENDS[because](second=second, words=ANY)


def may_propose(desktop: Desktop, because: ClosedBecause | None = None) -> bool:
    """Tell whether the desk could ask to end the ticket so: it would be, if agreed to."""
    if desktop.proposal or desktop.claim.role not in {Role.VERIFIER, Role.SUPERVISOR}:
        return False
    officer = Actor(Role.DATA_PROTECTION, protection_office(desktop.district))
    wish = ended(because, desktop.claim.office)
    return not isinstance(decide(desktop.ticket, wish, officer, desktop.now), Refusal)


def sent_on(
    state: TicketState, agency: str, rule: str, share: int = 0
) -> commands.Route | commands.ReferAgain:
    """Return the desk's "refer": row 6 for a ticket that no agency had yet, else row 15."""
    if state is TicketState.SUBMITTED:
        return commands.Route(agency=agency, rule=rule)
    return commands.ReferAgain(agency=agency, rule=rule, share=share)


def milestones(district: District, ticket: Ticket) -> tuple[Milestone, ...]:
    """Return the steps on the way of *ticket*'s service; none where nobody else decides."""
    usul = district.usul
    return usul.milestones if usul and ticket.service in usul.services else ()


def _offered(desktop: Desktop) -> Tried:
    match desktop.claim.role:
        case Role.AGENCY:
            yield from _agencys(desktop)
        case Role.VERIFIER | Role.SUPERVISOR:
            yield from _desks(desktop)
        case Role.FACILITATOR:
            yield from _facilitators(desktop)
        case Role.APPEAL_OFFICER:
            yield commands.Overturn(words=ANY)
            yield commands.Uphold(words=ANY)
        case Role.DATA_PROTECTION if desktop.proposal:
            yield ended(desktop.proposal.because, desktop.proposal.by)
        case _:
            pass


def _agencys(desktop: Desktop) -> Tried:
    leg, today = desktop.leg.number, day_in(desktop.district.calendar.zone, desktop.now)
    yield commands.Accept(leg=leg, words=ANY)
    yield commands.Return(leg=leg, words=ANY)
    yield commands.Ask(leg=leg, words=ANY)
    yield commands.Hold(leg=leg, review=today, words=ANY)
    yield commands.Resume(leg=leg)
    yield commands.Resolve(leg=leg, words=ANY)
    yield commands.Decline(leg=leg, reason=DeclineReason.OTHER, words=ANY)
    if not is_vault(desktop.ticket):  # nothing is written to its citizen
        yield commands.ReportMilestone(words=ANY)
    elif desktop.ticket.awaited:
        yield commands.Reach(of=desktop.ticket.awaited.of, by_hand=True, words=ANY)
    for agency in above(desktop.district, desktop.ticket, desktop.leg)[:1]:
        yield commands.Escalate(leg=leg, agency=agency.code, rule=ANY, words=ANY)
    yield from _added(desktop)


def _facilitators(desktop: Desktop) -> Tried:
    """Offer to take a case up from their own village (row 16), and to say who was reached."""
    leg, ticket = desktop.leg, desktop.ticket
    if leg.agency == desktop.claim.office:
        for agency in above(desktop.district, ticket, leg)[:1]:
            yield commands.Escalate(leg=leg.number, agency=agency.code, rule=ANY, words=ANY)
    if ticket.awaited is not None:
        yield commands.Reach(of=ticket.awaited.of, by_hand=True, words=ANY)


def _desks(desktop: Desktop) -> Tried:
    ticket = desktop.ticket
    here = ticket.open_leg.number if ticket.open_leg else 0
    for agency in receivers(desktop.district, ticket, desktop.leg)[:1]:
        yield sent_on(ticket.state, agency.code, ANY)
    yield commands.Ask(leg=here, words=ANY)
    yield commands.Decline(leg=here, reason=DeclineReason.OTHER, words=ANY)
    yield commands.MarkOutOfScope(words=ANY)
    for code in desktop.twins[:1]:
        yield commands.MarkDuplicate(of=code)
    yield commands.ReportMilestone(words=ANY)
    yield from _added(desktop)
    yield commands.Recall(leg=here, words=ANY)
    for system in desktop.district.hand_over_to[:1]:
        yield commands.HandOver(system=system, number=ANY)
    if ticket.awaited is not None:
        yield commands.Reach(of=ticket.awaited.of, by_hand=True, words=ANY)
    yield commands.Reopen(words=ANY)


def _added(desktop: Desktop) -> Tried:
    for agency in receivers(desktop.district, desktop.ticket, desktop.leg)[:1]:
        yield commands.AddAgency(agency=agency.code, rule=ANY, words=ANY)
