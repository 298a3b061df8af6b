"""How a gateway proves that it is the one that calls us: the rows that say so."""

from enum import StrEnum

from msgspec import Struct


class Bearer(Struct, frozen=True, kw_only=True, tag_field="kind", tag="bearer"):
    """Authorization: Bearer, and the secret."""

    secret_env: str  # the environment variable that holds it


class Basic(Struct, frozen=True, kw_only=True, tag_field="kind", tag="basic"):
    """HTTP Basic with a user and the secret."""

    user: str
    secret_env: str


class Header(Struct, frozen=True, kw_only=True, tag_field="kind", tag="header"):
    """A header that holds the secret."""

    name: str
    secret_env: str


class Query(Struct, frozen=True, kw_only=True, tag_field="kind", tag="query"):
    """A parameter of the address that holds the secret."""

    name: str
    secret_env: str


class Digest(StrEnum):
    """The hash of an HMAC."""

    SHA256 = "sha256"
    SHA1 = "sha1"
    SHA512 = "sha512"


class Coded(StrEnum):
    """How a signature is written."""

    HEX = "hex"
    BASE64 = "base64"


class Signature(Struct, frozen=True, kw_only=True, tag_field="kind", tag="signature"):
    """An HMAC by the secret in a header."""

    name: str
    secret_env: str
    over: str = "{body}"  # and {timestamp} {url} {fields}, in their order
    prefix: str = ""  # before the signature in its header, as "sha256="
    digest: Digest = Digest.SHA256
    coded: Coded = Coded.HEX
    timestamp: str = ""  # the header with Unix seconds, at most five minutes from ours


Auth = Bearer | Basic | Header | Query | Signature
