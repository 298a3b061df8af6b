"""Somebody who works behind the door."""

from msgspec import Struct

from referrals.district.staffing import Power, StaffRole


class Staff(Struct, frozen=True, kw_only=True):
    """Who is signed in, in which role and for which office. Prints as their id alone."""

    id: str  # made up and short; the audit names them by it
    name: str  # what people call them
    role: StaffRole
    office: str  # an agency's code
    areas: tuple[str, ...] = ()  # area codes; () is everywhere that the role reaches

    def may(self, power: Power) -> bool:
        """Tell whether their role has *power*."""
        return power in self.role.powers

    def __repr__(self) -> str:
        return f"Staff({self.id})"
