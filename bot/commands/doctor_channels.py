"""The doctor's look at the ways on which citizens write to us."""

from collections.abc import AsyncIterator

from bot.commands.diagnosis import Finding, Standing, broken, fine, off, to_do
from bot.commands.doctor_gateways import android_findings, http_findings
from bot.commands.doctor_kannel import kannel_findings
from bot.commands.doctor_whatsapp import whatsapp_findings
from bot.settings import SETTINGS_PREFIX, Settings
from handlers.delivery import DeliveryError
from handlers.telegram_account import Account


async def channel_findings(settings: Settings) -> AsyncIterator[Finding]:
    """Yield how each channel stands, and that there is none where all are off."""
    whatsapp = [finding async for finding in whatsapp_findings(settings)]
    sms = [finding async for finding in _sms(settings)]
    found = [await _telegram(settings), *whatsapp, *sms]
    for finding in found:
        yield finding
    if all(finding.standing is Standing.OFF for finding in found):
        yield to_do(
            "channels: no citizen can write to us yet; docs/channels says how to set one up"
        )


async def _telegram(settings: Settings) -> Finding:
    if not settings.telegram_token:
        return off(f"telegram: no {SETTINGS_PREFIX}TELEGRAM_TOKEN")
    if settings.telegram_mode == "off":
        return off(f"telegram: {SETTINGS_PREFIX}TELEGRAM_MODE is off")
    account = Account(settings.telegram_token, settings.telegram_api_url)
    try:
        name = await account.open()
    except DeliveryError as error:
        return broken(f"telegram: {error}")
    finally:
        await account.close()
    return _reachable(settings, f"telegram: we may write as @{name}")


def _reachable(settings: Settings, told: str) -> Finding:
    """Return whether Telegram's updates can find us, beside what was *told* before."""
    if settings.telegram_mode == "polling" or settings.public_url or settings.demo:
        return fine(told)
    wanted = f"set {SETTINGS_PREFIX}PUBLIC_URL, or {SETTINGS_PREFIX}TELEGRAM_MODE=polling"
    return to_do(f"{told}, but its updates cannot find us: {wanted}")


async def _sms(settings: Settings) -> AsyncIterator[Finding]:
    match settings.sms_gateway:
        case "off":
            yield off(f"sms: {SETTINGS_PREFIX}SMS_GATEWAY is off")
        case "http":
            async for found in http_findings(settings):
                yield found
        case "android":
            async for found in android_findings(settings):
                yield found
        case "kannel":
            async for found in kannel_findings(settings):
                yield found
