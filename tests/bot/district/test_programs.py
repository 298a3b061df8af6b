"""The rows about offices' own programs: read as written, and each mistake found with its line."""

from pathlib import Path

import pytest

from bot.district.reading import findings, load
from referrals.district.statuses import Means, OfficeStatus, Updates
from referrals.district.ways import Attribute, Open311Way, ServiceCode
from tests.bot.district.test_ways import folder

RIGHT = """
    ways:
      - kind: open311
        url: "https://kantor.contoh.go.id/open311/v2"
        service_code: umum
        services: [{service: PUNGLI, code: "12"}]
        attributes: [{code: WHERE, field: place}]
        statuses:
          - {says: PROSES, means: accept}
          - {says: DITOLAK, means: decline, reason: not_eligible}
      - {kind: letter}
    updates:
      secret_env: AGENCY_KANTOR
      statuses:
        - {says: SELESAI, means: resolve}
        - {says: DITOLAK, means: decline}
"""
WAY = '{kind: open311, url: "https://x.example.id", service_code: a'
UPDATES = "    updates: {secret_env: AGENCY_X, statuses: "


def test_an_offices_words_are_read(tmp_path: Path) -> None:
    """What a program calls a step, and what its Open311 server calls our services."""
    agency = load(folder(tmp_path, RIGHT.replace("field: place", "field: nik"))).agencies["kantor"]
    way, _ = agency.ways
    assert isinstance(way, Open311Way)
    assert way.services == (ServiceCode("PUNGLI", "12"),)
    assert way.attributes == (Attribute("WHERE", "nik"),)
    assert way.statuses[1] == OfficeStatus(
        says="DITOLAK", means=Means.DECLINE, reason="not_eligible"
    )
    assert agency.updates == Updates(
        secret_env="AGENCY_KANTOR",
        statuses=(
            OfficeStatus(says="SELESAI", means=Means.RESOLVE),
            OfficeStatus(says="DITOLAK", means=Means.DECLINE),
        ),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (UPDATES + "[]}", "must name at least one"),
        (UPDATES + "[{says: A, means: fly}]}", "must be one of accept, resolve"),
        (UPDATES + "[{says: A, means: accept}, {says: a, means: hold}]}", "'a' stands twice"),
        (UPDATES + "[{says: A, means: decline, reason: mood}]}", "must be one of already_helped"),
        (UPDATES + "[{says: A, means: accept, reason: quota}]}", "only a decline has one"),
        ("    updates: {secret_env: whsec_x, statuses: []}", "environment variable"),
        (f"    ways: [{WAY}, services: [{{service: NOPE, code: a}}]}}]", "no service 'NOPE'"),
        (f"    ways: [{WAY}, attributes: [{{code: a, field: nope}}]}}]", "no field 'nope'"),
        (f"    ways: [{WAY}, statuses: [{{says: A, means: decline}}]}}]", "needs its reason"),
        (f"    ways: [{WAY}}}]", "takes new cases only"),
        (f"    vault: true\n    ways: [{WAY}}}]", "on no public server"),
        (
            '    ways: [{kind: webhook, url: "https://10.0.0.1/x", secret_env: X}]',
            "say private: true",
        ),
    ],
)
def test_a_mistake_about_a_program_is_named(tmp_path: Path, text: str, said: str) -> None:
    """Whoever keeps the rows is told what to write."""
    found = findings(folder(tmp_path, text + "\n"))
    assert [one for one in found if said in one.text], found


def test_a_server_of_our_own_network_may_be_named(tmp_path: Path) -> None:
    """A row that says so may lead to a private address."""
    text = '    ways: [{kind: webhook, url: "https://10.0.0.1/x", secret_env: X, private: true}]\n'
    assert not [one for one in findings(folder(tmp_path, text)) if "private" in one.text]
