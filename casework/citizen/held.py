"""Until when a linked address surely is whose it was: telephone numbers are given away again."""

from datetime import UTC, datetime, timedelta

from conversations.messages import Address, Channel
from storage.store import Store

TRUSTED = timedelta(days=60)  # after a proof; operators let a number rest as long at the least
ALWAYS = datetime.max.replace(tzinfo=UTC)
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


async def held_until(store: Store, address: Address) -> datetime:
    """Return until when what comes from *address* is from whoever linked it; ALWAYS of a chat.

    Linking it once more counts anew. May raise StoreUnavailable.
    """
    if address.channel is not Channel.SMS:
        return ALWAYS
    proven = await store.linked_since(address)
    return proven + TRUSTED if proven else NEVER
