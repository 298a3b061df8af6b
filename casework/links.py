"""Signed links: whoever holds one may act on one leg, or as the desk, until it runs out."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from itsdangerous import BadSignature, Signer
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
        self._signer = Signer(secret, salt="agency link", digest_method=sha256)
        self._address = address

    def url(self, claim: Claim, now: datetime) -> str:
        """Return the page for *claim*."""
        return f"{self._address}/agency/{self.token(claim, now)}"

    def token(self, claim: Claim, now: datetime) -> str:
        """Return the signed token for *claim*, valid for VALID from *now*."""
        ends = int((now + VALID).timestamp())
        return self._signer.sign(f"{claim.code}-{claim.leg}-{int(claim.desk)}-{ends}").decode()

    def read(self, token: str, now: datetime) -> Claim | None:
        """Return what *token* allows, or None when it is forged, broken or over."""
        try:
            code, leg, desk, ends = self._signer.unsign(token).decode().split("-")
        except (BadSignature, ValueError):
            return None
        over = datetime.fromtimestamp(int(ends), UTC) <= now
        return None if over else Claim(code, int(leg), desk == "1")
