"""The citizen's link to the proofs of one answer: short, for each SMS costs somebody money."""

import hmac
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import blake2b

from msgspec import Struct

VALID = timedelta(days=45)  # the time to answer, and a month to open the ticket again
DAY = 24 * 60 * 60
SIGNATURE = 15  # bytes, twenty letters: far beyond what could be guessed


class ProofClaim(Struct, frozen=True):
    """What the link shows: the files that came with entry *seq* of a ticket's log."""

    code: str
    seq: int


class ProofLinks:
    """Makes and reads these links; a changed one reads as None."""

    def __init__(self, secret: bytes, address: str) -> None:
        self._secret = secret
        self._address = address

    def url(self, claim: ProofClaim, now: datetime) -> str:
        """Return the page for *claim*, to be typed or tapped."""
        return f"{self._address}/bukti/{self.token(claim, now)}"

    def token(self, claim: ProofClaim, now: datetime) -> str:
        """Return the signed token for *claim*, valid for VALID from *now*, to the day."""
        ends = int((now + VALID).timestamp()) // DAY + 1
        said = f"{claim.code}.{claim.seq}.{ends}"
        return f"{said}.{self._signature(said)}"

    def read(self, token: str, now: datetime) -> ProofClaim | None:
        """Return what *token* shows, or None when it is forged, broken or over."""
        said, _, signature = token.rpartition(".")
        if not hmac.compare_digest(self._signature(said).encode(), signature.encode()):
            return None
        code, seq, ends = said.split(".")
        return ProofClaim(code, int(seq)) if now.timestamp() < int(ends) * DAY else None

    def _signature(self, said: str) -> str:
        made = blake2b(said.encode(), key=self._secret, digest_size=SIGNATURE, person=b"proof")
        return urlsafe_b64encode(made.digest()).decode()
