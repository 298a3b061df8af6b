"""The doctor asks gateways for SMS how they stand, and says what to do about it."""

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.channels.gateways import announce
from bot.channels.opening import open_channels
from bot.clock import SystemClock
from bot.commands.diagnosis import Finding, Standing
from bot.commands.doctor_gateways import android_findings, http_findings
from bot.settings import Settings, SettingsError
from tests.bot.playing import DISTRICT, KEY
from tests.fakes.sms_aggregator import Reaction, SmsAggregator
from tests.fakes.sms_gate import DEVICE, PASSWORD, USER, SmsGate
from tests.fakes.sms_gate import KEY as SIGNING_KEY
from tests.handlers import gateway_rows

OURS = "https://pintu.example.go.id"


@pytest.fixture
async def gate() -> AsyncIterator[SmsGate]:
    """Return a gateway whose telephone was seen a minute ago."""
    fake = SmsGate()
    fake.devices = [{"id": DEVICE, "lastSeen": seen(minutes=1)}]
    await fake.start()
    yield fake
    await fake.close()
    assert fake.violations == []


@pytest.fixture
async def server() -> AsyncIterator[SmsAggregator]:
    """Return an aggregator."""
    fake = SmsAggregator()
    await fake.start()
    yield fake
    await fake.close()


def seen(**ago: float) -> str:
    """Return a moment some time ago, as the API writes it."""
    return (SystemClock().now() - timedelta(**ago)).isoformat()


def by_telephone(gate: SmsGate, **changes: Any) -> Settings:  # noqa: ANN401 - settings by name
    """Return settings with a telephone as gateway, but for *changes*."""
    usual: dict[str, Any] = {
        "key": KEY,
        "public_url": OURS,
        "sms_gateway": "android",
        "sms_android_url": gate.url,
        "sms_android_user": USER,
        "sms_android_password": PASSWORD,
        "sms_android_signing_key": SIGNING_KEY,
    }
    return Settings(**(usual | changes))


async def of_telephone(gate: SmsGate, **changes: Any) -> list[Finding]:  # noqa: ANN401 - settings by name
    """Return what the doctor finds about a telephone."""
    return [one async for one in android_findings(by_telephone(gate, **changes))]


async def test_a_telephone_that_is_ready_is_said_to_be(gate: SmsGate) -> None:
    """After the server has told it whom to tell."""
    await announce(by_telephone(gate))
    found = await of_telephone(gate)
    assert {one.standing for one in found} == {Standing.FINE}
    assert len(found) == 2
    assert PASSWORD not in repr(found)


async def test_a_server_tells_the_telephone_at_its_start(gate: SmsGate) -> None:
    """Where the world can reach it; else there is nothing to tell."""
    for changes, count in (({"public_url": ""}, 0), ({}, 6)):
        channels = open_channels(by_telephone(gate, **changes))
        await channels.announce()
        await channels.close()
        assert len(gate.hooks) == count
    assert {hook["url"] for hook in gate.hooks.values()} == {f"{OURS}/sms/android"}


@pytest.mark.parametrize(
    ("changes", "standing", "told"),
    [
        (
            {"sms_android_password": "salah"},
            Standing.BROKEN,
            "does not take SATUPINTU_SMS_ANDROID",
        ),
        ({"sms_android_url": "http://127.0.0.1:1"}, Standing.BROKEN, "does not answer"),
        ({"sms_android_url": ""}, Standing.BROKEN, "SATUPINTU_SMS_ANDROID_URL must be set"),
        ({"sms_android_device": "lain"}, Standing.BROKEN, "no telephone lain"),
        ({"sms_android_signing_key": ""}, Standing.TO_DO, "set SATUPINTU_SMS_ANDROID_SIGNING_KEY"),
        ({"public_url": ""}, Standing.TO_DO, "set SATUPINTU_PUBLIC_URL"),
        ({}, Standing.TO_DO, "nobody tells us of sms:received"),
    ],
)
async def test_what_is_wrong_with_a_telephone_is_said(
    gate: SmsGate, changes: dict[str, Any], standing: Standing, told: str
) -> None:
    """Each mistake has its line, with what to do about it."""
    found = await of_telephone(gate, **changes)
    assert any(one.standing is standing and told in one.text for one in found), found


@pytest.mark.parametrize("last", [None, {"hours": 3}])
async def test_a_telephone_that_is_away_is_missed(
    gate: SmsGate, last: dict[str, float] | None
) -> None:
    """Never seen, or not for a while."""
    gate.devices = [{"id": DEVICE} | ({"lastSeen": seen(**last)} if last else {})]
    found = await of_telephone(gate)
    assert any("was seen last" in one.text for one in found)


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the rows' secrets into the environment."""
    for name, secret in gateway_rows.SECRETS.items():
        monkeypatch.setenv(name, secret)


def by_rows(server: SmsAggregator, folder: Path, **changes: Any) -> Settings:  # noqa: ANN401 - settings by name
    """Return settings with the gateways of the rows at *server*, but for *changes*."""
    district = Path(shutil.copytree(DISTRICT, folder / "district", dirs_exist_ok=True))
    rows = gateway_rows.GATEWAYS_FILE.read_text("utf-8").replace(gateway_rows.NOWHERE, server.url)
    (district / "gateways.yaml").write_text(rows, "utf-8")
    usual: dict[str, Any] = {
        "key": KEY,
        "public_url": OURS,
        "sms_gateway": "http",
        "sms_http_gateways": "lontar,sawala",
        "district": district,
    }
    return Settings(**(usual | changes))


async def of_rows(settings: Settings) -> list[Finding]:
    """Return what the doctor finds about HTTP gateways."""
    return [one async for one in http_findings(settings)]


async def test_gateways_that_are_ready_are_said_to_be(
    server: SmsAggregator, tmp_path: Path, secrets: None
) -> None:
    """The page that costs nothing was asked; the second one has no message to send."""
    server.usual = Reaction({"balance": 12})
    found = await of_rows(by_rows(server, tmp_path))
    assert [one.standing for one in found] == [Standing.FINE, Standing.FINE]
    assert "'lontar' is there and knows us" in found[0].text
    assert f"{OURS}/sms/http/sawala" in found[1].text
    assert [asked.method for asked in server.asked] == ["GET"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"sms_http_gateways": "angin"}, "no gateway 'angin' in"),
        ({"sms_http_gateways": "", "sms_http_url": ""}, "SATUPINTU_SMS_HTTP_URL must be set"),
    ],
)
async def test_gateways_that_nobody_described_are_broken(
    server: SmsAggregator, tmp_path: Path, secrets: None, changes: dict[str, Any], told: str
) -> None:
    """The doctor says it, and no server starts."""
    settings = by_rows(server, tmp_path, **changes)
    (found,) = await of_rows(settings)
    assert found.standing is Standing.BROKEN
    assert told in found.text
    with pytest.raises(SettingsError):
        open_channels(settings)


@pytest.mark.parametrize("missing", ["LONTAR_KEY", "SAWALA_IN"])
async def test_a_secret_that_nobody_set_is_missed(
    server: SmsAggregator,
    tmp_path: Path,
    secrets: None,
    monkeypatch: pytest.MonkeyPatch,
    missing: str,
) -> None:
    """Both for what we send and for who calls us."""
    monkeypatch.delenv(missing)
    settings = by_rows(server, tmp_path)
    (found,) = await of_rows(settings)
    assert f"{missing} must be set" in found.text
    with pytest.raises(SettingsError, match=missing):
        open_channels(settings)


async def test_a_gateway_that_does_not_know_us_is_broken(
    server: SmsAggregator, tmp_path: Path, secrets: None
) -> None:
    """A wrong key is found before a citizen waits."""
    server.usual = Reaction("", 401)
    found = await of_rows(by_rows(server, tmp_path))
    assert found[0].standing is Standing.BROKEN


async def test_a_plain_gateway_wants_a_secret_where_the_world_is(tmp_path: Path) -> None:
    """On this machine alone it may do without."""
    usual = {"data_dir": tmp_path, "sms_gateway": "http", "sms_http_url": "http://127.0.0.1:1"}
    await open_channels(Settings(**usual)).close()  # type: ignore[arg-type]  # given by name
    with pytest.raises(SettingsError, match="SATUPINTU_SMS_HTTP_SECRET"):
        open_channels(Settings(**usual, public_url=OURS))  # type: ignore[arg-type]  # given by name


async def test_a_telephone_wants_its_key_where_the_world_is(gate: SmsGate) -> None:
    """Else anybody could speak for it."""
    with pytest.raises(SettingsError, match="SATUPINTU_SMS_ANDROID_SIGNING_KEY"):
        open_channels(by_telephone(gate, sms_android_signing_key=""))
