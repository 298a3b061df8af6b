"""What citizens agreed to, and who wants nothing unasked."""

from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct

from conversations.messages import Address
from storage.instants import from_number, to_number
from storage.reads import Reads
from storage.statements import Statement
from storage.tables import consents, stopped
from storage.writes import Writes


class GivenConsent(Struct, frozen=True, kw_only=True):
    """The proof that somebody agreed to a privacy notice."""

    version: str
    language: str
    message_id: str  # the channel's own
    at: datetime  # aware, UTC

    def __repr__(self) -> str:
        return f"GivenConsent({self.version}, {self.at})"


CONSENT = Statement(lambda given: given.insert(consents).on_conflict_do_nothing(), *consents.c)
CONSENTS_OF = Statement(
    lambda given: (
        sa.select(consents.c.version, consents.c.language, consents.c.sealed, consents.c.at)
        .where(consents.c.address == given["address"])
        .order_by(consents.c.at)
    ),
    consents.c.address,
    alone=True,
)
STOP = Statement(lambda given: given.insert(stopped).on_conflict_do_nothing(), *stopped.c)
START = Statement(
    lambda given: sa.delete(stopped).where(stopped.c.address == given["address"]),
    stopped.c.address,
)
HAS_STOPPED = Statement(
    lambda given: sa.select(stopped.c.at).where(stopped.c.address == given["address"]),
    stopped.c.address,
    alone=True,
)


class WishWrites(Writes):
    """Of a unit: somebody agrees, or asks for silence."""

    def consent(
        self, address: Address, version: str, language: str, message_id: str, at: datetime
    ) -> None:
        """Keep that *address* agreed to *version* in *message_id*; the first time counts."""
        key = self.pen.address(address)
        sealed = self.pen.sealer.seal(message_id.encode(), "contact")
        self.add(CONSENT, (key, version, language, sealed, to_number(at)), key)

    def stop(self, address: Address, at: datetime) -> None:
        """Keep that *address* wants nothing unasked."""
        key = self.pen.address(address)
        self.rows.pop(START, None)
        self.add(STOP, (key, to_number(at)), key)

    def start(self, address: Address) -> None:
        """Keep that *address* may be written to again."""
        key = self.pen.address(address)
        self.rows.pop(STOP, None)
        self.add(START, (key,), key)


class WishReads(Reads):
    """Of the store: what was agreed to, and who asked for silence."""

    async def consents_of(self, address: Address) -> tuple[GivenConsent, ...]:
        """Return what *address* agreed to, the oldest first."""
        rows = await self._fetch(CONSENTS_OF, self._address(address))
        return tuple(
            GivenConsent(
                version=version,
                language=language,
                message_id=self._sealer.open(sealed, "contact").decode(),
                at=from_number(at),
            )
            for version, language, sealed, at in rows
        )

    async def has_stopped(self, address: Address) -> bool:
        """Say whether *address* wants nothing unasked."""
        return bool(await self._fetch(HAS_STOPPED, self._address(address)))
