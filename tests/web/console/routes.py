"""Every route of the console, as the application itself has them."""

import re
from itertools import product

from aiohttp import web

from referrals.district.staffing import Power, StaffRole
from web.console.addresses import ROOT

EXAMPLES = (  # what may stand in place of an address's variable parts; add what a new one takes
    "nobody",
    "1",
    "0" * 9,
    "0" * 32,
    "99.01.01.2001",
    "PETUGAS",
    "volume",
)


class Route:
    """One method on one address of the console, and what it declares."""

    def __init__(self, route: web.AbstractRoute) -> None:
        assert route.resource
        self.method = route.method
        self._serves = route.resource.get_info().get("pattern")
        self.pattern = route.resource.canonical
        self.declares = hasattr(route.handler, "needs")
        self.public: bool = getattr(route.handler, "public", False)
        self.needs: Power | None = getattr(route.handler, "needs", None)

    @property
    def path(self) -> str:
        """An address that it serves."""
        return self.path_of("")

    def path_of(self, code: str) -> str:
        """Return an address that it serves, about the ticket *code* where it is about one."""
        pattern = self.pattern.replace("{code}", code) if code else self.pattern
        names = re.findall(r"\{(\w+)\}", pattern)
        for filling in product(EXAMPLES, repeat=len(names)):
            path = pattern.format(**dict(zip(names, filling, strict=True)))
            if self._serves is None or self._serves.fullmatch(path):
                return path
        raise AssertionError(f"no example fits {self}: add one to EXAMPLES")

    @property
    def open_to_all(self) -> bool:
        """Whether every role may reach it."""
        return self.public or (self.declares and self.needs is None)

    def closed_to(self, role: StaffRole) -> bool:
        """Tell whether *role* must not reach it."""
        return not self.open_to_all and self.needs not in role.powers

    def __repr__(self) -> str:
        return f"{self.method} {self.pattern}"


def routes_of(app: web.Application) -> list[Route]:
    """Return the routes below /console."""
    found = (Route(route) for route in app.router.routes() if route.resource)
    return [one for one in found if f"{one.pattern}/".startswith(f"{ROOT}/")]
