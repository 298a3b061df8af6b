"""The sealing key: given by the operator, or made once beside a SQLite file."""

import base64
import contextlib
import os
import secrets
from pathlib import Path

import structlog

from bot.settings import Settings, SettingsError
from storage.database.sealing import Sealer

KEY_BYTES = 32  # AES-256

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
