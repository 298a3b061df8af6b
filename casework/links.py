"""Signed links: whoever holds one may act on one leg, or as the desk, until it runs out."""

from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer
from msgspec import Struct

VALID = timedelta(days=120)  # longer than the longest resolve target with its appeals


class Claim(Struct, frozen=True):
    """What a link lets its holder do. *desk* is the district desk, which refers again."""

    code: str
    leg: int
    desk: bool = False


class Links:
    """Makes and reads the tokens of agency links; a changed one reads as None."""

    def __init__(self, secret: bytes, address: str) -> None:
        self._signer = URLSafeSerializer(secret, salt="agency link")
        self._address = address

    def url(self, claim: Claim, now: datetime) -> str:
        """Return the page for *claim*."""
        return f"{self._address}/agency/{self.token(claim, now)}"

    def token(self, claim: Claim, now: datetime) -> str:
        """Return the signed token for *claim*, valid for VALID from *now*."""
        ends = int((now + VALID).timestamp())
        return self._signer.dumps([claim.code, claim.leg, int(claim.desk), ends])

    def read(self, token: str, now: datetime) -> Claim | None:
        """Return what *token* allows, or None when it is forged, broken or over."""
        try:
            code, leg, desk, ends = self._signer.loads(token)
            over = datetime.fromtimestamp(ends, UTC) <= now
        except (BadSignature, ValueError, TypeError, OverflowError, OSError):
            return None
        return None if over else Claim(str(code), int(leg), bool(desk))
