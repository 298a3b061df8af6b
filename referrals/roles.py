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


class Sensitivity(StrEnum):
    """Who may read a ticket."""

    ORDINARY = "ordinary"
    SENSITIVE = "sensitive"
    VAULT = "vault"
