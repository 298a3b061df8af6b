"""Until when a linked address surely is whose it was: telephone numbers are given away again."""

from datetime import UTC, datetime, timedelta

from conversations.messages import Address
from storage.store import Store

TRUSTED = timedelta(days=60)  # after a proof; operators let a number rest as long at the least
ALWAYS = datetime.max.replace(tzinfo=UTC)
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


async def held_elsewhere(
    store: Store, address: Address, now: datetime
) -> list[tuple[Address, datetime]]:
    """Return the other addresses of whoever has *address*, each with until when it is theirs.

    None where *address* is a number that may be somebody else's by *now*.
    """
    linked = await store.linked_to(address)
    if not linked or now > await held_until(store, address):
        return []
    return [(other, await held_until(store, other)) for other in linked]


async def held_until(store: Store, address: Address) -> datetime:
    """Return until when what comes from *address* is from whoever linked it; ALWAYS of a chat.

    Linking it once more counts anew. May raise StoreUnavailable.
    """
    if not address.channel.traits.is_line:
        return ALWAYS
    proven = await store.linked_since(address)
    return proven + TRUSTED if proven else NEVER
