"""Who acts on a ticket, and how closely it is kept."""

from enum import StrEnum


class Role(StrEnum):
    """Who acts (lifecycle, transitions)."""

    CITIZEN = "C"
    FACILITATOR = "F"
    VERIFIER = "V"
    AGENCY = "A"
    SUPERVISOR = "S"
    APPEAL_OFFICER = "P"
    DATA_PROTECTION = "D"
    SYSTEM = "X"


SIDES = frozenset({Role.AGENCY, Role.FACILITATOR})  # who see no more than one side of a ticket


class Sensitivity(StrEnum):
    """Who may read a ticket."""

    ORDINARY = "ordinary"
    SENSITIVE = "sensitive"
    VAULT = "vault"
