"""Signed links: whoever holds one may act in one role on one ticket, until it runs out."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from itsdangerous import BadSignature, Signer
from msgspec import Struct

from referrals.roles import SIDES, Role

VALID = timedelta(days=120)  # longer than the longest resolve target with its appeals
SEPARATOR = "."  # stands in no code of ours


class Claim(Struct, frozen=True):
    """What a link lets its holder do: as *role* of *office*, on *leg* of the ticket.

    *office* is the code of an agency's row; a leg's own agency needs none said. Leg 0 is the desk
    before any agency had the ticket. *who* is the id of the console's account that acts; links
    carry none.
    """

    code: str
    leg: int
    role: Role = Role.AGENCY
    office: str = ""
    who: str = ""

    @property
    def desk(self) -> bool:
        """Whether it looks at the ticket as a whole, not at one agency's share of it."""
        return self.role not in SIDES


class Links:
    """Makes and reads the tokens of agency links; a changed one reads as None."""

    def __init__(self, secret: bytes, address: str) -> None:
        derived = Signer(secret, salt="agency link", digest_method=sha256).derive_key()
        self._signer = Signer(derived, key_derivation="none", digest_method=sha256)
        self._address = address

    def url(self, claim: Claim, now: datetime) -> str:
        """Return the page for *claim*."""
        return f"{self._address}/agency/{self.token(claim, now)}"

    def token(self, claim: Claim, now: datetime) -> str:
        """Return the signed token for *claim*, valid for VALID from *now*."""
        ends = int((now + VALID).timestamp())
        parts = (claim.code, str(claim.leg), claim.role.value, claim.office, str(ends))
        return self._signer.sign(SEPARATOR.join(parts)).decode()

    def read(self, token: str, now: datetime) -> Claim | None:
        """Return what *token* allows, or None when it is forged, broken or over."""
        try:
            signed = self._signer.unsign(token).decode()
            code, leg, role, office, ends = _parts(signed)
            over = datetime.fromtimestamp(int(ends), UTC) <= now
            claim = Claim(code, int(leg), Role(role), office)
        except (BadSignature, ValueError):
            return None
        return None if over else claim


def _parts(signed: str) -> list[str]:
    """Return code, leg, role, office and end of *signed*.

    Agencies' links of the version before hold for VALID; the desk's named no office and are over.
    """
    if SEPARATOR in signed:
        return signed.split(SEPARATOR)
    code, leg, desk, ends = signed.split("-")
    return [code, leg, "" if desk == "1" else Role.AGENCY.value, "", ends]
