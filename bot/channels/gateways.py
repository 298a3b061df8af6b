"""The SMS gateways that the settings ask for: HTTP gateways by rows, and Android telephones."""

import os
from collections.abc import Callable
from datetime import datetime
from functools import partial

from msgspec.structs import replace
from redis.asyncio import Redis

from bot.district.findings import Notes
from bot.district.gateway_rows import GATEWAYS_FILE, read_gateways
from bot.keys import salt_of
from bot.settings import SETTINGS_PREFIX, Settings, SettingsError
from handlers import sms_android, sms_http
from handlers.pace import Pace, SharedPace
from handlers.sms_android_account import Account
from handlers.sms_android_gateway import AndroidGateway, Login, Phone
from handlers.sms_http_filled import secrets, uses
from handlers.sms_http_gateway import HttpGateway
from handlers.sms_http_row import GatewayRow, Receipts, Receives
from handlers.sms_proofs import Auth
from handlers.sms_sender import SmsSender
from web.hooks.sms import ANDROID, Door, Doors
from web.hooks.webhooks import Note, Receive, Webhook

Now = Callable[[], datetime]
PLAIN_SECRET = f"{SETTINGS_PREFIX}SMS_HTTP_SECRET"


def rows_of(settings: Settings) -> tuple[GatewayRow, ...]:
    """Return the gateways in use: the first sends, all bring messages. Raises SettingsError."""
    names = [name.strip() for name in settings.sms_http_gateways.split(",") if name.strip()]
    if not names:
        return (_plain(settings),)
    known = {row.name: row for row in read_gateways(settings.district, Notes(settings.district))}
    for name in names:
        if name not in known:
            where = settings.district / GATEWAYS_FILE
            raise SettingsError(
                f"{SETTINGS_PREFIX}SMS_HTTP_GATEWAYS: no gateway '{name}' in {where}"
            )
    return tuple(known[name] for name in names)


def _plain(settings: Settings) -> GatewayRow:
    if not settings.sms_http_url:
        raise SettingsError(f"{SETTINGS_PREFIX}SMS_HTTP_URL must be set for SMS through HTTP")
    return sms_http.plain(settings.sms_http_url, PLAIN_SECRET if settings.sms_http_secret else "")


def secret(settings: Settings, name: str) -> str:
    """Return the secret that a row calls *name*, empty where there is none."""
    return settings.sms_http_secret if name == PLAIN_SECRET else os.environ.get(name, "").strip()


def open_http(settings: Settings, redis: Redis | None = None) -> SmsSender:
    """Return who sends through the first HTTP gateway in use. Raises SettingsError."""
    rows = rows_of(settings)
    for row in rows:
        need(settings, row)
    salt = salt_of(settings) if uses(rows[0].send, "id") else ""
    return SmsSender(gateway_of(settings, rows[0], salt), _pace(rows[0].send.rate, redis))


def gateway_of(settings: Settings, row: GatewayRow, salt: str = "") -> HttpGateway:
    """Return the gateway of *row*, with its secrets."""
    known = {name: secret(settings, name) for name in secrets(row.send)}
    return HttpGateway(row, known, salt)


def need(settings: Settings, row: GatewayRow) -> None:
    """Raise SettingsError for a secret of *row* that nobody set."""
    needed = set(secrets(row.send))
    if settings.public_url:
        needed |= {auth.secret_env for auth in _auths(row)}
    for name in sorted(needed - {""}):
        if not secret(settings, name):
            raise SettingsError(f"{name} must be set: the gateway '{row.name}' needs it")


def _auths(row: GatewayRow) -> tuple[Auth, ...]:
    receipts = row.receipts.auth if row.receipts else None
    return (row.receive.auth, receipts) if receipts else (row.receive.auth,)


def login_of(settings: Settings) -> Login:
    """Return who we are to the Android gateway. Raises SettingsError for what is missing."""
    for name in ("url", "user", "password"):
        if not getattr(settings, f"sms_android_{name}"):
            raise SettingsError(
                f"{SETTINGS_PREFIX}SMS_ANDROID_{name.upper()} must be set for a telephone"
            )
    url = settings.sms_android_url.rstrip("/")
    return Login(url, settings.sms_android_user, settings.sms_android_password)


def open_android(settings: Settings, redis: Redis | None = None) -> SmsSender:
    """Return who sends through a telephone. Raises SettingsError."""
    phone = Phone(settings.sms_android_device, settings.sms_android_sim)
    gateway = AndroidGateway(login_of(settings), phone, salt_of(settings))
    return SmsSender(gateway, _pace(settings.sms_android_rate, redis))


def _pace(rate: float, redis: Redis | None) -> Pace:
    """Return the gateway's limit of *rate* messages a second, shared through *redis*."""
    return SharedPace(rate, 0, redis, "sms") if redis and rate else Pace(rate, 0)


async def announce(settings: Settings) -> None:
    """Have the telephone tell us what happens there. Raises DeliveryError."""
    account = Account(login_of(settings))
    try:
        await account.tell(f"{settings.address}{ANDROID}", settings.sms_android_device)
    finally:
        await account.close()


def doors_of(settings: Settings, receive: Receive, note: Note, now: Now) -> Doors:
    """Return by which addresses the gateways in use come in."""
    match settings.sms_gateway:
        case "http":
            return _by_rows(settings, receive, note, now)
        case "android":
            telephone = Webhook(sms_android.read, receive, now, note=note)
            key = settings.sms_android_signing_key
            return Doors(android=Door(telephone, sms_android.SIGNED, key))
        case _:
            return Doors()


def _by_rows(settings: Settings, receive: Receive, note: Note, now: Now) -> Doors:
    messages, receipts = {}, {}
    for row in rows_of(settings):
        read = partial(sms_http.read_by, row) if row.name else sms_http.read
        messages[row.name] = _door(settings, Webhook(read, receive, now), row.receive)
        if row.receipts:
            told = Webhook(partial(sms_http.receipts_by, row), receive, now, note=note)
            auth = row.receipts.auth or row.receive.auth
            receipts[row.name] = _door(settings, told, replace(row.receipts, auth=auth))
    return Doors(messages, receipts)


def _door(settings: Settings, webhook: Webhook, calls: Receives | Receipts) -> Door:
    assert calls.auth is not None  # noqa: S101 - receipts have their messages' where none is told
    return Door(webhook, calls.auth, secret(settings, calls.auth.secret_env), calls)
