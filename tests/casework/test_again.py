"""What is made anew while others change the same ticket."""

from collections.abc import Awaitable, Callable

from casework.ticket.again import TURNS, again


def answering(*answers: str | None) -> tuple[Callable[[], Awaitable[str | None]], list[None]]:
    """Return an attempt that gives *answers* in turn, then None; and the turns it took."""
    left, taken = list(answers), list[None]()

    async def attempt() -> str | None:
        taken.append(None)
        return left.pop(0) if left else None

    return attempt, taken


async def test_the_first_answer_ends_it() -> None:
    """A lost race is run again, and an empty answer is one too."""
    attempt, taken = answering(None, None, "", "late")
    assert await again(attempt) == ""
    assert len(taken) == 3


async def test_nobody_runs_for_ever() -> None:
    """Who loses every race hears None, and says what follows."""
    attempt, taken = answering()
    assert await again(attempt) is None
    assert len(taken) == TURNS
