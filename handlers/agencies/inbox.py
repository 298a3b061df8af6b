"""Our own inbox: the letter lies where it was written, for the demo's page or for an operator."""

from handlers.agencies.parcel import Parcel, Receipt
from referrals.district.ways import InboxWay


class Inbox:
    """Leaves a parcel where it lies. *read* is whether the office itself reads there."""

    pauses = ()

    def __init__(self, *, read: bool) -> None:
        self._read = read

    async def send(self, parcel: Parcel, to: InboxWay) -> Receipt:  # noqa: ARG002 - nothing goes out
        """Say that *parcel* lies in the inbox, and whether that is the office's own."""
        return Receipt(delivered=self._read)
