"""The doctor asks Meta how WhatsApp stands, and says what to do about it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.commands.diagnosis import Finding, Standing
from bot.commands.doctor_whatsapp import whatsapp_findings
from bot.settings import Settings
from tests.bot.playing import DISTRICT
from tests.fakes.graph_api import ACCOUNT_ID, APP_SECRET, PHONE_ID, TOKEN, GraphApi

OURS = "https://pintu.example.go.id"
APPROVED = [
    {"name": name, "language": language, "status": "APPROVED"}
    for name in ("kabar_tiket", "kabar", "tugas_kantor")
    for language in ("id", "en")
]


@pytest.fixture
async def graph_api() -> AsyncIterator[GraphApi]:
    """Return a fake Graph API with everything in its place."""
    fake = GraphApi()
    await fake.start()
    fake.webhook = f"{OURS}/whatsapp"
    fake.templates = APPROVED
    yield fake
    await fake.close()


async def found(api: GraphApi, **changes: Any) -> list[Finding]:  # noqa: ANN401 - settings by name
    """Return what the doctor finds with everything set, but for *changes*."""
    usual: dict[str, Any] = {
        "district": DISTRICT,
        "public_url": OURS,
        "whatsapp_token": TOKEN,
        "whatsapp_phone_id": PHONE_ID,
        "whatsapp_account_id": ACCOUNT_ID,
        "whatsapp_app_secret": APP_SECRET,
        "whatsapp_verify_token": "kata",
        "whatsapp_api_url": api.url,
    }
    return [one async for one in whatsapp_findings(Settings(**(usual | changes)))]


async def test_what_is_right_is_said(graph_api: GraphApi) -> None:
    """Number, webhook and each template in each language are named."""
    findings = await found(graph_api)
    assert {one.standing for one in findings} == {Standing.FINE}
    assert len(findings) == 2 + 6
    assert TOKEN not in repr(findings)


async def test_without_a_token_it_is_off(graph_api: GraphApi) -> None:
    """Nobody is asked about what is not used."""
    assert [one.standing for one in await found(graph_api, whatsapp_token="")] == [Standing.OFF]


@pytest.mark.parametrize(
    ("changes", "standing", "told"),
    [
        ({"whatsapp_token": "wrong"}, Standing.BROKEN, "does not take SATUPINTU_WHATSAPP_TOKEN"),
        ({"whatsapp_app_secret": "salah"}, Standing.BROKEN, "APP_SECRET"),
        ({"whatsapp_phone_id": "999"}, Standing.BROKEN, "PHONE_ID"),
        ({"whatsapp_api_url": "http://127.0.0.1:9"}, Standing.BROKEN, "cannot take"),
        ({"whatsapp_app_secret": ""}, Standing.TO_DO, "set SATUPINTU_WHATSAPP_APP_SECRET"),
        ({"whatsapp_verify_token": ""}, Standing.TO_DO, "set SATUPINTU_WHATSAPP_VERIFY_TOKEN"),
        ({"public_url": ""}, Standing.TO_DO, "set SATUPINTU_PUBLIC_URL"),
        ({"public_url": "https://lain.example"}, Standing.TO_DO, "enter https://lain.example/"),
        ({"whatsapp_account_id": ""}, Standing.TO_DO, "WHATSAPP_ACCOUNT_ID"),
        ({"district": Path("/nowhere")}, Standing.TO_DO, "none in whatsapp.yaml"),
    ],
)
async def test_what_is_wrong_is_said(
    graph_api: GraphApi, changes: dict[str, Any], standing: Standing, told: str
) -> None:
    """Each mistake of a setting has its line, with what to do about it."""
    findings = await found(graph_api, **changes)
    assert any(one.standing is standing and told in one.text for one in findings), findings


async def test_what_meta_did_not_approve_is_said(graph_api: GraphApi) -> None:
    """A template in review, and one that nobody entered, in each language."""
    graph_api.templates = [{"name": "kabar", "language": "id", "status": "PENDING"}]
    told = [one.text for one in await found(graph_api) if one.standing is Standing.TO_DO]
    assert "whatsapp templates: kabar (id) is PENDING at Meta" in told
    assert "whatsapp templates: kabar_tiket (en) is not entered yet at Meta" in told


async def test_an_account_that_nobody_hears_of_is_broken(graph_api: GraphApi) -> None:
    """Without a subscription no message ever comes."""
    graph_api.subscribed = False
    assert any(one.standing is Standing.BROKEN for one in await found(graph_api))
