"""The people behind the door, as a district's rows have them: what each role may, and how far."""

from enum import StrEnum

from msgspec import Struct

from referrals.district.words import Words
from referrals.roles import Role, Sensitivity


class Power(StrEnum):
    """What a role may do in the console; which tickets it may do it to is its reach."""

    WORKLIST = "worklist"  # see the lists of its tickets
    CASE = "case"  # open one, and take the steps that the lifecycle gives its role
    CALL = "call"  # take a call: find or open the person, and read their answer aloud
    FILE = "file"  # file for somebody else
    VILLAGE = "village"  # the village's own work: verification, musdes, registry proposals
    SEARCH = "search"  # find tickets by a person's NIK or telephone, with a reason
    REVEAL = "reveal"  # unmask a person's numbers, with a reason
    BULK = "bulk"  # assign and refer many at once
    FIGURES = "figures"  # the page that looks: counts and plots, nobody's case
    EXPORT = "export"  # take figures and lists along as files
    SETTINGS = "settings"  # look at the district's rows
    ACCOUNTS = "accounts"  # invite people, change and end their accounts
    AUDIT = "audit"  # read who looked at whose data


class Reach(StrEnum):
    """How far a role sees; each account names its office, and may name areas."""

    DISTRICT = "district"  # every ticket of its sensitivities
    AGENCY = "agency"  # tickets with a share of its office
    AREA = "area"  # tickets from its areas


class StaffRole(Struct, frozen=True, kw_only=True):
    """A row of roles.yaml. What it does not name it may not."""

    code: str
    label: Words
    acts_as: Role | None = None  # in the lifecycle; None only looks
    powers: tuple[Power, ...] = ()
    reach: Reach
    sensitivities: tuple[Sensitivity, ...] = ()  # of the tickets it may see
