"""The doctor's look at WhatsApp: number, webhook, subscription, templates."""

from collections.abc import AsyncIterator, Iterator

from bot.channels.whatsapp import account_of
from bot.commands.diagnosis import Finding, broken, fine, off, to_do
from bot.district.whatsapp_rows import whatsapp_words
from bot.settings import SETTINGS_PREFIX, Settings
from handlers.delivery import DeliveryError, Refused, Unauthorised
from handlers.whatsapp_account import Account, Known, Number
from handlers.whatsapp_templates import Template
from web.hooks.whatsapp import WHATSAPP_PATH

APPROVED = "APPROVED"


async def whatsapp_findings(settings: Settings) -> AsyncIterator[Finding]:
    """Yield how WhatsApp stands; Meta is asked, and nobody is written to."""
    if not settings.whatsapp_token:
        yield off(f"whatsapp: no {SETTINGS_PREFIX}WHATSAPP_TOKEN")
        return
    account = account_of(settings)
    try:
        number = await account.number()
        yield _number(number)
        yield _webhook(settings, number)
        async for found in _account(settings, account):
            yield found
    except DeliveryError as error:
        yield broken(f"whatsapp: {_why(error)}")
    finally:
        await account.close()


def _why(error: DeliveryError) -> str:
    """Return what an operator can do about *error*."""
    names = ", ".join(f"{SETTINGS_PREFIX}WHATSAPP_{name}" for name in ("PHONE_ID", "APP_SECRET"))
    match error:
        case Unauthorised():
            return f"Meta does not take {SETTINGS_PREFIX}WHATSAPP_TOKEN, or it lacks a permission"
        case Refused(reason=reason):
            return f"Meta refuses what is set in {names} or the account's id ({reason})"
        case _:
            return str(error)


def _number(number: Number) -> Finding:
    shown = f"{number.verified_name} {number.display_phone_number}"
    if number.quality_rating == "RED":
        return to_do(f"whatsapp: {shown}: people block or report us; its quality is RED")
    return fine(f"whatsapp: we may write as {shown}")


def _webhook(settings: Settings, number: Number) -> Finding:
    wanted, found = f"{settings.address}{WHATSAPP_PATH}", number.webhook_configuration.address
    for name in ("APP_SECRET", "VERIFY_TOKEN"):
        if not getattr(settings, f"whatsapp_{name.lower()}"):
            return to_do(f"whatsapp webhook: set {SETTINGS_PREFIX}WHATSAPP_{name}")
    if not settings.public_url:
        return to_do(f"whatsapp webhook: Meta cannot find us: set {SETTINGS_PREFIX}PUBLIC_URL")
    if found != wanted:
        told = f"Meta delivers to {found or 'nobody'}"
        return to_do(f"whatsapp webhook: {told}: enter {wanted} in the app's configuration")
    return fine(f"whatsapp webhook: Meta delivers to {wanted}")


async def _account(settings: Settings, account: Account) -> AsyncIterator[Finding]:
    """Yield what only the business account tells, where its id is set."""
    account_id = settings.whatsapp_account_id
    if not account_id:
        yield to_do(
            f"whatsapp templates: set {SETTINGS_PREFIX}WHATSAPP_ACCOUNT_ID, and they are looked at"
        )
        return
    if not await account.is_subscribed(account_id):
        yield broken("whatsapp webhook: no app is subscribed to the business account")
    known = await account.templates(account_id)
    for found in _templates(whatsapp_words(settings.district).templates, known):
        yield found


def _templates(ours: tuple[Template, ...], known: tuple[Known, ...]) -> Iterator[Finding]:
    states = {(one.name, one.language): one.status for one in known}
    if not ours:
        yield to_do("whatsapp templates: none in whatsapp.yaml; after 24 hours nobody is reached")
    for template in ours:
        for text in template.texts:
            state = states.get((template.name, text.language), "not entered yet")
            called = f"whatsapp templates: {template.name} ({text.language})"
            is_fine = state == APPROVED
            yield fine(called) if is_fine else to_do(f"{called} is {state} at Meta")
