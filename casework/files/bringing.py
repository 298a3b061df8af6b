"""Files that somebody of the console brings with a form, before its ticket is filed.

Each is cleaned and shelved at once, as what a chat brings is. The form carries a mark of it, which
only the account and the form that brought it can use; the ticket's own commit binds it
(`casework.files.arriving.file_with`). What was never filed goes within a day or two.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from hmac import compare_digest

from casework.files.arriving import FETCH, UNFILED, loose
from casework.files.cleaning import PDF, Clean, Unfit
from casework.files.evidence import Evidence, found_in
from conversations.messages import Address, Attachment, Channel
from storage.shelf.arrivals import Arrival
from storage.store import Store
from storage.unit import Outcome

KINDS = {"p": "photo", "d": "document"}  # what a mark begins with, and the attachment it means
NUMBER = 32  # characters of a mark between its kind and what vouches for it


class Bringing:
    """Keeps them. *token* gives 32 hexadecimal digits that nobody guesses."""

    def __init__(self, store: Store, evidence: Evidence, token: Callable[[], str]) -> None:
        self._store = store
        self._evidence = evidence
        self._token = token

    async def keep(
        self, form: str, contents: Sequence[bytes], now: datetime
    ) -> tuple[str, ...] | Unfit:
        """Keep *contents* for *form*; return their marks, or why one of them is unfit.

        Raises StoreUnavailable and FilesUnavailable.
        """
        cleans = await self._evidence.clean(contents)
        if isinstance(cleans, Unfit):
            return cleans
        return tuple([await self._shelved(form, clean, now) for clean in cleans])

    def named(self, form: str, marks: Iterable[str]) -> tuple[Attachment, ...]:
        """Return what *marks* name that *form* brought; a mark of another form names nothing."""
        return tuple(
            Attachment(KINDS[mark[0]], _ref(mark))
            for mark in marks
            if compare_digest(mark.encode(), self._mark(form, mark[: NUMBER + 1]).encode())
        )

    async def gone(self, files: Iterable[Attachment]) -> bool:
        """Tell whether one of *files* waits for no ticket any more. Raises StoreUnavailable."""
        for file in files:
            if await self._store.arrival_of(file.ref) is None:
                return True
        return False

    async def _shelved(self, form: str, clean: Clean, now: datetime) -> str:
        """Put *clean* on the shelf, then keep its row; return its mark."""
        kind = "d" if clean.kind == PDF else "p"
        mark, file = self._mark(form, f"{kind}{self._token()}"), self._token()
        found = found_in(clean)
        await self._evidence.shelf.put(loose(file, found, now), clean.content)
        unit, owner = self._store.unit(), Address(Channel.WEB, form)
        name = unit.arrive(owner, Attachment(KINDS[kind], _ref(mark)), now)
        unit.settle_arrival(_arrival(mark, now), found, file)
        unit.set_timer(f"{FETCH}:{name}", FETCH, now + UNFILED, name.encode())
        if await self._store.commit(unit) is not Outcome.KEPT:
            await self._evidence.shelf.remove(file)
        return mark

    def _mark(self, form: str, number: str) -> str:
        """Return the mark of file *number* of *form*, which nobody else can make."""
        return number + self._store.sealer.mac("arrival", form, number).hex()


def _ref(mark: str) -> str:
    """Return what the file of *mark* is called among those on their way."""
    return f"console/{mark[1 : NUMBER + 1]}"


def _arrival(mark: str, now: datetime) -> Arrival:
    """Return the row of a file that is here already."""
    return Arrival(
        ref=_ref(mark), channel=Channel.WEB, code="", file="", found=None, at=now, owner=b""
    )
