"""Every mistake planted in a copy of the demo district is found, on its line."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.district.reading import DistrictError, findings, load, report

CONTOH = Path(__file__).parents[3] / "districts" / "contoh"
TODAY = date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the demo district, to be spoilt."""
    return Path(shutil.copytree(CONTOH, tmp_path / "contoh"))


def plant(file: Path, right: str, wrong: str) -> int:
    """Put *wrong* in the place of the first *right* in *file*; return the line it begins on."""
    text = file.read_text(encoding="utf-8")
    before, found, after = text.partition(right)
    assert found, f"{right!r} does not stand in {file.name}"
    file.write_text(before + wrong + after, encoding="utf-8")
    return before.count("\n") + 1


def test_a_spoilt_district_is_not_loaded(folder: Path) -> None:
    """Loading a folder with mistakes lists each with its file and line."""
    line = plant(folder / "groups.yaml", "id: usaha,", "id: usaha, colour: red,")
    with pytest.raises(DistrictError, match=rf"groups\.yaml:{line}: unknown key 'colour'"):
        load(folder)


PLANTED = [
    ("district.yaml", 'code: "99.01"', "code: 99.01", "must be text; put it in quotes"),
    ("district.yaml", 'code: "99.01"', 'code: "9901"', "Kemendagri code"),
    ("district.yaml", "desk: satu-pintu", "desk: nowhere", "no agency 'nowhere'"),
    ("district.yaml", "appeals: [inspektorat", "appeals: [nobody", "no agency 'nobody'"),
    ("district.yaml", "appeals: [inspektorat", "appeals: [satu-pintu", "must not be the desk"),
    ("district.yaml", "protection: bappeda", "protection: satu-pintu", "must not be the desk"),
    ("district.yaml", 'to: ["SP4N-LAPOR!"', 'to: ["  "', "from 1 to 200 characters"),
    ("district.yaml", 'to: ["SP4N-LAPOR!"', 'to: ["SP4N\u2013LAPOR!"', "no GSM-7 characters"),
    ("district.yaml", 'to: ["SP4N-LAPOR!"', 'to: ["Ombudsman RI"', "Ombudsman RI"),
    ("district.yaml", "hand_over_to: [", "hand_over_to: []  # [", "could go nowhere"),
    ("district.yaml", "PETUGAS", "NOBODY", "no service 'NOBODY'"),
    ("district.yaml", "programme_desil: 4", "programme_desil: 11", "must be from 1 to 10"),
    ("district.yaml", "programme_desil: 4", "programme_desil: few", "must be a whole number"),
    ("district.yaml", 'from: "07:00"', 'from: "7"', "must be a time such as"),
    ("district.yaml", 'to: "20:00"', 'to: "06:00"', "after it begins, on the same day"),
    ("district.yaml", "level_2: sekda", "level_2: setda", "no agency 'setda'"),
    ("district.yaml", "ring_every: 10", "ring_every: 0", "from 1 to 60 minutes"),
    ("district.yaml", "most_open: 12", "most_open: 2", "from 3 to 100 tickets"),
    ("district.yaml", "lease_hours: 8", "lease_hours: 0", "from 1 to 80 hours"),
    ("district.yaml", "looks_a_day: 150", "looks_a_day: 5", "from 20 to 1000 people"),
    ("district.yaml", "countries: []", 'countries: ["882"]', "no calling code"),
    ("district.yaml", "countries: []", 'countries: ["+60"]', "no calling code"),
    ("district.yaml", "a_day: 60", "a_day: 5", "from 20 to 2000 segments"),
    ("district.yaml", "an_hour: 1000", "an_hour: 0", "from 20 to 1000000 segments"),
    ("district.yaml", "meeting: musdes", "meeting: rembug", "no milestone 'rembug'"),
    ("district.yaml", "discussed: [DTSEN", "discussed: [DTKS", "no service 'DTKS_PERBAIKAN'"),
    ("services/aduan.yaml", "level: direct", "level: village", "never goes to the village"),
    ("services/lindung.yaml", "safe_path: true", "safe_path: false", "vault needs safe_path"),
    ("replies.yaml", "step: ask\n", "step: confirm\n", "no step 'confirm'"),
    ("replies.yaml", "states: [in_progress]", "states: [busy]", "no state 'busy'"),
    ("replies.yaml", "services: [RTLH]", "services: [GONE]", "no service 'GONE'"),
    ("replies.yaml", "code: ask_place", "code: ask_papers", "'ask_papers' stands twice"),
    ("replies.yaml", "code: ask_place", "code: Ask", "small letters, digits and _"),
    ("replies.yaml", "di dekatnya.", "di dekatnya" + 300 * ".", "at most 300 characters"),
    ("replies.yaml", "di dekatnya.", "di dekatnya\u2026", "GSM-7"),
    ("district.yaml", "chat_days: 90", "chat_days: 6", "must be from 7 to 366"),
    ("district.yaml", "ticket_years: 5", "ticket_years: 0", "must be from 1 to 30"),
    ("district.yaml", "vault_years: 10", "vault_years: 4", "not shorter than ticket_years"),
    ("district.yaml", "lookup_days: 365", "lookup_days: 30", "must be from 365"),
    ("district.yaml", "name: Kabupaten Contoh", "name: Kabupaten \u201cContoh\u201d", "GSM-7"),
    ("district.yaml", "person_service:", "desk: bpbd\nperson_service:", "'desk' stands twice"),
    ("district.yaml", "services: [DTSEN_USUL]", "services: [GONE]", "no service 'GONE'"),
    ("district.yaml", "meeting_until: 14", "meeting_until: 10", "must be from 11 to 28"),
    ("district.yaml", "approval_until: 17", "approval_until: 31", "must be from 15 to 28"),
    ("district.yaml", "code: dinsos", "code: musdes", "'musdes' stands twice"),
    ("groups.yaml", "id: sehat,", "id: data,", "'data' stands twice"),
    ("groups.yaml", "Data & Bantuan Sosial", "Data dan semua Bantuan Sosial", "24 fit"),
    ("groups.yaml", ', en: "Data & social aid"', "", "the key 'en' is missing"),
    ("services/rumah.yaml", "code: RTLH", "code: rtlh", "capital letters"),
    ("services/rumah.yaml", "code: ADMINDUK", "code: RTLH", "'RTLH' stands twice"),
    ("services/rumah.yaml", "group: rumah", "group: house", "no group 'house'"),
    ("services/rumah.yaml", "kind: need", "kind: wish", "must be one of information"),
    ("services/rumah.yaml", "level: village", "level: moon", "must be one of village"),
    ("services/rumah.yaml", "respond_days: 3", "respond_days: -1", "must not be negative"),
    ("services/rumah.yaml", "resolve_days: 60", "resolve_days: 1", "before the response"),
    ("services/rumah.yaml", "dinas_perkim,", "dinas_rumah,", "no agency has the role"),
    ("services/rumah.yaml", "    - nik\n", "    - nix\n", "no field 'nix' in fields.yaml"),
    ("services/rumah.yaml", "- rtlh|", "- RTLH!|", "words of small letters"),
    ("services/rumah.yaml", "key: danger", "key: Danger", "at most 20 small letters"),
    ("services/rumah.yaml", "key: floor", "key: roof", "'roof' stands twice"),
    ("services/rumah.yaml", "priority: P1}", "priority: P0}", "must be one of P1"),
    ("services/rumah.yaml", "value: hampir_roboh", "value: roboh", "'roboh' stands twice"),
    ("services/rumah.yaml", "value: roboh", "value: rob\u00f6h", "small letters, digits and _"),
    ("services/rumah.yaml", "value: roboh", "value: " + "r" * 60, "it passes 64 bytes"),
    ("services/rumah.yaml", '"Masih baik"', '"Masih sangat baik sekali ya"', "24 fit"),
    ("services/rumah.yaml", '"Bocor"', '"Masih baik"', "'masih baik' stands twice"),
    ("services/rumah.yaml", "Bedah rumah/BSPS", "x" * 73, "72 fit"),
    ("services/rumah.yaml", '"Bagaimana atapnya?"', '""', "the text is empty"),
    ("services/rumah.yaml", '"Bagaimana atapnya?"', '"Bagaimana atapnya\u2026"', "GSM-7"),
    (
        "services/aduan.yaml",
        "kind: words\n      lettered: true\n      label: {id: Tempat",
        "kind: name\n      label: {id: Tempat",
        "nobody is anonymous",
    ),
    ("services/aduan.yaml", "value: anonim", "value: bisik", "'bisik' is no kind of privacy"),
    ("services/usaha.yaml", "maximum: 99", "maximum: 9", "less than the minimum"),
    ("services/usaha.yaml", "listed: false", "listed: perhaps", "must be true or false"),
    ("services/lindung.yaml", "vault\n", "sensitive\n", "needs sensitivity: vault"),
    (
        "services/lindung.yaml",
        "kind: choice\n      label: {id: Waktu",
        "kind: story\n      label: {id: Waktu",
        "asks no story",
    ),
    (
        "services/aduan.yaml",
        "kind: words\n      lettered: true\n      label: {id: Waktu",
        "kind: whom\n      label: {id: Waktu",
        "nobody files this for somebody else",
    ),
    ("services/lindung.yaml", "[uptd_ppa]", "[bpbd]", "not every 'bpbd' keeps a vault"),
    ("services/aduan.yaml", "[inspektorat, saber_pungli]", "[]", "must name the role"),
    ("fields.yaml", "kind: area", "kind: country", "must be one of nik"),
    ("agencies.yaml", "code: bpbd", "code: dinkes", "'dinkes' stands twice"),
    ("areas.yaml", "99.01.02.2001", "99.01.01.2001", "'99.01.01.2001' stands twice"),
    (
        "areas.yaml",
        "name: Tirta Mulya, kind: desa",
        "name: Tirta Mulya, kind: kota",
        "one of desa",
    ),
    ("areas.yaml", "kind: kelurahan", "kind: desa", "a desa here is 99.01.01"),
    ("areas.yaml", "name: Sumber Rejo", "name: Sukamaju", "'sukamaju' stands twice"),
    ("areas.yaml", 'code: "99.01.02"', 'code: "99.02.02"', "99.01 and two digits more"),
    ("agencies.yaml", "code: bpbd", "code: BPBD", "small letters, digits and -"),
    ("agencies.yaml", "roles: [bpbd]", "roles: bpbd", "must be a list"),
    (
        "agencies.yaml",
        "name: {id: Dinas Kesehatan, en: Health Office}",
        "name: Dinkes",
        "keys with",
    ),
    ("groups.yaml", "- {id: usaha,", "- [usaha]\n- {id: usaha,", "must be keys with values"),
    ("hotlines.yaml", "2026-11-02", "", "must be a date"),
    ("hotlines.yaml", "2026-11-02", "2027-11-02", "nobody can have rung it yet"),
    ("hotlines.yaml", "2026-11-02", "yesterday", "must be a date"),
    ("hotlines.yaml", '"119"', '"one-one-nine"', "must be digits alone"),
    ("alarms.yaml", "- kdrt|tppo", "- KDRT", "small letters"),
    ("alarms.yaml", "- want to die", "- Want to die", "small letters"),
    ("alarms.yaml", "- takut pulang", "- ?takut ?pulang", "must not be a maybe"),
    ("alarms.yaml", "- takut pulang", "- takut & ?pulang", "must not be a maybe"),
    ("alarms.yaml", "- takut pulang", "- takut $nobody", "no words 'nobody'"),
    ("alarms.yaml", "- takut pulang", "- takut" + " ?a|b|c|d+" * 5, "more than 20000 phrases"),
    ("calendar.yaml", "Asia/Jakarta", "Asia/Contoh", "no time zone"),
    ("calendar.yaml", '"15:30"', '"07:00"', "after it opens"),
    ("calendar.yaml", '"08:00"', '"8"', "must be a time"),
    ("calendar.yaml", "[1, 2, 3, 4, 5]", "[0, 1]", "from 1 (Monday) to 7"),
    ("calendar.yaml", "date: 2026-01-16", "date: 2026-01-01", "stands twice"),
    ("calendar.yaml", "date: 2026-01-16", "date: 2025-01-16", "is not in 2026"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "text"), PLANTED)
def test_a_planted_mistake_is_found(
    folder: Path, file: str, right: str, wrong: str, text: str
) -> None:
    """The mistake is found in its file, on its line, and said so that it can be mended."""
    line = plant(folder / file, right, wrong)
    found = [f for f in findings(folder, TODAY) if (f.file, f.line) == (str(folder / file), line)]
    assert any(text in finding.text for finding in found), report(folder, TODAY)


ELSEWHERE = [
    ("alarms.yaml", "- takut pulang", "- takut pulang\n  - takut pulang", "pulang' stands twice"),
    ("district.yaml", "desk: satu-pintu\n", "", "district.yaml:2: the key 'desk' is missing"),
    ("district.yaml", "desk: satu-pintu", "desk: [satu-pintu", "no valid YAML"),
    ("groups.yaml", "- {id: usaha,", "- {id: lain,", "no group 'usaha' in groups.yaml"),
    ("hotlines.yaml", "  verified_on: 2026-11-02\n", "", "hotlines.yaml:3: the key 'verified_on'"),
    ("agencies.yaml", "desa-{code}", "desa", "must hold {code}"),
    (
        "agencies.yaml",
        "roles: [bpbd]",
        "roles: [bpbd]\n    areas: [99.01.77]",
        "no area '99.01.77'",
    ),
    ("services/usaha.yaml", "kind: choice", "kind: words", "only a choice has options"),
    ("services/usaha.yaml", "kind: number", "kind: words", "only a number and digits have"),
    ("services/usaha.yaml", "- code: USAHA", "code: USAHA", "no valid YAML"),
    ("services/usaha.yaml", "- code: USAHA", "- USAHA\n- code: USAHA", "keys with values"),
    ("calendar.yaml", "  - year: 2027", "  - year: 2028", "the holidays of 2027 are missing"),
    ("services/rumah.yaml", "    - area\n", "", "no field asks for the area"),
    ("services/rumah.yaml", "options:", "choices:", "a choice has 2 to 10 options"),
    ("services/data.yaml", "- code: BLT_DESA", "- code: DTSEN_CEK", "'DTSEN_CEK' stands twice"),
    (
        "services/aduan.yaml",
        "roles: [inspektorat, saber_pungli]",
        "roles: [pemdes, tksk]",
        "they are too near",
    ),
]


@pytest.mark.parametrize(("file", "right", "wrong", "text"), ELSEWHERE)
def test_a_mistake_that_shows_elsewhere_is_found(
    folder: Path, file: str, right: str, wrong: str, text: str
) -> None:
    """What a change breaks elsewhere is found there."""
    plant(folder / file, right, wrong)
    assert any(text in line for line in report(folder, TODAY))


def test_every_mistake_is_found_at_once(folder: Path) -> None:
    """One run finds all that is wrong, once each, and nothing that follows from it alone."""
    lines = [
        plant(folder / "district.yaml", "programme_desil: 4", "programme_desil: many"),
        plant(folder / "groups.yaml", "id: aduan,", "id: aduan, icon: x,"),
        plant(folder / "fields.yaml", "kind: photo", "kind: film"),
    ]
    found = [(Path(f.file).name, f.line) for f in findings(folder, TODAY)]
    assert found == list(
        zip(
            ("district.yaml", "fields.yaml", "groups.yaml"),
            [lines[0], lines[2], lines[1]],
            strict=True,
        )
    )


@pytest.mark.parametrize("file", ["district.yaml", "agencies.yaml", "alarms.yaml", "areas.yaml"])
def test_a_missing_or_empty_file_is_a_finding(folder: Path, file: str) -> None:
    """A file that is not there, empty or no UTF-8 is said so, and breaks nothing."""
    for content, text in ((b"", "the file is empty"), (b"a: \xff", "the file must be UTF-8")):
        (folder / file).write_bytes(content)
        assert f"{folder / file}:1: {text}" in report(folder, TODAY)
    (folder / file).unlink()
    assert f"{folder / file}:1: the file is missing" in report(folder, TODAY)


def test_a_folder_that_is_none_is_a_finding(tmp_path: Path) -> None:
    """Checking a folder that does not exist lists the missing files."""
    assert f"{tmp_path / 'no' / 'district.yaml'}:1: the file is missing" in report(
        tmp_path / "no", TODAY
    )


def test_a_village_without_anybody_is_a_finding(folder: Path) -> None:
    """A village service whose roles leave villages out is found, one by one."""
    plant(folder / "agencies.yaml", "area: desa\n", "area: kecamatan\n")
    line = plant(folder / "services" / "data.yaml", "roles: [pemdes, dpmd]", "roles: [puskesos]")
    plant(folder / "agencies.yaml", "[disnaker_blk]", "[puskesos]\n    areas: [99.01.01]")
    found = [f.text for f in findings(folder, TODAY) if f.line == line]
    assert "nobody answers from 99.01.02.2001 Mekarsari" in found
    assert "nobody answers from 99.01.01.2001 Sukamaju" not in found


def test_emergency_and_violence_need_a_number(folder: Path) -> None:
    """Without an active number for them the card would be empty: that is a mistake."""
    file = folder / "hotlines.yaml"
    text = file.read_text(encoding="utf-8").replace("active: true", "active: false")
    file.write_text(text, encoding="utf-8")
    assert [f.text for f in findings(folder, TODAY)] == [
        "no active number has the purpose 'emergency'",
        "no active number has the purpose 'violence'",
    ]


def test_a_file_that_is_no_list_is_a_finding(folder: Path) -> None:
    """Services lie in lists, and an empty folder of services is a mistake of its own."""
    file = folder / "services" / "usaha.yaml"
    file.write_text("services: []\n", encoding="utf-8")
    assert f"{file}:1: must be a list" in report(folder, TODAY)
    shutil.rmtree(folder / "services")
    expected = f"{folder / 'services'}:1: the folder is missing, or holds no service"
    assert expected in report(folder, TODAY)


def test_too_many_rows_are_a_finding(folder: Path) -> None:
    """A menu has eight shelves of ten rows: the ninth and the eleventh are found."""
    groups = folder / "groups.yaml"
    more = "".join(f"- {{id: g{n}, label: {{id: G{n}, en: G{n}}}}}\n" for n in range(2))
    groups.write_text(groups.read_text(encoding="utf-8") + more, encoding="utf-8")
    for file in (folder / "services").glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        for group in ("sehat", "sekolah", "rumah", "lindung", "usaha", "aduan"):
            text = text.replace(f"group: {group}\n", "group: data\n")
        file.write_text(text, encoding="utf-8")
    found = report(folder, TODAY)
    assert any("too many groups: 8 fit" in line for line in found)
    assert any("18 services are listed here, 10 fit" in line for line in found)
