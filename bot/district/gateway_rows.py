"""gateways.yaml: the HTTP gateways for SMS that a district knows, each a row."""

from pathlib import Path

from bot.district.findings import Notes
from bot.district.yaml_rows import read_file
from handlers.sms_http_row import GatewayRow

GATEWAYS_FILE = "gateways.yaml"
TRAIL = ("gateways",)


def read_gateways(folder: Path, notes: Notes) -> tuple[GatewayRow, ...]:
    """Return the gateways of *folder*; none where it has no such file."""
    file = folder / GATEWAYS_FILE
    return read_file(file, tuple[GatewayRow, ...], TRAIL, notes) if file.exists() else ()
