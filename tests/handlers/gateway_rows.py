"""Made-up gateways, each of another shape, as rows of data."""

from pathlib import Path

from msgspec.structs import replace

from bot.district.findings import Notes
from bot.district.gateway_checks import check_gateways
from bot.district.yaml_rows import read_file
from handlers.sms_http_row import GatewayRow

GATEWAYS_FILE = Path(__file__).parent / "gateways.yaml"
NOWHERE = "http://127.0.0.1:1"
SECRETS = {
    "LONTAR_USER": "pengguna", "LONTAR_KEY": "kunci lontar", "LONTAR_IN": "masuk-1",
    "SAWALA_ACCOUNT": "kab/contoh", "SAWALA_KEY": "kunci-sawala", "SAWALA_IN": "masuk-2",
    "KENTONG_SID": "AC1", "KENTONG_TOKEN": "rahasia-kentong",
    "MERAPI_KEY": "kunci-merapi", "MERAPI_IN": "masuk-4", "MERAPI_SIGN": "tanda",
    "TIANG_IN": "masuk-5",
}  # fmt: skip


def _read() -> dict[str, GatewayRow]:
    notes = Notes(GATEWAYS_FILE.parent)
    rows = read_file(GATEWAYS_FILE, tuple[GatewayRow, ...], ("gateways",), notes)
    check_gateways(rows, notes)
    assert notes.found == []
    return {row.name: row for row in rows}


ROWS = _read()


def at(row: GatewayRow, url: str) -> GatewayRow:
    """Return *row* with its gateway at *url*."""
    send = row.send
    moved = (send.url.replace(NOWHERE, url), send.check.replace(NOWHERE, url))
    return replace(row, send=replace(send, url=moved[0], check=moved[1]))
