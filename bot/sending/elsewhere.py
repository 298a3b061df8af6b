"""Where a reply goes that its address will not get."""

from collections.abc import Awaitable, Callable

from msgspec import Struct

from conversations.messages import Address, Reply


class Stranded(Struct, frozen=True):
    """A reply that did not get through, and what it is about.

    *failed* are the addresses that it was meant for, oldest first: the last one just failed it.
    """

    reply: Reply
    about: str  # "" is an answer in a conversation, else see casework.ticket.receipts
    failed: tuple[Address, ...]


Elsewhere = Callable[[Stranded], Awaitable[Address | None]]
"""Says which other address of the same person may get it; None where there is none."""


Best = Callable[[Address], Awaitable[Address]]
"""Says where news for an address goes: where the same person wrote last."""


async def there(address: Address, /) -> Address:
    """Know no better address of anybody."""
    return address


async def nowhere(_: Stranded, /) -> Address | None:
    """Know no other address of anybody."""
    return None


class Routes(Struct, frozen=True):
    """Where replies go besides where they were meant to."""

    elsewhere: Elsewhere = nowhere
    best: Best = there


STRAIGHT = Routes()
