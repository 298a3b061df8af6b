"""Where letters go out and notes about them come in."""

from bot.post.bounces import Bounces
from bot.post.couriers import LETTERS_AT_ONCE, Couriers, Post
from bot.post.posting import Ways
from bot.running.timers import Work
from casework.telling.letters import LETTER_TIMER


class PostOffice:
    """The couriers, their ways, and who hears of what came back."""

    def __init__(self, ways: Ways, post: Post) -> None:
        self.ways = ways
        self.couriers = Couriers(post)
        self.bounces = Bounces(post, ways.tags)

    @property
    def work(self) -> dict[str, Work]:
        """What is done when a letter's timer falls due."""
        return {LETTER_TIMER: Work(self.couriers.carry, LETTERS_AT_ONCE)}

    async def close(self) -> None:
        """Close every connection to the world outside."""
        await self.ways.close()
