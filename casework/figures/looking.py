"""Who looks at figures, and at what part of them."""

from msgspec import Struct

from casework.access.scope import within_reach
from casework.staff.person import Staff
from referrals.district.directory import District
from referrals.district.staffing import Reach
from storage.figures.counted import Span

EVER = (1, 3_652_054)  # all weeks that wholly are, as days; the last one ends in December 9999
WEEKS = (4, 12, 26, 52)  # the periods to choose from
USUAL = 12


class Asked(Struct, frozen=True):
    """What somebody asked for: so many weeks until today, and an empty text for all."""

    weeks: int = USUAL
    service: str = ""
    area: str = ""
    agency: str = ""


class Look(Struct, frozen=True):
    """How far somebody may look: kecamatan (empty: all), one office or all, services left out."""

    areas: tuple[str, ...] = ()
    agency: str = ""
    hidden: tuple[str, ...] = ()
    nothing: bool = False


BLIND = Look(nothing=True)


def look_of(staff: Staff, district: District) -> Look:
    """Return how far *staff* may look, by the reach that holds for cases; kecamatan at least.

    Who may see nothing but a village sees no figures: they would be of people.
    """
    reach = within_reach(staff, district)
    whole = staff.role.reach is Reach.DISTRICT and staff.office in district.agencies
    if reach.nothing and not whole:  # who may see no case may yet count them all
        return BLIND
    known = {row.parent or row.code for row in district.areas.values()}
    areas = tuple(sorted(code for code in known if any(_in(code, one) for one in reach.areas)))
    if reach.areas and not areas:
        return BLIND
    office = reach.agencies[0] if reach.agencies and not reach.joined else ""
    return Look(areas, office, reach.hidden)


def allowed(asked: Asked, look: Look, district: District) -> Asked | None:
    """Return *asked* as far as *look* reaches; None where it asks for what it does not reach."""
    known = (
        asked.service in {"", *district.services},
        asked.area in {"", *district.areas},
        asked.agency in {"", *district.agencies},
    )
    area = bool(asked.area and look.areas and asked.area not in look.areas)
    office = bool(asked.agency and look.agency and asked.agency != look.agency)
    if not all(known) or area or office or look.nothing or asked.service in look.hidden:
        return None
    return Asked(
        asked.weeks if asked.weeks in WEEKS else USUAL,
        asked.service,
        asked.area,
        asked.agency or look.agency,
    )


def spans(asked: Asked, look: Look, days: tuple[int, int] = EVER) -> tuple[Span, ...]:
    """Return what to count for *asked* in *days*, one for each area that is looked at alone."""
    hidden = f",{','.join(look.hidden)}," if look.hidden else ""
    areas = (asked.area,) if asked.area else look.areas or ("",)
    return tuple(Span(*days, asked.service, one, asked.agency, hidden) for one in areas)


def _in(code: str, reach: str) -> bool:
    return code == reach or code.startswith(f"{reach}.")
