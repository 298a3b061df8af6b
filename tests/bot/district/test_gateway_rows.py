"""Mistakes in a district's gateways.yaml are found, on their lines."""

import shutil
from pathlib import Path

import pytest

from bot.district.findings import Notes
from bot.district.gateway_checks import check_gateways
from bot.district.gateway_rows import read_gateways
from bot.district.reading import DistrictError, load
from tests.bot.district.test_mistakes import CONTOH, plant
from tests.handlers.gateway_rows import GATEWAYS_FILE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with gateways of many shapes, to be spoilt."""
    shutil.copy(GATEWAYS_FILE, tmp_path / "gateways.yaml")
    return tmp_path


def found(folder: Path) -> list[str]:
    """Return the mistakes in the gateways of *folder*."""
    notes = Notes(folder)
    check_gateways(read_gateways(folder, notes), notes)
    return [str(one) for one in notes.found]


URL = "http://127.0.0.1:1/api/sendsms"
OWN = "none of from, id, text, to"


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("name: lontar", "name: Lontar", "must be 2 to 32 small letters"),
        ("name: lontar", "name: sawala", "'sawala' stands twice"),
        (URL, "ftp://x/y", "must be https://"),
        (URL, "https://{LONTAR_USER}/y", "a host without blanks"),
        (URL, "http://sms.example.go.id/y", "must not be read there"),
        (URL, "https://a:b@sms.example.go.id/y", "must not hold a password"),
        (URL, "https://sms.example.go.id/y", "a page of the same server"),
        ('message: "{text}"', 'message: "{teks}"', f"{{teks}} is {OWN}"),
        ('message: "{text}"', "message: halo", "{text} stands nowhere"),
        ('to: "{to}"', "to: all", "{to} stands nowhere"),
        ('"{LONTAR_USER}"', '"{SATUPINTU_USER}"', "must not begin with SATUPINTU_"),
        ("    shape: form\n    numbers", "    method: GET\n    numbers", "must be query where"),
        ("shape: form\n    numbers", "shape: bentuk\n    numbers", "must be one of json"),
        ("numbers: national", "numbers: lokal", "must be one of e164, digits, national"),
        ('matches: "1", means: taken', 'matches: "(", means: taken', "is no pattern"),
        ('matches: "1", means: taken', 'matches: "1", means: yes', "must be one of taken"),
        ('{at: status, matches: "1", means: taken}', "{means: taken}", "must tell a status"),
        ('at: status, matches: "4"', 'at: status, status: "4.."', "needs matches"),
        ("rate: 20", "rate: -1", "messages a second"),
        ('"Bearer {SAWALA_KEY}"', '"{text}"', "must not hold {text}"),
        ('\'{"messages"', "'{\"messages", "must be JSON"),
        ("    json: '", "    fields: {a: b}\n    json: '", "leave the others out"),
        ('id_in: "^OK (\\\\w+)"', 'id_in: "^OK"', "must have the id in brackets"),
        ("secret_env: LONTAR_IN", "secret_env: masuk", "no {VARIABLE}"),
        ("kind: query, name", "kind: kunci, name", "'kind' must be one of bearer"),
        ("method: GET\n    shape: query\n    from", "method: GET\n    from", "must be query"),
        ('time: "%d-%m-%Y %H:%M:%S"', "time: tanggal", "must be iso, unix"),
        ("zone: Asia/Jakarta", "zone: Asia/Contoh", "must be a zone"),
        ("matches: inbound_message_received", 'matches: "["', "is no pattern"),
        (
            "shape: form\n    id: MessageSid\n    from",
            "shape: form\n    each: x\n    from",
            "only JSON",
        ),
        ('over: "{url}{fields}"', 'over: "{url}"', "must hold {body} or {fields}"),
        ('over: "{url}{fields}"', 'over: "{body}{nonce}"', "must hold {body} or {fields}"),
        ("timestamp: X-Merapi-Time, ", "", "must be signed, and named"),
        ("{Delivered: delivered, Sent", "{Delivered: sampai, Sent", "must be one of sent"),
        ("    id_at: messageId\n", "", "name messages that nobody names"),
        (
            "    id_at: messageId\n",
            '    id_in: "(\\\\d+)"\n',
            "ids that are counted may come twice",
        ),
        ("    says: OK\n", "    answers: OK\n", "unknown key 'answers'"),
        ("    from: phone\n", "", "the key 'from' is missing"),
    ],
)
def test_a_mistake_is_found(folder: Path, right: str, wrong: str, told: str) -> None:
    """Each planted mistake is told, with the line that it stands on or under."""
    plant(folder / "gateways.yaml", right, wrong)
    mistakes = found(folder)
    assert any(told in line for line in mistakes), mistakes
    assert all("gateways.yaml:" in line for line in mistakes)


def test_a_mistake_is_told_on_its_line(folder: Path) -> None:
    """So that it is found where it stands."""
    line = plant(folder / "gateways.yaml", "rate: 20", "rate: -1")
    assert any(f"gateways.yaml:{line}:" in told for told in found(folder))


def test_states_must_say_something(folder: Path) -> None:
    """Receipts whose words mean nothing are a mistake."""
    states = "{Delivered: delivered, Sent: sent, Failed: failed, Not active: blocked}"
    plant(folder / "gateways.yaml", states.replace("Not active", '"Not active"'), "{}")
    assert any("what the gateway's words mean" in told for told in found(folder))


def test_a_district_may_do_without(folder: Path) -> None:
    """Many shapes are right as they are, and without the file nothing is wrong."""
    assert found(folder) == []
    (folder / "gateways.yaml").unlink()
    assert found(folder) == []


def test_a_district_with_a_mistake_is_not_loaded(tmp_path: Path) -> None:
    """What satupintu check tells keeps the server from starting, too."""
    district = Path(shutil.copytree(CONTOH, tmp_path / "contoh"))
    line = plant(district / "gateways.yaml", "rate: 20", "rate: -20")
    with pytest.raises(DistrictError, match=rf"gateways\.yaml:{line}: must be messages a second"):
        load(district)
