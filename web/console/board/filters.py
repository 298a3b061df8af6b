"""What the address of a work list asks for, and what its filters offer."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from msgspec.structs import asdict

from casework.board.views import Filters, View
from casework.board.worklist import usual
from casework.staff.person import Staff
from conversations.messages import Channel
from referrals.district.directory import District
from referrals.roles import Role
from referrals.ticket import TicketState
from web.console.sheets import Query, known
from web.voice import Voice

AGES = (3, 7, 14, 30, 60)  # days
TURNS = ("desk", "agency", "citizen")
VILLAGE_INDENT = "\N{EM SPACE}"

Choices = list[tuple[str, str]]


def filters_in(query: Query, staff: Staff, district: District) -> Filters:
    """Return what *query* asks for; what is unknown asks for nothing.

    A list that is asked for nothing at all is the one that the role begins with.
    """
    view = View(query["view"]) if query.get("view") in set(View) else View.OPEN
    if not any(name in query for name in NAMES):
        return usual(staff, view)
    age = query.get("age", "")
    return Filters(
        view=view,
        service=known(query, "service", district.services),
        agency=known(query, "agency", district.agencies),
        area=known(query, "area", district.areas),
        state=known(query, "state", set(TicketState)),
        turn=known(query, "turn", TURNS),
        channel=known(query, "channel", set(Channel)),
        age=int(age) if age in {str(days) for days in AGES} else 0,
    )


NAMES = ("service", "agency", "area", "state", "turn", "channel", "age")


def address(filters: Filters, after: str = "") -> str:
    """Return the query that asks for *filters*, and for what comes *after*."""
    asked = {name: "" if value == 0 else str(value) for name, value in asdict(filters).items()}
    return urlencode(asked | ({"after": after} if after else {}))


def offered(staff: Staff, district: District, say: Voice) -> Mapping[str, Choices]:
    """Return what each filter offers *staff*, by its name."""
    wide = staff.role.acts_as is not Role.AGENCY
    return {
        "service": [(row.code, say.told(row.label)) for row in district.services.values()],
        "agency": _agencies(district, say) if wide else [],
        "area": list(_areas(district)),
        "state": [(one.value, say(f"agency.state_{one.value}")) for one in TicketState],
        "turn": [(one, say(f"console_board.turn_{one}")) for one in TURNS] if wide else [],
        "channel": [(one.value, say(f"console_board.channel_{one.value}")) for one in Channel],
        "age": [(str(days), say("console_board.age_days", days=days)) for days in AGES],
    }


def _agencies(district: District, say: Voice) -> Choices:
    rows = ((row.code, say.told(row.name)) for row in district.agencies.values())
    return sorted(rows, key=lambda row: row[1])


def _areas(district: District) -> Iterator[tuple[str, str]]:
    """Yield each kecamatan, and its villages below it."""
    rows = district.areas.values()
    for above in (row for row in rows if not row.parent):
        yield above.code, above.name
        for row in rows:
            if row.parent == above.code:
                yield row.code, f"{VILLAGE_INDENT}{row.name}"
