"""The doctor's look at Kannel: smsbox and our user, bearerbox and its lines, and the way back."""

from collections.abc import AsyncIterator

from bot.channels.kannel import smsbox_of
from bot.commands.diagnosis import Finding, broken, fine, to_do
from bot.settings import SETTINGS_PREFIX, Settings, SettingsError
from handlers.delivery import TryLater, Unauthorised
from handlers.sms_kannel import Smsbox
from handlers.sms_kannel_status import Bearerbox, ask_bearerbox, ask_ourselves, ask_smsbox

OURS = f"{SETTINGS_PREFIX}SMS_KANNEL"
MANY = 100  # messages that wait in Kannel: the operator's line is slower than we are


async def kannel_findings(settings: Settings) -> AsyncIterator[Finding]:
    """Yield how Kannel stands; nobody is written to, for that would cost."""
    try:
        smsbox = smsbox_of(settings)
    except SettingsError as error:
        yield broken(f"sms: {error}")
        return
    yield await _smsbox(smsbox)
    yield await _bearerbox(settings.sms_kannel_status_url)
    yield await _way_back(smsbox)


async def _smsbox(smsbox: Smsbox) -> Finding:
    try:
        await ask_smsbox(smsbox)
    except Unauthorised:
        user = f"{OURS}_USERNAME and _PASSWORD"
        return broken(f"sms: smsbox takes neither {user}, or not from here (user-allow-ip)")
    except TryLater:
        return broken(f"sms: no smsbox at {OURS}_URL: is it running, is sendsms-port right?")
    return fine("sms: smsbox takes our messages")


async def _bearerbox(url: str) -> Finding:
    if not url:
        return to_do(f"sms: set {OURS}_STATUS_URL, and the lines to operators are looked at")
    try:
        return _lines(await ask_bearerbox(url))
    except Unauthorised:
        return broken(f"sms: bearerbox does not take the password in {OURS}_STATUS_URL")
    except TryLater:
        return broken(f"sms: no bearerbox at {OURS}_STATUS_URL: is it running?")


def _lines(bearerbox: Bearerbox) -> Finding:
    down = [f"{line.name} is {line.state}" for line in bearerbox.lines if not line.is_up]
    if bearerbox.state != "running":
        return broken(f"sms: bearerbox is {bearerbox.state}")
    if down or not bearerbox.lines:
        return broken(f"sms: no line to the operator: {', '.join(down) or 'none in kannel.conf'}")
    if bearerbox.waiting >= MANY:
        return to_do(f"sms: {bearerbox.waiting} messages wait in Kannel: is the line too slow?")
    return fine(f"sms: bearerbox holds {', '.join(line.name for line in bearerbox.lines)}")


async def _way_back(smsbox: Smsbox) -> Finding:
    try:
        await ask_ourselves(smsbox)
    except Unauthorised:
        return broken(f"sms: who answers at {smsbox.callback} has another {OURS}_SECRET")
    except TryLater:
        start = f"start the server, or set {OURS}_CALLBACK_URL to where smsbox reaches it"
        return to_do(f"sms: nobody answers at {smsbox.callback}: {start}")
    return fine(f"sms: smsbox reaches us at {smsbox.callback}, with the secret in get-url")
