"""What a webhook carries, read by the packages that other people's servers use."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest
from aiohttp import web
from cloudevents.core.bindings.http import HTTPMessage, from_http
from cloudevents.core.formats.json import JSONFormat
from standardwebhooks import Webhook as Judge

from handlers.agencies.outside import Outside
from handlers.agencies.parcel import Gone, NotOpen, Parcel, Receipt
from handlers.agencies.webhook import PAUSES, Webhook
from handlers.delivery import Refused, TryLater
from referrals.district.ways import WebhookWay
from tests.fakes.agency_server import AgencyServer
from tests.handlers.agencies.test_signature import NEW, OLD, machine_time

ENVIRONMENT = {"AGENCY_PERKIM": f"{NEW} {OLD}", "AGENCY_BAD": "whsec_short"}
SOURCE = "https://pintu.example.go.id"
PARCEL = Parcel(
    id=4711,
    agency="perkim",
    code="482109379",
    leg=2,
    occasion="new",
    subject="P2 Perbaikan Rumah",
    text="Ada rujukan baru.",
    link=f"{SOURCE}/agency/abc",
    written_at=datetime(2026, 11, 23, 3, 0, tzinfo=UTC),
    service="RTLH",
    service_name="Perbaikan Rumah",
    area="99.01.01.2001",
    area_name="Desa Sukamaju, Kecamatan Contoh",
    priority="P2",
    opened_at=datetime(2026, 11, 23, 2, 59, tzinfo=UTC),
    due=date(2026, 12, 21),
    answers=(("roof", "Kondisi atap", "Bocor"),),
)
NEUTRAL = Parcel(
    id=4712,
    agency="ppa",
    code="",
    leg=1,
    occasion="new",
    subject="Rujukan baru",
    text="Ada rujukan untuk kantor Anda.",
    link=f"{SOURCE}/agency/def",
    written_at=datetime(2026, 11, 23, 3, 0, tzinfo=UTC),
)


@pytest.fixture
async def server() -> AsyncIterator[AgencyServer]:
    """Give an agency's server."""
    own = AgencyServer()
    await own.start()
    yield own
    await own.close()


@pytest.fixture
async def webhook() -> AsyncIterator[Webhook]:
    """Give the way under test."""
    outside = Outside()
    yield Webhook(outside, SOURCE, lambda name: ENVIRONMENT.get(name, ""), machine_time)
    await outside.close()


def row(server: AgencyServer, variable: str = "AGENCY_PERKIM") -> WebhookWay:
    """Return an agency's row."""
    return WebhookWay(url=server.url, secret_env=variable, private=True)


async def test_other_peoples_packages_read_it(server: AgencyServer, webhook: Webhook) -> None:
    """The signature holds for either secret, and every CloudEvents attribute is read."""
    receipt = await webhook.send(PARCEL, row(server))

    (got,) = server.got
    event = from_http(HTTPMessage(headers=got.headers, body=got.body), JSONFormat())
    for secret in (NEW, OLD):
        assert Judge(secret).verify(got.body, got.headers)
    assert receipt == Receipt(delivered=True)
    assert event.get_specversion() == "1.0"
    assert event.get_id() == got.headers["webhook-id"] == "letter_4711"
    assert event.get_type() == "id.satupintu.referral.created"
    assert event.get_source() == SOURCE
    assert event.get_subject() == "482109379/2"
    assert event.get_time() == PARCEL.written_at
    assert event.get_datacontenttype() == "application/json"
    assert event.get_data() == {
        "agency": "perkim",
        "occasion": "new",
        "subject": "P2 Perbaikan Rumah",
        "text": "Ada rujukan baru.",
        "updates": f"{SOURCE}/agencies/perkim/updates",
        "ticket": "482109379",
        "leg": 2,
        "link": f"{SOURCE}/agency/abc",
        "service": {"code": "RTLH", "name": "Perbaikan Rumah"},
        "area": {"code": "99.01.01.2001", "name": "Desa Sukamaju, Kecamatan Contoh"},
        "priority": "P2",
        "opened_at": "2026-11-23T02:59:00Z",
        "due": "2026-12-21",
        "answers": [{"key": "roof", "label": "Kondisi atap", "value": "Bocor"}],
    }


async def test_a_neutral_parcel_stays_neutral(server: AgencyServer, webhook: Webhook) -> None:
    """What the parcel does not tell, the event does not hold: no code, service, area or answer."""
    await webhook.send(NEUTRAL, row(server))

    (got,) = server.got
    event = from_http(HTTPMessage(headers=got.headers, body=got.body), JSONFormat())
    assert event.get_subject() is None
    assert set(event.get_data()) == {
        "agency", "occasion", "subject", "text", "updates", "link",
    }  # fmt: skip


async def test_later_letters_have_their_own_type(server: AgencyServer, webhook: Webhook) -> None:
    """The occasion is the event's name."""
    parcel = Parcel(
        id=1, agency="perkim", code="482109379", leg=2, occasion="not_solved",
        subject="", text="", link="", written_at=PARCEL.written_at,
    )  # fmt: skip
    await webhook.send(parcel, row(server))
    assert b'"id.satupintu.referral.not_solved"' in server.got[0].body


async def test_the_same_id_whenever_it_is_sent(server: AgencyServer, webhook: Webhook) -> None:
    """A repeated delivery is recognised by its id; only the time, and so the signature, is new."""
    server.answers.append(web.Response(status=500))
    with pytest.raises(TryLater):
        await webhook.send(PARCEL, row(server))
    await webhook.send(PARCEL, row(server))
    first, second = server.got
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body


async def test_its_own_number_is_kept(server: AgencyServer, webhook: Webhook) -> None:
    """An agency may answer with its number of the case; anything else it says is left alone."""
    for body, number in (
        ('{"reference":"DS-77","more":1}', "DS-77"),
        ('{"reference":7}', ""),
        ("ok", ""),
        ("", ""),
        ("\x00\xff", ""),
    ):
        server.answers.append(web.Response(status=202, body=body.encode("latin-1")))
        assert (await webhook.send(PARCEL, row(server))).reference == number


@pytest.mark.parametrize("status", [301, 400, 401, 404, 413, 429, 500, 502, 503, 504])
async def test_everything_else_is_tried_again(
    server: AgencyServer, webhook: Webhook, status: int
) -> None:
    """A failure by the specification: again after as long as the server asks, its number kept."""
    server.answers.append(web.Response(status=status, headers={"Retry-After": "60"}))
    with pytest.raises(TryLater) as error:
        await webhook.send(PARCEL, row(server))
    assert error.value.after == 60.0
    assert str(error.value) == f"HTTP {status}"


async def test_gone_is_for_good(server: AgencyServer, webhook: Webhook) -> None:
    """410 says that nobody wants to be called any more."""
    server.answers.append(web.Response(status=410))
    with pytest.raises(Gone):
        await webhook.send(PARCEL, row(server))


@pytest.mark.parametrize("name", ["AGENCY_UNSET", "AGENCY_BAD"])
async def test_nothing_goes_out_unsigned(
    server: AgencyServer, webhook: Webhook, name: str
) -> None:
    """Without a secret, or with a mistyped one, the way is not open."""
    with pytest.raises(NotOpen):
        await webhook.send(PARCEL, row(server, name))
    assert not server.got


async def test_nothing_goes_where_it_may_not(server: AgencyServer, webhook: Webhook) -> None:
    """A row that does not say it is private reaches no private address, and no http."""
    with pytest.raises(Refused):
        await webhook.send(PARCEL, WebhookWay(url=server.url, secret_env="AGENCY_PERKIM"))
    assert not server.got


async def test_the_specifications_own_table(webhook: Webhook) -> None:
    """At once, then 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 hours, and a little more each."""
    assert sum(PAUSES) == 75 * 3600 + 35 * 60 + 5
    assert len(PAUSES) == 9
    for pause, least in zip(webhook.pauses, PAUSES, strict=True):
        assert least <= pause <= least * 1.1
    assert webhook.pauses != webhook.pauses
