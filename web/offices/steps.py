"""What every page of steps goes by: whose turn it is, and what a refusal says."""

from collections.abc import Mapping

from casework.ticket.step_names import StepName
from casework.ticket.views import LegView
from referrals.roles import Role
from referrals.states import OVER
from referrals.ticket import OPEN_LEGS, TicketState
from web.forms import once_in

SAID_WHY = frozenset(  # refusals with own words
    {
        "busy", "vault_stays", "agency_not_allowed", "handled_before", "supervisor_decides",
        "proof_missing", "proof_used", "no_twin", "no_proposal", "file_too_large",
        "file_kind_unknown", "file_active", "file_broken", "file_empty", "file_many",
        "review_too_far", "too_many_rounds",
    }
)  # fmt: skip
JUDGES = {Role.APPEAL_OFFICER: "judge", Role.DATA_PROTECTION: "protect"}


def once_of(form: Mapping[str, str]) -> str:
    """Return the name under which *form* is done once, empty for one that brings none.

    The steps of one page are told apart: who comes back to an older page may take another.
    """
    once = once_in(form)
    return f"{once}/{form['action']}" if once else ""


def offered(view: LegView) -> list[StepName]:
    """Return the steps that *view* offers, as they follow on a page."""
    return [name for name in StepName if name in view.actions]


def now_key(view: LegView) -> str:
    """Return the wording key that says whose turn it is, and what happens next."""
    if view.state in OVER:
        return f"agency.now_{view.state.value}"
    if view.role in JUDGES:
        return f"agency.now_{JUDGES[view.role]}{'' if view.actions else '_done'}"
    return _desks_key(view) if view.desk else _agencys_key(view)


def _agencys_key(view: LegView) -> str:
    if view.vault and StepName.REACHED in view.actions:
        return "agency.now_tell_safely"
    if view.vault and view.state is TicketState.REFERRED:
        return "agency.now_vault"
    if view.leg_state in OPEN_LEGS:
        return f"agency.now_{view.standing.value}"
    return f"agency.leg_{view.leg_state.value}"


def _desks_key(view: LegView) -> str:
    """Return what the desk, or its head, has to do now."""
    if view.unreached:
        return "agency.now_unreached"
    if view.state is TicketState.TRIAGE and StepName.REFER not in view.actions:
        return "agency.now_head_decides"
    if view.shares or view.state in {TicketState.SUBMITTED, TicketState.TRIAGE}:
        return "agency.now_desk"
    return _agencys_key(view) if view.own else "agency.now_desk_done"
