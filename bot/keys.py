"""The sealing key: given by the operator, or made once beside a SQLite file."""

import base64
import contextlib
import os
import secrets
from pathlib import Path

import structlog

from bot.settings import Settings, SettingsError
from storage.database.errors import StoreUnavailable
from storage.database.sealing import VAULT_IDS, Sealer
from storage.store import Store
from storage.upkeep.key_checks import KeyFault, Misfit

KEY_BYTES = 32  # AES-256
TOLD = {
    Misfit.OTHER: "key {0} is not the key {0} that this database was sealed with",
    Misfit.NOT_FIRST: "its first key is not the one that this database began with, which stays"
    " first for good",
    Misfit.MISSING: "key {0} is missing, and what it sealed is still there: give it again, and run"
    " satupintu keys reseal before it goes",
}

log = structlog.get_logger()


def sealer_for(settings: Settings) -> Sealer:
    """Return the sealer of SATUPINTU_KEY, or of the key file beside the SQLite database.

    Raises SettingsError where neither can be: several machines must share one key.
    """
    if settings.key:
        return _read(settings.key, settings.vault_key)
    if not settings.database.startswith("sqlite"):
        raise SettingsError("SATUPINTU_KEY must be set for a database that others share")
    return _read(_made_once(settings.data_dir / "key"), settings.vault_key)


async def open_store(settings: Settings, owner: str) -> Store:
    """Open the migrated database of *settings* as worker *owner*, with the keys that it has.

    Raises StoreUnavailable, StoreOutdatedError, and SettingsError where a key is not the right
    one: nobody would be known again, and what is sealed then no other process could open.
    """
    store = await Store.open(settings.database, sealer_for(settings), owner)
    try:
        await _hold_to_keys(settings, store)
    except (SettingsError, StoreUnavailable):
        await store.close()
        raise
    return store


async def _hold_to_keys(settings: Settings, store: Store) -> None:
    if fault := await store.hold_to_keys():
        raise SettingsError(fault_told(settings, fault))


def fault_told(settings: Settings, fault: KeyFault) -> str:
    """Return *fault* as one sentence that names the setting, and never a key."""
    house = "SATUPINTU_KEY" if settings.key else "SATUPINTU_KEY (or DATA_DIR/key)"
    setting = "SATUPINTU_VAULT_KEY" if fault.key_id in VAULT_IDS else house
    return f"{setting}: {TOLD[fault.misfit].format(fault.key_id)}"


def _made_once(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        whole = path.with_name(f"key.{os.getpid()}")
        descriptor = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(f"1:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}\n")
        with contextlib.suppress(FileExistsError):  # another start was faster: its key counts
            os.link(whole, path)
        whole.unlink()
        log.warning(
            "made a sealing key: keep a copy, without it nothing can be read", file=path.name
        )
    return path.read_text().strip()


def _read(text: str, vault: str) -> Sealer:
    try:
        Sealer.read(text)
    except ValueError as error:
        raise SettingsError(f"SATUPINTU_KEY: {error}") from None
    try:
        return Sealer.read(text, vault)
    except ValueError as error:
        raise SettingsError(f"SATUPINTU_VAULT_KEY: {error}") from None


def salt_of(settings: Settings) -> str:
    """Return what keeps our names of messages apart from any other house's, and from guessing."""
    return sealer_for(settings).prove("sms name")
