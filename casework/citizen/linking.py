"""One person on several channels: addresses are linked by proof, each by what it said itself."""

from collections.abc import Callable
from datetime import datetime, timedelta

from conversations.messages import Address, Channel
from conversations.records.linked import LinkFound, LinkNumber, OfferLink, OnLinks, Unlink, UseLink
from storage.store import Store
from storage.unit import Unit

LASTS = timedelta(minutes=15)  # a code that was shown
EXPIRED = "link.expired"  # what is said of a code that ran out while its owner thought
TAIL = 3  # digits of a number by which its owner knows it


class Linking:
    """Links a citizen's addresses. *token* draws a name that no person has yet."""

    def __init__(self, store: Store, token: Callable[[], str]) -> None:
        self._store = store
        self._token = token

    async def found(self, citizen: Address, code: str, now: datetime) -> LinkFound:
        """Return where *code* was shown, if that is not where *citizen* writes."""
        other = await self._store.link_offered(code, now)
        if other is None or other == citizen:
            return LinkFound()
        return LinkFound(other.channel, (other.number or "")[-TAIL:])

    async def write(
        self, unit: Unit, citizen: Address, record: OnLinks, now: datetime
    ) -> str | None:
        """Write *record* of *citizen* into *unit*; return what to say when it came too late."""
        match record:
            case OfferLink(code):
                unit.offer_link(code, citizen, now + LASTS)
            case Unlink():
                unit.unlink(citizen)
            case LinkNumber(number):
                await self._join(unit, citizen, Address(Channel.SMS, number), now)
            case UseLink(code):
                other = await self._store.link_offered(code, now)
                if other is None or other == citizen:
                    return EXPIRED
                unit.close_offer(code)
                await self._join(unit, citizen, other, now)
        return None

    async def _join(self, unit: Unit, one: Address, other: Address, now: datetime) -> None:
        """Link *one* and *other*, with all that either was linked to.

        A number leaves whomever it was linked with: it may have been given to somebody else.
        """
        kin: set[Address] = set()
        for address in (one, other):
            if not address.channel.traits.is_line:
                kin.update(await self._store.linked_to(address))
        proven = sorted({one, other}, key=_place)
        unit.link(self._token(), proven, now, sorted(kin.difference(proven), key=_place))


def _place(address: Address) -> tuple[str, str]:
    """Return what all processes sort addresses by, so that none waits for another in a ring."""
    return address.channel, address.id
