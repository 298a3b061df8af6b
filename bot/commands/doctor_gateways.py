"""The doctor's look at gateways for SMS that rows describe, and at Android telephones."""

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import datetime, timedelta

from bot.channels.gateways import gateway_of, login_of, need, rows_of
from bot.clock import SystemClock
from bot.commands.diagnosis import Finding, broken, fine, to_do
from bot.settings import SETTINGS_PREFIX, Settings, SettingsError
from handlers.delivery import DeliveryError, Unauthorised
from handlers.sms_android_account import Account, Device, Hook, missing
from handlers.sms_http_row import GatewayRow
from web.hooks.sms import ANDROID, HTTP

AWAY = timedelta(minutes=30)  # without a sign of a telephone, which asks every few minutes
USER = f"{SETTINGS_PREFIX}SMS_ANDROID_USER"


async def http_findings(settings: Settings) -> AsyncIterator[Finding]:
    """Yield how each HTTP gateway in use stands; nobody is written to, for that would cost."""
    try:
        rows = rows_of(settings)
        for row in rows:
            need(settings, row)
    except SettingsError as error:
        yield broken(f"sms: {error}")
        return
    yield await _gateway(settings, rows[0])
    for row in rows[1:]:
        yield fine(f"sms: '{row.name}' brings messages to {settings.address}{HTTP}/{row.name}")


async def _gateway(settings: Settings, row: GatewayRow) -> Finding:
    called = f"sms: '{row.name}'" if row.name else "sms: the gateway"
    if settings.demo:
        return fine(f"{called} is the demo's own")
    gateway = gateway_of(settings, row)
    try:
        await gateway.look()
    except DeliveryError as error:
        return broken(f"{called} is not to be used: {error}")
    finally:
        await gateway.close()
    knows = "is there and knows us" if row.send.check else "is there; more would cost a message"
    return fine(f"{called} {knows}; it must post to {settings.address}{HTTP}/{row.name or 'NAME'}")


async def android_findings(settings: Settings) -> AsyncIterator[Finding]:
    """Yield how the telephone that is our gateway stands, as its own API tells."""
    try:
        account = Account(login_of(settings))
    except SettingsError as error:
        yield broken(f"sms: {error}")
        return
    try:
        yield _telephones(settings, await account.devices(), SystemClock().now())
        for found in _webhooks(settings, await account.hooks()):
            yield found
    except Unauthorised:
        yield broken(
            f"sms: the gateway does not take {USER} and {SETTINGS_PREFIX}SMS_ANDROID_PASSWORD"
        )
    except DeliveryError as error:
        yield broken(
            f"sms: the gateway at {SETTINGS_PREFIX}SMS_ANDROID_URL does not answer: {error}"
        )
    finally:
        await account.close()


def _telephones(settings: Settings, found: Iterable[Device], now: datetime) -> Finding:
    wanted = settings.sms_android_device
    ours = [device for device in found if not wanted or device.id == wanted]
    if not ours:
        return broken(f"sms: the account has no telephone {wanted}".rstrip())
    seen = max((device.last_seen for device in ours if device.last_seen), default=None)
    if seen is None or now - seen > AWAY:
        told = f"{seen:%Y-%m-%d %H:%M} UTC" if seen else "never"
        return to_do(f"sms: the telephone was seen last: {told}; is it on, and online?")
    return fine(f"sms: {len(ours)} telephone{'s' * (len(ours) > 1)} ready to send")


def _webhooks(settings: Settings, found: Iterable[Hook]) -> Iterator[Finding]:
    url = f"{settings.address}{ANDROID}"
    if not settings.sms_android_signing_key:
        yield to_do(f"sms: set {SETTINGS_PREFIX}SMS_ANDROID_SIGNING_KEY as the app shows it")
    if not settings.public_url:
        yield to_do(f"sms: the telephone cannot find us: set {SETTINGS_PREFIX}PUBLIC_URL")
    elif lost := missing(found, url):
        yield to_do(f"sms: nobody tells us of {', '.join(lost)}; satupintu serve sees to it")
    else:
        yield fine(f"sms: the telephone tells everything to {url}")
