"""The demo district is sound, and says what the catalogue asks for."""

from datetime import date
from pathlib import Path

from bot.district.reading import findings, load, report
from referrals.district.directory import FieldKind, Level, Priority
from referrals.roles import Sensitivity

CONTOH = Path(__file__).parents[3] / "districts" / "contoh"
TODAY = date(2026, 11, 22)
CORE = [
    "DTSEN_CEK", "DTSEN_USUL", "DTSEN_PERBAIKAN", "DTSEN_SANGGAH", "BANSOS_MASALAH",
    "SURAT_DTSEN", "PBI_USUL", "PBI_AKTIF", "PIP", "RTLH", "ADMINDUK", "LANSIA_DIS",
    "TERLANTAR", "PPA", "BENCANA", "USAHA", "PUNGLI", "LAIN",
]  # fmt: skip
OPTIONAL = [
    "BLT_DESA", "SUBSIDI", "GIZI", "AMBULANS", "KIPK", "SEKOLAH_LOKAL", "ZAKAT_CSR", "SANTUNAN",
]  # fmt: skip


def test_the_demo_district_is_sound() -> None:
    """Nothing is wrong with Kabupaten Contoh, nor with the wording."""
    assert report(CONTOH, TODAY) == ()


def test_every_service_of_the_catalogue_is_there() -> None:
    """18 core services are listed, 8 optional ones wait for a switch, and PETUGAS is neither."""
    services = load(CONTOH).services
    assert sorted(services) == sorted([*CORE, *OPTIONAL, "PETUGAS"])
    assert sorted(code for code, one in services.items() if one.core) == sorted(CORE)
    assert sorted(code for code, one in services.items() if one.listed) == sorted(CORE)


def test_violence_goes_the_safe_path() -> None:
    """PPA asks for no story and no NIK, is a vault, and only UPTD PPA answers it."""
    district = load(CONTOH)
    ppa = district.services["PPA"]
    assert (ppa.safe_path, ppa.sensitivity, ppa.roles) == (True, Sensitivity.VAULT, ("uptd_ppa",))
    kinds = {field.kind for field in ppa.fields}
    assert kinds <= {FieldKind.CHOICE, FieldKind.PHONE, FieldKind.AREA}
    assert [a.code for a in district.agencies.values() if a.vault] == ["uptd-ppa"]


def test_danger_to_life_is_p1() -> None:
    """Being treated now, or a house that threatens lives, makes a ticket P1."""
    services = load(CONTOH).services
    urgent = {
        (service.code, option.value)
        for service in services.values()
        for field in service.fields
        for option in field.options
        if option.priority is Priority.P1
    }
    assert urgent >= {
        ("PBI_AKTIF", "dirawat"),
        ("PBI_AKTIF", "cuci_darah"),
        ("PBI_AKTIF", "melahirkan"),
        ("RTLH", "roboh"),
        ("TERLANTAR", "bahaya"),
    }
    assert services["BENCANA"].emergency
    assert services["AMBULANS"].emergency


def test_every_village_has_its_desk() -> None:
    """One row makes an agency of each desa; two of one name are told apart by their kecamatan."""
    district = load(CONTOH)
    villages = [area for area in district.areas.values() if area.parent]
    desks = [one for one in district.agencies.values() if one.level is Level.VILLAGE]
    assert [desk.areas for desk in desks] == [(area.code,) for area in villages]
    names = [desk.name.id for desk in desks]
    assert "Puskesos Desa Sukamaju" in names
    assert "Puskesos Desa Karanganyar (Mekar Jaya)" in names
    assert len(set(names)) == len(names)


def test_the_calendar_knows_two_years() -> None:
    """Holidays and collective leave of 2026 and 2027 close the offices, in WIB."""
    calendar = load(CONTOH).calendar
    assert calendar.years == {2026, 2027}
    assert calendar.zone == "Asia/Jakarta"
    assert {date(2026, 8, 17), date(2026, 12, 24), date(2027, 3, 10)} <= calendar.holidays


def test_an_alarm_is_spelt_out() -> None:
    """Each pattern of alarms.yaml stands for all its spellings, with and without the maybes."""
    alarms = load(CONTOH).alarms
    assert {"rumah terbakar", "rumah kami terbakar", "rmh sy kobong"} <= set(alarms.emergency)
    assert not any("|" in phrase or "?" in phrase for phrase in alarms.emergency + alarms.violence)


def test_the_next_years_holidays_are_missed_once_they_are_decreed() -> None:
    """From November 2027 somebody must enter 2028; loading goes on working meanwhile."""
    assert findings(CONTOH, date(2027, 10, 31)) == []
    assert [f.text for f in findings(CONTOH, date(2027, 11, 1))] == [
        "the holidays of 2028 are missing"
    ]
    assert load(CONTOH).code == "99.01"
