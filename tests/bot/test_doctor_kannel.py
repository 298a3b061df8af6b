"""The doctor asks Kannel how it stands, and says what to do about it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.commands.diagnosis import Finding, Standing
from bot.commands.doctor_channels import channel_findings
from bot.settings import Settings
from tests.fakes.smsbox import PASSWORD, USERNAME, FakeSmsbox

PAGE = """Kannel bearerbox version `1.4.5'.


Status: {state}, uptime 0d 0h 0m 31s

SMS: received 119 ({waiting} queued), sent 120 (0 queued), store size {waiting}
SMS: inbound (3.77,3.77,3.77) msg/sec, outbound (3.81,3.81,3.81) msg/sec

SMSC connections:
    operator[operator]    SMPP:127.0.0.1:37035/37035:SATUPINTU: ({line} 31s, rcvd: sms 119 (3.77,
"""
NOWHERE = "http://127.0.0.1:9"


class Neighbours:
    """bearerbox's status page, and our own server as smsbox sees it."""

    def __init__(self) -> None:
        self.state, self.line, self.waiting, self.password = "running", "online", 0, "keadaan"
        self.answers = 400

    async def start(self) -> None:
        """Start both on one free port."""
        app = web.Application()
        app.router.add_get("/status.txt", self._status)
        app.router.add_get("/sms/kannel/receipt", self._receipt)
        self.runner = web.AppRunner(app)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self.runner.addresses[0][1]}"

    async def _status(self, request: web.Request) -> web.Response:
        if request.query.get("password") != self.password:
            return web.Response(text="Denied")
        return web.Response(
            text=PAGE.format(state=self.state, line=self.line, waiting=self.waiting)
        )

    async def _receipt(self, request: web.Request) -> web.Response:
        known = request.query.get("secret") == "rahasia"
        return web.Response(status=self.answers if known else 401)


@pytest.fixture
async def smsbox() -> AsyncIterator[FakeSmsbox]:
    """Give a smsbox to whom nobody may write for a look."""
    fake = FakeSmsbox()
    await fake.start()
    yield fake
    await fake.close()
    assert fake.sent == []


@pytest.fixture
async def beside() -> AsyncIterator[Neighbours]:
    """Give what stands around smsbox."""
    found = Neighbours()
    await found.start()
    yield found
    await found.runner.cleanup()


async def found(smsbox: FakeSmsbox, beside: Neighbours, **changes: str) -> list[Finding]:
    """Return what the doctor finds of SMS with everything set, but for *changes*."""
    usual: dict[str, Any] = {
        "sms_gateway": "kannel",
        "sms_kannel_url": smsbox.url,
        "sms_kannel_username": USERNAME,
        "sms_kannel_password": PASSWORD,
        "sms_kannel_secret": "rahasia",
        "sms_kannel_callback_url": beside.url,
        "sms_kannel_status_url": f"{beside.url}/status.txt?password=keadaan",
    }
    findings = channel_findings(Settings(**(usual | changes)))
    return [one async for one in findings if one.text.startswith("sms")]


async def test_what_is_right_is_said(smsbox: FakeSmsbox, beside: Neighbours) -> None:
    """Our user at smsbox, bearerbox and its line, and the way back; no secret is shown."""
    findings = await found(smsbox, beside)
    assert [one.standing for one in findings] == [Standing.FINE] * 3
    assert "holds operator" in findings[1].text
    for secret in (PASSWORD, "rahasia", "keadaan"):
        assert secret not in repr(findings)


@pytest.mark.parametrize(
    ("changes", "standing", "told"),
    [
        ({"sms_kannel_password": "salah"}, Standing.BROKEN, "SMS_KANNEL_USERNAME and _PASSWORD"),
        ({"sms_kannel_url": f"{NOWHERE}/x"}, Standing.BROKEN, "no smsbox"),
        ({"sms_kannel_username": ""}, Standing.BROKEN, "SMS_KANNEL_USERNAME must be set"),
        ({"sms_kannel_secret": "a b"}, Standing.BROKEN, "letters, digits"),
        ({"sms_kannel_secret": "lain"}, Standing.BROKEN, "has another"),
        ({"sms_kannel_status_url": ""}, Standing.TO_DO, "set SATUPINTU_SMS_KANNEL_STATUS_URL"),
        ({"sms_kannel_status_url": f"{NOWHERE}/status.txt"}, Standing.BROKEN, "no bearerbox"),
        ({"sms_kannel_callback_url": NOWHERE}, Standing.TO_DO, "nobody answers"),
    ],
)
async def test_what_is_wrong_is_said(
    smsbox: FakeSmsbox, beside: Neighbours, changes: dict[str, str], standing: Standing, told: str
) -> None:
    """Each mistake of a setting has its line, with what to do about it."""
    findings = await found(smsbox, beside, **changes)
    assert any(one.standing is standing and told in one.text for one in findings), findings


@pytest.mark.parametrize(
    ("change", "standing", "told"),
    [
        (("line", "re-connecting"), Standing.BROKEN, "operator is re-connecting"),
        (("state", "suspended"), Standing.BROKEN, "bearerbox is suspended"),
        (("waiting", 100), Standing.TO_DO, "100 messages wait"),
        (("password", "lain"), Standing.BROKEN, "does not take the password"),
        (("answers", 502), Standing.TO_DO, "nobody answers"),
    ],
)
async def test_what_kannel_suffers_from_is_said(
    smsbox: FakeSmsbox,
    beside: Neighbours,
    change: tuple[str, object],
    standing: Standing,
    told: str,
) -> None:
    """A line that is down, a stopped bearerbox, a queue, and a proxy without us behind it."""
    setattr(beside, *change)
    findings = await found(smsbox, beside)
    assert any(one.standing is standing and told in one.text for one in findings), findings
