"""Bodies that arrive before we know whose they are: a bound for all of them together.

Who signs a body proves itself by its last byte alone, so that anybody may begin one. A small body
is never kept out by others' large ones; who finds no room is told to come again.
"""

from typing import Final

FREE: Final = 64 << 10  # bytes of each body that need no room: what providers send but rarely more
MOST: Final = 32 << 20  # bytes of all bodies beyond that, in this process


class Unproven:
    """Room for *most* bytes at once; *left* says how many are free."""

    def __init__(self, most: int = MOST) -> None:
        self.left = most

    def grow(self, held: int, size: int) -> bool:
        """Let a body that holds *held* bytes have *size* of them; False where there is no room."""
        more = max(size - FREE, 0) - max(held - FREE, 0)
        if more > self.left:
            return False
        self.left -= more
        return True

    def free(self, held: int) -> None:
        """Give back the room of a body that held *held* bytes."""
        self.left += max(held - FREE, 0)


UNPROVEN: Final = Unproven()  # of this process
