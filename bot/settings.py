"""What an operator can set, all of it in the environment with the prefix SATUPINTU_."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args, get_type_hints

import msgspec
from msgspec import Struct

SETTINGS_PREFIX = "SATUPINTU_"
DEMO = Path(".demo")  # where the demo keeps its data


class Settings(Struct, frozen=True, kw_only=True):
    """One process's settings; docs/configuration.md explains each. Prints without secrets."""

    data_dir: Path = Path("var")
    database_url: str = ""
    redis_url: str = ""
    key: str = ""
    vault_key: str = ""
    files_url: str = ""
    files_endpoint: str = ""
    files_region: str = "us-east-1"
    files_access_key: str = ""
    files_secret_key: str = ""
    district: Path = Path("districts/contoh")
    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str = ""
    trusted_proxies: str = "127.0.0.0/8,::1"
    log_format: Literal["console", "json"] = "console"
    instance: str = ""
    demo: bool = False
    telegram_token: str = ""
    telegram_secret: str = ""
    telegram_mode: Literal["webhook", "polling", "off"] = "webhook"
    telegram_api_url: str = "https://api.telegram.org"
    telegram_rate: float = 30
    telegram_chat_rate: float = 1
    flood_rate: float = 40
    whatsapp_token: str = ""
    whatsapp_phone_id: str = ""
    whatsapp_account_id: str = ""
    whatsapp_app_secret: str = ""
    whatsapp_verify_token: str = ""
    whatsapp_api_url: str = "https://graph.facebook.com/v23.0"
    whatsapp_rate: float = 80
    whatsapp_chat_rate: float = 0.16
    sms_gateway: Literal["kannel", "android", "http", "off"] = "off"
    sms_kannel_url: str = "http://127.0.0.1:13013/cgi-bin/sendsms"
    sms_kannel_username: str = ""
    sms_kannel_password: str = ""
    sms_kannel_from: str = ""
    sms_kannel_secret: str = ""
    sms_kannel_callback_url: str = ""
    sms_kannel_status_url: str = ""
    sms_kannel_rate: float = 20
    sms_android_url: str = ""
    sms_android_user: str = ""
    sms_android_password: str = ""
    sms_android_signing_key: str = ""
    sms_android_device: str = ""
    sms_android_sim: int = 0
    sms_android_rate: float = 1
    sms_http_url: str = ""
    sms_http_secret: str = ""
    sms_http_gateways: str = ""
    smtp_url: str = ""
    mail_from: str = ""
    mail_bounce: str = ""
    mail_bounce_secret: str = ""
    registry: Literal["local"] = "local"
    registry_patience: float = 2

    def __repr__(self) -> str:
        return f"Settings({self.host}:{self.port}, {self.district})"

    @property
    def database(self) -> str:
        """The database's URL: a SQLite file in DATA_DIR where none is set."""
        return self.database_url or f"sqlite:///{self.data_dir / 'satupintu.db'}"

    @property
    def address(self) -> str:
        """Where links for people outside lead."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


class SettingsError(ValueError):
    """A setting cannot be read; the text names it and what it may be."""


def read(environment: Mapping[str, str]) -> Settings:
    """Return the settings in *environment*. Raises SettingsError naming the faulty one."""
    given = {
        name.removeprefix(SETTINGS_PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(SETTINGS_PREFIX) and value != ""
    }
    try:
        return msgspec.convert(given, Settings, strict=False, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise SettingsError(_named(str(error))) from None


def _named(fault: str) -> str:
    """Return what a person can mend: the setting's own name, and what it may be."""
    reason, _, field = fault.partition(" - at `$.")
    field = field.removesuffix("`")
    values = get_args(get_type_hints(Settings).get(field))
    if values:
        reason = f"must be one of {', '.join(values)}"
    return f"{SETTINGS_PREFIX}{field.upper()}: {reason}"


def strangers(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names with our prefix that this version does not know, sorted."""
    known = set(Settings.__struct_fields__)
    ours = (name for name in environment if name.startswith(SETTINGS_PREFIX))
    return tuple(sorted(n for n in ours if n.removeprefix(SETTINGS_PREFIX).lower() not in known))


def _path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise NotImplementedError
