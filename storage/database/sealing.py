"""Sealing what is personal before it reaches a disk, and finding it again without opening it.

A sealed value is one byte of key id, a nonce of 12 bytes, and AES-256-GCM's ciphertext; its
purpose is bound to it, and each purpose has a key of its own. Look-ups go by `Sealer.mac`.

The vault (violence) may have keys that are not the house's: their ids lie above all others, so
that a value tells whose it is, and who lacks them opens nothing of it.
"""

import base64
import binascii
import hashlib
import os
import struct
from typing import Literal, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

Purpose = Literal[
    "session",
    "outbox",
    "ticket",
    "vault",
    "registry",
    "contact",
    "letter",
    "timer",
    "file",
    "audit",
    "staff",
]
Index = Literal[
    "address",
    "inbox",
    "receipt",
    "nik",
    "kk",
    "proof",
    "person",
    "tries",
    "links",
    "file",
    "look",
    "subject",
    "link code",
    "consent",
    "arrival",
    "staff name",
    "staff session",
    "staff form",
    "draft key",
    "draft name",
    "staff device",
    "staff chat",
    "invitation",
    "sign-in",
]
Proof = Literal["audit line", "audit detail", "census", "ticket_end", "sms name"]

KEY = 32  # bytes
NONCE = 12  # bytes, what GCM is specified for
NONCES = 256  # drawn at a time
MAC = 16  # bytes, far beyond what could be guessed or collide
PROOF = 32  # bytes, for what must hold for years
VAULT_IDS = range(192, 256)  # of keys for the vault alone
HOUSE_IDS = range(1, VAULT_IDS.start)


class SealBroken(Exception):  # noqa: N818 - it says what is the case, as its callers read it
    """A sealed value cannot be opened: another key, another purpose, or it was changed."""


class VaultClosed(SealBroken):
    """It is the vault's, and this process does not have its key: another one may open it."""


class KeyUnreadableError(ValueError):
    """A setting is not a key, nor a list of id:key; the text never shows it."""


class Sealer:
    """Seals with the newest key, opens with all of them. Prints without keys.

    The first key also makes the index keys of `mac`: it must stay the first for as long as the
    database lives, even when every value was sealed anew under a later one. Without keys of its
    own the vault is sealed with the house's, under a purpose of its own.
    """

    def __init__(self, keys: dict[int, bytes], vault: dict[int, bytes] | None = None) -> None:
        self._keys = keys
        self._vault = vault or {}
        self._newest = list(keys)[-1]
        self._first = keys[next(iter(keys))]
        self._opening: dict[tuple[int, str], AESGCM] = {}
        self._sealing: dict[str, tuple[bytes, AESGCM, bytes]] = {}
        self._indexing: dict[str, bytes] = {}
        self._macs: dict[str, hashlib.blake2b] = {}  # which have taken in their key
        self._nonces: list[bytes] = []
        os.register_at_fork(
            after_in_child=self._nonces.clear
        )  # two processes must never share one

    @classmethod
    def read(cls, text: str, vault: str = "") -> Self:
        """Return the sealer for "1:base64key,2:base64key", or for a bare base64 key (id 1).

        Keys are 32 bytes; ids are 1 to 191, and 192 to 255 (bare: 192) for those of the *vault*.
        Raises KeyUnreadableError.
        """
        return cls(_ring(text, HOUSE_IDS), _ring(vault, VAULT_IDS) if vault else None)

    @staticmethod
    def new_key() -> str:
        """Return a fresh key as `read` takes it."""
        return base64.b64encode(os.urandom(KEY)).decode()

    @property
    def newest(self) -> int:
        """The id of the key that seals."""
        return self._newest

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of all keys: the house's first, oldest first, then the vault's own."""
        return (*self._keys, *self._vault)

    @property
    def own_vault(self) -> bool:
        """Whether the vault has keys of its own, and this process has them."""
        return bool(self._vault)

    def mark(self, purpose: Purpose) -> bytes:
        """Return the byte that every value begins with that is sealed for *purpose* now."""
        return bytes((self._sealer_of(purpose),))

    def seal(self, plain: bytes, purpose: Purpose) -> bytes:
        """Return *plain* sealed for *purpose*."""
        mark, cipher, bound = self._sealing.get(purpose) or self._cipher_for(purpose)
        try:
            nonce = self._nonces.pop()
        except IndexError:
            nonce = self._nonce()
        return mark + nonce + cipher.encrypt(nonce, plain, bound)

    def open(self, sealed: bytes, purpose: Purpose) -> bytes:
        """Return what was sealed for *purpose*. Raises SealBroken, VaultClosed."""
        try:
            cipher = self._cipher(sealed[0], purpose)
            return cipher.decrypt(sealed[1 : NONCE + 1], sealed[NONCE + 1 :], purpose.encode())
        except (KeyError, IndexError, ValueError):
            if purpose == "vault" and sealed[:1] >= bytes((VAULT_IDS.start,)):
                raise VaultClosed("this process has no key to the vault") from None
            raise SealBroken("sealed with a key that is not among ours") from None
        except InvalidTag:
            raise SealBroken(f"not sealed for {purpose}, or changed since") from None

    def mac(self, index: Index, *parts: str) -> bytes:
        """Return 16 bytes by which *parts* can be found again, and by nothing else.

        Keyed BLAKE2b; parts are framed by their lengths, so that no two lists look alike.
        """
        mac = (self._macs.get(index) or self._mac_of(index)).copy()
        lengths = ",".join(map(str, map(len, parts)))
        mac.update(f"{lengths}:{''.join(parts)}".encode())
        return mac.digest()

    def prove(self, use: Proof, *parts: bytes) -> str:
        """Return a keyed hash over *parts* in hexadecimal, the same whatever keys come later."""
        lengths = b",".join([str(len(part)).encode() for part in parts])
        framed = b":".join((lengths, *parts))
        key = self._indexing.get(use) or self._index_key(use)
        return hashlib.blake2b(framed, digest_size=PROOF, key=key).hexdigest()

    def check(self, key_id: int) -> str:
        """Return what only this key makes, in hexadecimal; it tells nothing of the key."""
        key = (self._vault if key_id in VAULT_IDS else self._keys)[key_id]
        return _derived(key, "check").hex()

    def __repr__(self) -> str:
        return f"Sealer({len(self._keys)} keys)"

    def _nonce(self) -> bytes:
        """Return a nonce that was never used; one call to the kernel draws many."""
        drawn = os.urandom(NONCE * NONCES)
        self._nonces += struct.unpack(f"{NONCE}s" * NONCES, drawn)
        return self._nonces.pop()

    def _sealer_of(self, purpose: Purpose) -> int:
        """Return the id of the key that seals for *purpose*."""
        return list(self._vault)[-1] if purpose == "vault" and self._vault else self._newest

    def _cipher_for(self, purpose: Purpose) -> tuple[bytes, AESGCM, bytes]:
        cipher = self._cipher(self._sealer_of(purpose), purpose)
        made = (self.mark(purpose), cipher, purpose.encode())
        self._sealing[purpose] = made
        return made

    def _cipher(self, key_id: int, purpose: Purpose) -> AESGCM:
        """Return the cipher of *key_id* for *purpose*. Raises KeyError for one not ours."""
        cipher = self._opening.get((key_id, purpose))
        if cipher is None:
            ring = self._vault if purpose == "vault" and key_id in VAULT_IDS else self._keys
            cipher = AESGCM(_derived(ring[key_id], f"seal {purpose}"))
            self._opening[key_id, purpose] = cipher
        return cipher

    def _mac_of(self, index: Index) -> hashlib.blake2b:
        """Return a hash that took in the key of *index*: a copy costs less than to do so again."""
        key = self._index_key(index)
        return self._macs.setdefault(index, hashlib.blake2b(digest_size=MAC, key=key))

    def _index_key(self, index: Index | Proof) -> bytes:
        return self._indexing.setdefault(index, _derived(self._first, f"index {index}"))


def _derived(key: bytes, use: str) -> bytes:
    return HKDF(SHA256(), KEY, salt=None, info=f"satupintu {use}".encode()).derive(key)


def _ring(text: str, ids: range) -> dict[int, bytes]:
    pairs = [_pair(part, ids) for found in text.split(",") if (part := found.strip())]
    if not pairs or len(dict(pairs)) < len(pairs):
        raise KeyUnreadableError("a key is needed, and each key needs an id of its own")
    return dict(pairs)


def _pair(part: str, ids: range) -> tuple[int, bytes]:
    number, colon, text = part.rpartition(":")
    key_id = int(number) if number.isdecimal() else 0
    if not colon:
        key_id = ids.start
    if key_id not in ids:
        raise KeyUnreadableError(f"a key's id is a number from {ids.start} to {ids[-1]}")
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise KeyUnreadableError("a key is not base64") from None
    if len(key) != KEY:
        raise KeyUnreadableError("a key is not 32 bytes long")
    return key_id, key
