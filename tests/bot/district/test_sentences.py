"""Free sentences find their service, and words of danger are heard: the district's words work."""

import json
from pathlib import Path

import pytest

from bot.district.reading import load
from conversations.forms.guess import guess
from conversations.hearing.alarms import Alarm, heard

DISTRICT = load(Path(__file__).parents[3] / "districts" / "contoh")
SAMPLES = [
    json.loads(line)
    for line in (Path(__file__).parent / "samples.jsonl").read_text(encoding="utf-8").splitlines()
]
ABOUT_A_SERVICE = [one for one in SAMPLES if one["i"] in DISTRICT.services]


def test_free_sentences_find_their_service() -> None:
    """At least nineteen of twenty sentences are first of all taken for what they are about."""
    missed = [
        (one["t"], guess(one["t"], DISTRICT)[:2])
        for one in ABOUT_A_SERVICE
        if guess(one["t"], DISTRICT)[:1] not in ((one["i"],), (one.get("alt"),))
    ]
    assert len(missed) * 20 <= len(ABOUT_A_SERVICE), missed


@pytest.mark.parametrize("text", [one["t"] for one in SAMPLES if one.get("p") == "P1"])
def test_danger_is_heard(text: str) -> None:
    """Every sample that is marked P1 raises an alarm."""
    assert heard(text, DISTRICT.alarms) is not None


@pytest.mark.parametrize("text", [one["t"] for one in SAMPLES if one.get("p") != "P1"])
def test_what_can_wait_raises_no_alarm(text: str) -> None:
    """No other sample does: an alarm that always rings is not heard."""
    assert heard(text, DISTRICT.alarms) is None


@pytest.mark.parametrize(
    ("text", "alarm"),
    [
        ("tolong kebakaran di pasar", Alarm.EMERGENCY),
        ("omah kobong mbak", Alarm.EMERGENCY),
        ("banjir sdh sepinggang", Alarm.EMERGENCY),
        ("istri saya mau melahirkan kis nya mati", Alarm.HEALTH),
        ("bapak lg dirawat di rs kis tidak aktif", Alarm.HEALTH),
        ("anak kejang2 kejang terus", Alarm.HEALTH),
        ("saya mau bunuh diri saja", Alarm.DESPAIR),
        ("rumah saya sudah roboh", Alarm.EMERGENCY),
        ("suami saya mukulin saya tiap malam", Alarm.VIOLENCE),
        ("aku digebugi bojoku", Alarm.VIOLENCE),
        ("abdi diteunggeul ku salaki", Alarm.VIOLENCE),
        ("ada anak dicabuli gurunya", Alarm.VIOLENCE),
        ("anak dipaksa kawin", Alarm.VIOLENCE),
        ("mau buat akta anak yang lahir bulan lalu", None),
        ("suami kecelakaan tahun lalu jadi lumpuh butuh kursi roda", None),
        ("kartu kis mati mau berobat", None),
        ("rumah hampir roboh mohon bedah rumah", None),
        ("uang bansos dipotong rt", None),
        ("tetangga saya tidak layak dapat pkh", None),
        ("jalan desa sering banjir", None),
        ("anak saya tidak sadarkan diri", Alarm.HEALTH),
        ("gas meledak di dapur", Alarm.EMERGENCY),
        ("tabung gas meledak", Alarm.EMERGENCY),
        ("bapak pingsan tidak bangun", Alarm.HEALTH),
        ("anak hilang dari kemarin", Alarm.EMERGENCY),
        ("rumah kemalingan semalam", Alarm.EMERGENCY),
        ("warung saya dirampok", Alarm.EMERGENCY),
        ("ibu sesak napas berat", Alarm.HEALTH),
        ("bapak serangan jantung", Alarm.HEALTH),
        ("anak digigit ular", Alarm.HEALTH),
        ("adik saya dipasung keluarganya", Alarm.EMERGENCY),
        ("tetangga dirantai di belakang rumah", Alarm.EMERGENCY),
        ("nenek tidak bangun2", Alarm.HEALTH),
        ("kulo digepuki bojo", Alarm.VIOLENCE),
        ("dipun antemi bojo kulo", Alarm.VIOLENCE),
        ("abdi diperkosa", Alarm.VIOLENCE),
        ("aku diperkoso", Alarm.VIOLENCE),
        ("kuring ditakolan ku salaki", Alarm.VIOLENCE),
        ("my husband beats me", Alarm.VIOLENCE),
        ("capek hidup", Alarm.DESPAIR),
        ("saya ingin mati", Alarm.DESPAIR),
        ("tidak mau hidup lagi", Alarm.DESPAIR),
        ("ga mau hidup lg", Alarm.DESPAIR),
        ("bosen urip", Alarm.DESPAIR),
        ("lebih baik saya mati", Alarm.DESPAIR),
        ("aku ga kuat hidup lagi", Alarm.DESPAIR),
        ("i want to die", Alarm.DESPAIR),
        ("kip anak saya hilang", None),
        ("lampu jalan mau mati", None),
        ("kartu anak hilang", None),
        ("bpjs saya mau mati", None),
        ("tagihan listrik meledak", None),
        ("kami tidak sadar data hilang", None),
        ("hidup kami susah", None),
        ("hp saya mau mati", None),
        ("capek urus surat", None),
        ("anak saya dikurung di kandang ayam", Alarm.VIOLENCE),
        ("keponakan dikurung bapaknya di kandang kambing", Alarm.VIOLENCE),
        ("saya di kurung suami di kamar", Alarm.VIOLENCE),
        ("ayam saya dikurung di kandang", None),
        ("kambing tetangga ga dikurung makan tanaman saya", None),
        ("saya diseret suami keluar rumah waktu banjir", Alarm.VIOLENCE),
        ("rumah diseret banjir", Alarm.EMERGENCY),
        ("ibu saya diseret arus sungai", Alarm.EMERGENCY),
        ("banjir menyeret anak tetangga", Alarm.EMERGENCY),
        ("warung dihajar banjir bandang", Alarm.EMERGENCY),
        ("rumah diseret banjir tahun lalu, belum dapat bantuan", None),
        ("atap bocor dihajar hujan", None),
        ("anak dihajar ayahnya, atap bocor dihajar hujan", Alarm.VIOLENCE),
    ],
)
def test_alarms_in_other_words(text: str, alarm: Alarm | None) -> None:
    """Danger is heard in short forms, Javanese and Sundanese; old or lesser trouble is not."""
    assert heard(text, DISTRICT.alarms) is alarm
