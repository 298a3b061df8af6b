"""A printed letter: nothing is sent, the desk prints it and brings it to the office.

The page it is printed from is `web.offices.printing`; whoever brought it says so there.
"""

from handlers.agencies.parcel import Parcel, Receipt
from referrals.district.ways import LetterWay


class Letter:
    """Leaves a parcel to whoever prints and carries it."""

    pauses = ()

    async def send(self, parcel: Parcel, to: LetterWay) -> Receipt:  # noqa: ARG002 - nothing goes out
        """Say that somebody has to carry *parcel*."""
        return Receipt(delivered=False, by_hand=True)
