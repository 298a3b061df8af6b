"""Cases opened at an office's own Open311 server, whose answers the official schemas judge."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from jsonschema import Draft4Validator
from msgspec.structs import replace
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from handlers.agencies.open311 import Case, Open311
from handlers.agencies.outside import Outside
from handlers.agencies.parcel import Gone, NotOpen, Receipt
from handlers.delivery import Refused, TryLater, Unauthorised
from referrals.district.ways import Attribute, Open311Way, ServiceCode
from tests.fakes.agency_server import AgencyServer
from tests.fakes.open311_server import JURISDICTION, KEY, Open311Server
from tests.handlers.agencies.test_webhook import NEUTRAL, PARCEL

SCHEMAS = Path(__file__).parents[4] / "shared" / "specs" / "open311"
ENVIRONMENT = {"AGENCY_KEY": KEY, "AGENCY_WRONG": "wr0ng"}


@pytest.fixture
async def server() -> AsyncIterator[Open311Server]:
    """Give an office's server."""
    own = Open311Server()
    await own.start()
    yield own
    await own.close()


@pytest.fixture
async def open311() -> AsyncIterator[Open311]:
    """Give the way under test."""
    outside = Outside()
    yield Open311(outside, lambda name: ENVIRONMENT.get(name, ""))
    await outside.close()


def row(server: Open311Server, **changes: Any) -> Open311Way:  # noqa: ANN401 - any field of the row
    """Return an office's row."""
    way = Open311Way(
        url=server.url,
        service_code="99",
        jurisdiction=JURISDICTION,
        key_env="AGENCY_KEY",
        services=(ServiceCode("RTLH", "12"),),
        private=True,
    )
    return replace(way, **changes)


@pytest.mark.parametrize(
    "address",
    [
        "{url}/photos/gone.jpg",
        "http://127.0.0.1:1/inside.jpg",
        "https://127.0.0.1/inside.jpg",
        "ftp://example.org/a.jpg",
        "http://[broken",
        "",
    ],
)
async def test_a_photo_is_fetched_or_left(
    server: Open311Server, open311: Open311, address: str
) -> None:
    """Media of the server's own is had; a missing one, or another address inside, is none."""
    server.photos["done.jpg"] = b"jpeg"
    assert await open311.photo(f"{server.url}/photos/done.jpg", row(server)) == b"jpeg"
    assert await open311.photo(address.format(url=server.url), row(server)) is None
    public = row(server, private=False)
    assert await open311.photo(f"{server.url}/photos/done.jpg", public) is None


async def test_a_request_tells_the_public_nothing(server: Open311Server, open311: Open311) -> None:
    """Code, service and village; no answer, no link, no name, nothing to call."""
    receipt = await open311.send(PARCEL, row(server))

    assert receipt == Receipt(delivered=True, reference="293944")
    assert server.forms == [
        {
            "api_key": KEY,
            "jurisdiction_id": JURISDICTION,
            "service_code": "12",
            "address_string": "Desa Sukamaju, Kecamatan Contoh",
            "description": "Satu Pintu 482109379\nPerbaikan Rumah",
        }
    ]


async def test_what_the_row_names_is_told(server: Open311Server, open311: Open311) -> None:
    """An attribute of theirs that the row fills from a field of ours, and no other."""
    named = (Attribute("ATAP", "roof"), Attribute("DINDING", "wall"))
    await open311.send(PARCEL, row(server, attributes=named))
    assert server.forms[0]["attribute[ATAP]"] == "Bocor"
    assert "attribute[DINDING]" not in server.forms[0]


async def test_whom_the_public_may_not_know_answers_nothing_there(
    server: Open311Server, open311: Open311
) -> None:
    """Of somebody who stays hidden from the public no answer stands where anybody can read."""
    named = (Attribute("ATAP", "roof"),)
    hidden = replace(PARCEL, secret=True)
    await open311.send(hidden, row(server, attributes=named))
    await open311.send(hidden, row(server, attributes=named, public=False))
    assert ["attribute[ATAP]" in form for form in server.forms] == [False, True]


async def test_a_closed_server_gets_what_the_office_may_know(
    server: Open311Server, open311: Open311
) -> None:
    """Where nobody outside reads requests, the shared answers and the link stand in it."""
    await open311.send(PARCEL, row(server, public=False))
    told = server.forms[0]["description"]
    assert "Kondisi atap: Bocor" in told
    assert PARCEL.link in told


async def test_a_neutral_parcel_stays_neutral(server: Open311Server, open311: Open311) -> None:
    """No service, no place, no link: only that there is something."""
    await open311.send(NEUTRAL, row(server))
    (form,) = server.forms
    assert form["service_code"] == "99"
    assert form["address_string"] == "-"
    assert form["description"] == "Satu Pintu"


async def test_only_what_opens_a_case_is_sent(server: Open311Server, open311: Open311) -> None:
    """The specification has no room for further letters; after BELUM a new request is opened."""
    for occasion in ("answered", "withdrawn", "reminder"):
        with pytest.raises(Refused):
            await open311.send(replace(PARCEL, occasion=occasion), row(server))
    assert not server.forms
    assert (await open311.send(replace(PARCEL, occasion="not_solved"), row(server))).delivered


async def test_a_token_becomes_a_number(server: Open311Server, open311: Open311) -> None:
    """A server that numbers later is asked for the number; until then the token stands for it."""
    server.tokens = True
    token = (await open311.send(PARCEL, row(server))).reference
    assert token == "token:t1"
    assert await open311.number(token, row(server)) == token
    number = server.number("t1")
    assert await open311.number(token, row(server)) == number
    assert not (await open311.case(number, row(server))).closed


async def test_numbers_may_be_bare(server: Open311Server, open311: Open311) -> None:
    """A server that answers 293944 without quotes is understood."""
    server.numeric = True
    assert (await open311.send(PARCEL, row(server))).reference == "293944"


async def test_how_a_case_stands(server: Open311Server, open311: Open311) -> None:
    """Open or closed, what was noted, when, and until when."""
    number = (await open311.send(PARCEL, row(server))).reference
    server.change(
        number,
        status="closed",
        status_notes=" Atap sudah diganti ",
        updated_datetime="2026-11-24T10:00:00+07:00",
        expected_datetime="besok",
    )
    assert await open311.case(number, row(server)) == Case(
        closed=True,
        notes="Atap sudah diganti",
        updated_at=datetime(2026, 11, 24, 3, 0, tzinfo=UTC),
    )


async def test_a_time_without_zone_is_nobodys(server: Open311Server, open311: Open311) -> None:
    """What cannot be placed in time is left out rather than guessed."""
    number = (await open311.send(PARCEL, row(server))).reference
    server.change(number, updated_datetime="2026-11-24T10:00:00")
    assert (await open311.case(number, row(server))).updated_at is None


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"key_env": "AGENCY_UNSET"}, NotOpen),
        ({"key_env": "AGENCY_WRONG"}, Unauthorised),
        ({"services": (), "service_code": "7"}, Refused),
        ({"jurisdiction": "nowhere"}, Refused),
        ({"private": False}, Refused),
    ],
)
async def test_what_the_row_gets_wrong(
    server: Open311Server, open311: Open311, changes: dict[str, Any], error: type[Exception]
) -> None:
    """A missing or wrong key, an unknown service or district, an address that may not be."""
    with pytest.raises(error):
        await open311.send(PARCEL, row(server, **changes))


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (410, Gone),
        (400, Refused),
        (422, Refused),
        (429, TryLater),
        (500, TryLater),
        (302, TryLater),
    ],
)
async def test_what_the_server_refuses(
    server: Open311Server, open311: Open311, status: int, error: type[Exception]
) -> None:
    """Gone for good, not like this, or later."""
    server.status, server.headers = status, {"Retry-After": "30"}
    with pytest.raises(error) as caught:
        await open311.send(PARCEL, row(server))
    if isinstance(caught.value, TryLater):
        assert caught.value.after == 30.0


async def test_an_answer_that_is_none(server: Open311Server, open311: Open311) -> None:
    """A web page, an empty list, a row without number: refused, never a number of nothing."""
    odd = AgencyServer()
    await odd.start()
    way = row(server, url=odd.url)
    for body in ("<html>", "[]", "[{}]", '[{"service_request_id": null}]', "\xff"):
        odd.answers.append(web.Response(body=body.encode("latin-1")))
        with pytest.raises(Refused):
            await open311.send(PARCEL, way)
    for body in ("[]", "{}", '[{"status": 3}]'):
        odd.answers.append(web.Response(text=body))
        with pytest.raises(Refused):
            await open311.case("1", way)
    await odd.close()


async def test_a_number_is_only_a_number(server: Open311Server, open311: Open311) -> None:
    """Whatever a server calls a request, it never leads to another of its pages."""
    with pytest.raises(Refused):
        await open311.case("../services", row(server))
    assert not server.answered


@pytest.mark.skipif(not SCHEMAS.exists(), reason="the official schemas lie beside the project")
async def test_our_server_is_a_georeport_server(server: Open311Server, open311: Open311) -> None:
    """What the fake answers, open and closed, passes the official JSON schemas."""
    number = (await open311.send(PARCEL, row(server))).reference
    await open311.case(number, row(server))
    server.change(number, status="closed", status_notes="Selesai")
    await open311.case(number, row(server))

    told = [body for path, body in server.answered if "/requests/" in path]
    assert len(told) == 2
    for body in told:
        assert not list(judge().iter_errors(body))
    broken = [told[0][0] | {"status": "done"}]
    assert list(judge().iter_errors(broken))


def judge() -> Draft4Validator:
    """Return the official schema of a list of requests."""
    parts = {
        name: Resource.from_contents(
            json.loads((SCHEMAS / name).read_text()), default_specification=DRAFT4
        )
        for name in ("request.json",)
    }
    schema = json.loads((SCHEMAS / "requests.json").read_text())
    return Draft4Validator(schema, registry=Registry().with_resources(list(parts.items())))
