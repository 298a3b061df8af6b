"""Towns whose offices are reached by mail servers and telephones on localhost."""

from contextlib import AsyncExitStack
from pathlib import Path

from conversations.messages import Address, Channel
from referrals.ticket import Leg
from storage.replies.deliveries import DeliveryState
from tests.bot.offices import with_rows
from tests.bot.playing import Play, open_play
from tests.fakes.mail_server import MailServer

OFFICE = "disdukcapil"  # gets papers
MAIL = "{kind: email, to: dukcapil@contoh.go.id}"
CHAT = "{kind: telegram, chats: [700]}"
DUTY = Address(Channel.TELEGRAM, "700")


class Towns:
    """Opens houses whose civil registry is reached as a test says."""

    def __init__(self, url: str, folder: Path, mail: MailServer, stack: AsyncExitStack) -> None:
        self._url = url
        self._folder = folder
        self._mail = mail
        self._stack = stack

    async def open(self, *ways: str, **changes: object) -> Play:
        """Return a house whose office has *ways*."""
        rows = {OFFICE: f"    ways: [{', '.join(ways)}]"} if ways else {}
        return await self.open_with(rows, **changes)

    async def open_with(self, rows: dict[str, str], **changes: object) -> Play:
        """Return a house whose offices' rows go on with *rows*."""
        values: dict[str, object] = {
            "district": with_rows(self._folder, rows),
            "smtp_url": self._mail.url,
            "mail_from": "pintu@contoh.go.id",
            "mail_bounce": "kembali@contoh.go.id",
        }
        play = await open_play(self._url, self._folder, **(values | changes))
        self._stack.push_async_callback(play.house.close)
        return play


async def carry(play: Play, **later: float) -> None:
    """Let time pass, and have done what is due."""
    play.clock.move(**(later or {"seconds": 1}))
    await play.house.timers.tick()


async def leg_of(play: Play, code: str) -> Leg:
    """Return the newest leg."""
    stored = await play.house.store.ticket(code)
    assert stored
    assert stored.ticket.last_leg
    return stored.ticket.last_leg


async def news_of(play: Play, code: str, leg: int = 1) -> list[tuple[str, DeliveryState]]:
    """Return how the letters about a leg stand, way after way."""
    return [(one.way, one.state) for one in await play.house.store.deliveries_of(code, leg)]
