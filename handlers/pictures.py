"""Files that we show in a chat, beside the words that tell of them."""

from collections.abc import Awaitable, Callable

from msgspec import Struct

from conversations.messages import Address


class Picture(Struct, frozen=True):
    """A photo or document of ours. Prints without its content."""

    kind: str  # its media type
    content: bytes
    name: str  # what a document is called

    def __repr__(self) -> str:
        return f"Picture({self.kind}, {len(self.content)} bytes)"


Show = Callable[[Address, Picture], Awaitable[None]]
"""Shows a picture in a chat; raises DeliveryError, not retriable where the channel takes none."""
