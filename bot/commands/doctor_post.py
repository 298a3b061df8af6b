"""The doctor's look at the ways to agencies: whether each leads anywhere."""

from collections.abc import AsyncIterator, Iterator, Mapping

from bot.commands.diagnosis import Finding, broken, fine, off, to_do
from bot.post.posting import from_environment, open_mail
from bot.settings import SETTINGS_PREFIX, Settings, SettingsError
from casework.post.carried import closed_key
from conversations.say import Say
from handlers.agencies.signature import SecretUnreadableError, read_keys
from handlers.agencies.verp import Tags
from handlers.delivery import DeliveryError
from referrals.district.directory import Agency, District
from referrals.district.statuses import Updates
from referrals.district.ways import Open311Way, Way, WebhookWay, kind_of
from storage.store import Store

SHOWN = 5  # offices named in one line
NO_TAGS = Tags(lambda _: "")  # no letter is sent, and no key is made for it


async def post_findings(settings: Settings, say: Say) -> AsyncIterator[Finding]:
    """Yield what was found about mail, and about the ways of every office."""
    yield await _mail(settings, say)
    for found in _ways(settings, say.district):
        yield found


async def closed_ways(store: Store, district: District) -> AsyncIterator[Finding]:
    """Yield the offices that closed a way for good."""
    for agency in district.agencies.values():
        for way in agency.ways:
            if isinstance(way, WebhookWay | Open311Way) and await store.kept_note(
                closed_key(agency.code, way)
            ):
                closed = f"offices: {agency.code} closed its {kind_of(way)} for good"
                yield broken(f"{closed}; once it is open, satupintu ways reopen {agency.code}")


async def _mail(settings: Settings, say: Say) -> Finding:
    if not settings.smtp_url:
        return off(f"mail: no {SETTINGS_PREFIX}SMTP_URL")
    try:
        email = open_mail(settings, say, NO_TAGS)
        if email is not None:
            await email.look()
    except (SettingsError, DeliveryError) as error:
        return broken(f"mail: {error}")
    if settings.mail_bounce:
        return fine(f"mail: the server lets us in; bounces come to {settings.mail_bounce}")
    told = "mail: the server lets us in, but nobody notices letters that come back"
    return to_do(f"{told}: set {SETTINGS_PREFIX}MAIL_BOUNCE")


def _ways(settings: Settings, district: District) -> Iterator[Finding]:
    """Yield the offices that no open way leads to, and those that only the demo reaches."""
    kinds = _open_kinds(settings)
    shut = [a for a in district.agencies.values() if a.ways and not _any(a, kinds)]
    if shut:
        told = f"offices: no way of the rows is open to {_named(shut)}"
        yield broken(f"{told}; set up mail, a channel or the secret that a row names")
    stay = [a for a in district.agencies.values() if _all_inbox(a)]
    if stay and not settings.demo:
        told = f"offices: letters to {_named(stay)} lie in our own inbox only"
        yield to_do(
            f"{told}; give them ways in agencies.yaml, or pass on what satupintu inbox prints"
        )
    deaf = [a for a in district.agencies.values() if a.updates and not _heard(a.updates)]
    if deaf:
        told = f"offices: what the programs of {_named(deaf)} post is refused"
        yield broken(f"{told}; set the secret that their rows name")
    paper = [a for a in district.agencies.values() if not a.ways and a.code != district.desk]
    if paper:
        yield fine(f"offices: letters to {_named(paper)} go on paper, as their rows have it")


def _open_kinds(settings: Settings) -> Mapping[str, bool]:
    return {
        "email": bool(settings.smtp_url),
        "telegram": bool(settings.telegram_token) and settings.telegram_mode != "off",
        "whatsapp": bool(settings.whatsapp_token),
        "sms": settings.sms_gateway != "off",
    }


def _any(agency: Agency, kinds: Mapping[str, bool]) -> bool:
    return any(kinds.get(kind_of(way), True) and _works(way) for way in agency.ways)


def _works(way: Way) -> bool:
    """Say whether the secret that *way* names stands in the environment."""
    match way:
        case WebhookWay():
            return _heard(way)
        case Open311Way(key_env=name):
            return not name or bool(from_environment(name))
        case _:
            return True


def _heard(row: WebhookWay | Updates) -> bool:
    """Say whether what *row* signs or believes has a secret."""
    try:
        read_keys(from_environment(row.secret_env))
    except SecretUnreadableError:
        return False
    return True


def _all_inbox(agency: Agency) -> bool:
    return bool(agency.ways) and all(kind_of(way) == "inbox" for way in agency.ways)


def _named(agencies: list[Agency]) -> str:
    names = ", ".join(agency.code for agency in agencies[:SHOWN])
    more = len(agencies) - SHOWN
    return f"{names} and {more} more" if more > 0 else names
