"""Our account with WhatsApp: files in two hops, uploads, and what the doctor asks."""

from collections.abc import AsyncIterator

import pytest

from handlers.delivery import Blocked, DeliveryError, Refused, TryLater, Unauthorised
from handlers.whatsapp_account import Account
from handlers.whatsapp_sender import Line
from tests.fakes.graph_api import ACCOUNT_ID, APP_SECRET, PHONE_ID, TOKEN, GraphApi

PHOTO = b"\xff\xd8\xff" + b"x" * 1000
MEDIA = "1003383421387256"


@pytest.fixture
async def account(graph_api: GraphApi) -> AsyncIterator[Account]:
    """Return our account at the fake, which keeps one photo."""
    graph_api.files[MEDIA] = PHOTO
    found = Account(graph_api.url, Line(PHONE_ID, TOKEN), APP_SECRET)
    yield found
    await found.close()


async def test_a_file_is_fetched_in_two_hops(account: Account) -> None:
    """Meta says where it lies, and gives it to who shows the token there too."""
    assert await account.fetch(MEDIA, 5000) == PHOTO


async def test_a_file_that_is_too_large_is_left_there(
    graph_api: GraphApi, account: Account
) -> None:
    """By what Meta says of it, and by what then comes."""
    assert await account.fetch(MEDIA, 1002) is None
    assert await account.fetch(MEDIA, 1003) == PHOTO


@pytest.mark.parametrize("ref", ["12", "../../me", "1?fields=x", ""])
async def test_a_file_that_is_not_there_is_refused(account: Account, ref: str) -> None:
    """An id that Meta does not know, or that is none."""
    with pytest.raises(Refused):
        await account.fetch(ref, 5000)


@pytest.mark.parametrize(
    "host",
    [
        "https://example.org",
        "http://lookaside.fbsbx.com",
        "https://fbsbx.com.example.org",
        "https://lookaside.fbsbx.com@example.org",
        "file://",
    ],
)
async def test_our_token_goes_to_no_foreign_host(
    graph_api: GraphApi, account: Account, host: str
) -> None:
    """A place that is not Meta's own is never asked."""
    graph_api.foreign = host
    with pytest.raises(Refused):
        await account.fetch(MEDIA, 5000)


async def test_a_picture_is_uploaded(graph_api: GraphApi, account: Account) -> None:
    """Meta keeps it and gives it an id; what it would not show is not even sent."""
    assert await account.upload(PHOTO, "image/jpeg", "bukti.jpg") == "7001"
    assert graph_api.uploads == [("image/jpeg", PHOTO)]
    with pytest.raises(Refused):
        await account.upload(PHOTO, "image/webp", "x.webp")
    with pytest.raises(Refused):
        await account.upload(b"x" * (5 * 1024 * 1024 + 1), "image/png", "x.png")


async def test_the_number_is_shown(graph_api: GraphApi, account: Account) -> None:
    """With its name, and where Meta delivers what people write to it."""
    graph_api.webhook = "https://pintu.example.go.id/whatsapp"
    number = await account.number()
    assert number.display_phone_number == "+62 811-0001-708"
    assert number.webhook_configuration.address == "https://pintu.example.go.id/whatsapp"


@pytest.mark.parametrize(
    ("token", "secret", "kind"),
    [("EAAWRONG", APP_SECRET, Unauthorised), (TOKEN, "salah", Refused)],
)
async def test_a_wrong_token_or_secret_is_told(
    graph_api: GraphApi, token: str, secret: str, kind: type[DeliveryError]
) -> None:
    """Before anybody writes: the token by who we are, the secret by its proof."""
    account = Account(graph_api.url, Line(PHONE_ID, token), secret)
    with pytest.raises(kind):
        await account.number()
    await account.close()


async def test_templates_and_subscriptions_are_listed(
    graph_api: GraphApi, account: Account
) -> None:
    """What Meta approved, and whether anybody hears of the account."""
    graph_api.templates = [{"name": "kabar", "language": "id", "status": "PENDING"}]
    (found,) = await account.templates(ACCOUNT_ID)
    assert (found.name, found.language, found.status) == ("kabar", "id", "PENDING")
    assert await account.is_subscribed(ACCOUNT_ID)
    graph_api.subscribed = False
    assert not await account.is_subscribed(ACCOUNT_ID)


async def test_a_server_that_is_away_is_tried_later() -> None:
    """No connection means: again later, and the address stays out of the error."""
    account = Account("http://127.0.0.1:9", Line(PHONE_ID, TOKEN))
    with pytest.raises(TryLater) as caught:
        await account.number()
    assert caught.value.__cause__ is None
    assert not isinstance(caught.value, Blocked)
    await account.close()
