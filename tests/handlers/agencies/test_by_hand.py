"""Ways on which nothing is sent."""

from handlers.agencies.inbox import Inbox
from handlers.agencies.letter import Letter
from handlers.agencies.parcel import Receipt
from referrals.district.ways import InboxWay, LetterWay
from tests.handlers.agencies.letters import PARCEL


async def test_a_printed_letter_waits_for_somebody() -> None:
    """It is neither sent nor delivered until somebody says that they brought it."""
    assert await Letter().send(PARCEL, LetterWay()) == Receipt(delivered=False, by_hand=True)


async def test_our_own_inbox_is_read_where_it_is_the_offices_own() -> None:
    """In the demo the office looks there; elsewhere nobody knows that it did."""
    assert (await Inbox(read=True).send(PARCEL, InboxWay())).delivered
    assert not (await Inbox(read=False).send(PARCEL, InboxWay())).delivered
