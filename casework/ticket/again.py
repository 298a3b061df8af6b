"""What is made anew when somebody else changed the ticket between its reading and its commit."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

TURNS = 8  # more in a row, each lost to other hands, are a flood or a bug


async def again(attempt: Callable[[], Awaitable[T | None]]) -> T | None:
    """Return the first answer of *attempt*, which gives None for as long as somebody was faster.

    None after TURNS of them: nothing was kept, and the caller says what follows.
    """
    for _ in range(TURNS):
        if (answer := await attempt()) is not None:
            return answer
    return None
