"""The ways to an office in its row: read by their kind, and each mistake found with its line."""

import shutil
from pathlib import Path

import pytest

from bot.district.reading import findings, load
from referrals.district.ways import EmailWay, OnCall, TelegramWay, kind_of
from tests.bot.playing import DISTRICT

ROW = """
  - code: kantor
    name: {id: Kantor, en: Office}
    roles: [kantor]
"""


def folder(tmp_path: Path, text: str) -> Path:
    """Return a district with one more office whose row goes on with *text*."""
    copy = tmp_path / "district"
    shutil.copytree(DISTRICT, copy)
    with (copy / "agencies.yaml").open("a") as file:
        file.write(ROW + text)
    return copy


def test_ways_are_read_in_their_order(tmp_path: Path) -> None:
    """An office has several ways, its head and its roster have their own."""
    text = """
    ways:
      - {kind: email, to: kantor@contoh.go.id}
      - {kind: webhook, url: "https://kantor.contoh.go.id/in", secret_env: KANTOR_SECRET}
      - {kind: open311, url: "https://kantor.contoh.go.id/open311/v2", service_code: "12"}
      - {kind: sms, numbers: ["+6281200000001"]}
      - {kind: letter}
    head: [{kind: email, to: kepala@contoh.go.id}]
    on_call: [{name: Jaga 1, ways: [{kind: telegram, chats: [700, -100900]}]}]
"""
    agency = load(folder(tmp_path, text)).agencies["kantor"]
    assert [kind_of(way) for way in agency.ways] == [
        "email",
        "webhook",
        "open311",
        "sms",
        "letter",
    ]
    assert agency.head == (EmailWay(to="kepala@contoh.go.id"),)
    assert agency.on_call == (OnCall(name="Jaga 1", ways=(TelegramWay(chats=(700, -100900)),)),)


def test_the_offices_of_areas_have_ways_of_their_own(tmp_path: Path) -> None:
    """A row for each desa names a mailbox with the desa's code in it."""
    copy = folder(tmp_path, "")
    file = copy / "agencies.yaml"
    each = 'code: "desa-{code}"\n    ways: [{kind: email, to: "desa-{code}@contoh.go.id"}]\n'
    lines = file.read_text().splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if 'code: "desa-{code}"' in line)
    rest = (line for line in lines[start + 1 :])
    kept = [line for line in rest if not ("ways:" in line and "desa" in line)]
    file.write_text(
        "".join([*lines[:start], f"    {each}", *kept]).replace(
            "    ways: [{kind: inbox}]\n", "", 1
        )
    )
    district = load(copy)
    assert EmailWay(to="desa-9901012001@contoh.go.id") in district.agencies["desa-9901012001"].ways


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("    ways: [{kind: pigeon}]", "'kind' must be one of email, webhook, open311"),
        ("    ways: [{to: kantor@contoh.go.id}]", "'kind' must be one of"),
        ("    ways: [{kind: email, to: kantor}]", "must be one e-mail address"),
        ("    ways: [{kind: email}]", "the key 'to' is missing"),
        ("    ways: [{kind: email, to: a@b.id, cc: c@d.id}]", "unknown key 'cc'"),
        ('    ways: [{kind: open311, url: "http://x.id", service_code: a}]', "an https address"),
        ('    ways: [{kind: webhook, url: "https://x.id", secret_env: whsec_x}]', "variable"),
        ("    ways: [{kind: telegram, chats: []}]", "must name at least one"),
        ("    ways: [{kind: telegram, chats: [anna]}]", "must be a whole number"),
        ('    head: [{kind: sms, numbers: ["0812"]}]', "must be + with the country's number"),
        ("    on_call: [{name: Jaga, ways: []}]", "must name a way"),
        ("    vault: true\n    ways: [{kind: letter}]", "never passes through the desk"),
    ],
)
def test_a_mistake_in_a_way_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    """Whoever keeps the rows is told the file, the line and what to write."""
    copy = folder(tmp_path, text)
    lines = (copy / "agencies.yaml").read_text().splitlines()
    found = [one for one in findings(copy) if said in one.text]
    assert found, findings(copy)
    assert found[0].file.endswith("agencies.yaml")
    assert lines[found[0].line - 1].strip().split("{", maxsplit=1)[0] in text
