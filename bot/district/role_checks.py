"""What must be true of the roles of a district's people behind the door."""

import re

from bot.district.findings import Notes
from bot.district.role_rows import TRAIL
from bot.district.texts import strangers
from referrals.district.staffing import Power, Reach, StaffRole
from referrals.roles import Role, Sensitivity

CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
NAME = 40  # characters of a label
OFFICIAL = frozenset(Role) - {Role.CITIZEN, Role.SYSTEM}
OF_CASES = frozenset({Power.WORKLIST, Power.CASE, Power.REVEAL, Power.SEARCH, Power.BULK})


def check_roles(roles: tuple[StaffRole, ...], notes: Notes) -> None:
    """Note roles that stand twice, may too much at once, or could do nothing."""
    notes.twice(((*TRAIL, at, "code"), role.code) for at, role in enumerate(roles))
    for at, role in enumerate(roles):
        _check(at, role, notes)
    if roles and not any(Power.ACCOUNTS in role.powers for role in roles):
        notes.at(TRAIL, "no role has the power 'accounts': nobody could invite anybody")


def _check(at: int, role: StaffRole, notes: Notes) -> None:
    if not CODE.fullmatch(role.code):
        notes.at((*TRAIL, at, "code"), "must be small letters, digits and _")
    for language in ("id", "en"):
        text = role.label.in_language(language)
        if not 0 < len(text) <= NAME or strangers(text):
            notes.at((*TRAIL, at, "label", language), f"must have 1 to {NAME} GSM-7 characters")
    if role.acts_as is not None and role.acts_as not in OFFICIAL:
        notes.at((*TRAIL, at, "acts_as"), "must be one of F, V, A, S, P, D: staff are no citizens")
    for key in ("powers", "sensitivities"):
        values = getattr(role, key)
        notes.twice(((*TRAIL, at, key, n), one.value) for n, one in enumerate(values))
    if not role.powers:
        notes.at((*TRAIL, at, "powers"), "must name a power")
    if Power.ACCOUNTS in role.powers and role.reach is not Reach.DISTRICT:
        notes.at((*TRAIL, at, "reach"), "must be district: who has 'accounts' invites for all")
    _check_cases(at, role, notes)


def _check_cases(at: int, role: StaffRole, notes: Notes) -> None:
    """Note roles that open cases of no sensitivity, and a vault that reaches beyond its agency."""
    if OF_CASES & set(role.powers) and not role.sensitivities:
        notes.at((*TRAIL, at, "sensitivities"), "must name one: it opens cases")
    if Sensitivity.VAULT in role.sensitivities and (
        role.reach is not Reach.AGENCY or len(role.sensitivities) > 1
    ):
        problem = "the vault is for roles that reach their agency and see nothing else"
        notes.at((*TRAIL, at, "sensitivities"), problem)
