"""One ticket behind the page where tickets are looked up, and a browser's way to it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from casework.citizen.answered import Given
from casework.citizen.office_words import Wrote
from casework.citizen.tracked import ON_PAGE, Proof, Tracked
from casework.ticket.views import Opened
from conversations.news.shares import Share
from referrals.choosing import Refusal
from referrals.ticket import TicketState
from tests.web.stage import OURS, Client, Page
from web.pages import add_pages
from web.public import tracking
from web.public.ticket_visit import Visits
from web.public.tracking import TrackingPages, add_tracking

CODE = "482109379"
NIK_END = "0001"
SECRET = b"s" * 16
EVIL = "\"'><script>alert(1)</script><img-x onerror=alert(1)>{{9091*7}}"
NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


def ticket(**changes: object) -> Tracked:
    """Return a ticket that offers everything the page can show."""
    usual: dict[str, Any] = {
        "code": CODE,
        "service": "Perbaikan Rumah",
        "standing": "Selesai menurut Dinas Perumahan",
        "since": NOW,
        "state": TicketState.RESOLVED,
        "story": ("Sekarang giliran Bapak/Ibu menjawab.",),
        "offices": ("Dinas Perumahan: selesai",),
        "verbs": ON_PAGE,
        "shares": {"belum": (Share(1, "Dinas", done=True), Share(2, "Desa", done=False))},
        "proofs": (
            Proof(4, 1, "image/jpeg", "Dinas", NOW),
            Proof(4, 2, "application/pdf", "Dinas", NOW),
        ),
        "said": (Wrote("Dinas", NOW, f"Atap sudah diganti. {EVIL}"),),
        "claimable": True,
    }
    return Tracked(**{**usual, **changes})


@dataclass
class House:
    """One ticket behind the page; it remembers what was asked of it."""

    view: Tracked | None = field(default_factory=ticket)
    wrong: str = ""
    tried: list[tuple[str, str]] = field(default_factory=list)
    visitors: set[str] = field(default_factory=set)
    given: list[Given] = field(default_factory=list)
    now: datetime = NOW

    async def prove(self, visitor: str, code: str, proof: str) -> bool:
        """Know one code and its proof."""
        self.tried.append((code, proof))
        self.visitors.add(visitor)
        return (code, proof) == (CODE, NIK_END)

    async def see(self, code: str, language: str) -> Tracked | None:
        """Return the one ticket."""
        return self.view if code == CODE else None

    async def proof(self, code: str, seq: int, place: int) -> Opened | Refusal | None:
        """Return a photo, or none."""
        return Opened("image/png", b"png", "4-1.png") if (seq, place) == (4, 1) else None

    async def answer(self, code: str, given: Given, language: str) -> str:
        """Remember the answer."""
        self.given.append(given)
        return self.wrong


def app_of(house: House, *, secure: bool = False) -> web.Application:
    """Return an application with that house's page."""
    app = web.Application()
    add_pages(app, "Asia/Jakarta")
    visits = Visits(SECRET, tracking.TRACKING_PATH, secure=secure)
    add_tracking(app, TrackingPages(house, visits, lambda: house.now, lambda: "a" * 32))
    return app


async def proven(page: Client) -> Page:
    """Prove the ticket; return the page of it."""
    answer = await page.post("/lacak", data={"code": CODE, "proof": NIK_END}, headers=OURS)
    assert answer.status == 200
    return Page(await answer.text())


def form_of(seen: Page, name: str = "belum", **more: str) -> dict[str, str]:
    """Return answer *name* as the page would send it."""
    inputs = {str(one["name"]): one.get("value") or "" for one in seen.all("input")[:2]}
    return {**inputs, "answer": name, **more}
