"""All that lies in a ticket's folder when its page is made."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from casework.ticket.views import Family, Proposal, Twin
from referrals.log import Entry
from storage.shelf.files import KeptFile


class Folder(Struct, frozen=True, kw_only=True):
    """All that was read about a ticket before its page is made."""

    words: Mapping[int, bytes] = {}
    entries: Sequence[Entry] = ()
    files: Sequence[KeptFile] = ()
    twins: tuple[Twin, ...] = ()
    family: Family = Family()
    proposal: Proposal | None = None
    telephone: str = ""


EMPTY = Folder()
