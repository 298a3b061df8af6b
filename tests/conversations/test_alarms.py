"""Alarm words, and the numbers that are shown."""

import pytest
from msgspec.structs import replace

from conversations.hearing.alarms import Alarm, card, heard
from conversations.say import Say
from tests.conversations.test_wording import SAID
from tests.conversations.town import DISTRICT, SAY


@pytest.mark.parametrize(
    ("text", "alarm"),
    [
        ("KEBAKARAN!!", Alarm.EMERGENCY),
        ("ada kebakarn di pasar", Alarm.EMERGENCY),
        ("saya dipukul suami, rumah kebakaran", Alarm.VIOLENCE),
        ("saya capek hidup, mau minum racun", Alarm.DESPAIR),
        ("dipukul suami, ingin mati", Alarm.VIOLENCE),
        ("anak saya diajar guru", None),
        ("bantuan kami dikurangi", None),
        ("rumahe ambruk mbah isih nang njero", Alarm.EMERGENCY),
        ("mbah tiba, getihe metu seko sirah", Alarm.HEALTH),
        ("mending tak minum racun aja daripada gini terus", Alarm.DESPAIR),
        ("pengen ngilang selamanya, ga ada gunanya lagi di dunia", Alarm.DESPAIR),
        ("bapak kandungnya sendiri yg maksa dia", Alarm.VIOLENCE),
        ("dia ngintip anak gadis saya mandi", Alarm.VIOLENCE),
        ("anak mau spmb disuruh minta surat dari dinas", None),
        ("kambing saya dikunci di kandang", None),
        ("saya dipaksa berhubungan sama suami", Alarm.VIOLENCE),
        ("banjir naik terus kami di atas genteng", Alarm.EMERGENCY),
        ("bapak dadanya sakit banget keringat dingin", Alarm.HEALTH),
        ("kertu sehat kok dipateni, arep operasi", None),
        ("tukang di atas genteng benerin atap", None),
        ("kk hilang kebawa banjir", None),
        ("anak saya hilang kebawa banjir", Alarm.EMERGENCY),
        ("dijual sama temennya ke mami", Alarm.VIOLENCE),
        ("hidup kami susah, jadi beban orang tua", None),
        ("cara minum obat tbc gimana", None),
        ("", None),
    ],
)
def test_heard(text: str, alarm: Alarm | None) -> None:
    """Alarm words are heard anywhere in a text, long ones with a slip; violence comes first."""
    assert heard(text, DISTRICT.alarms) is alarm


@pytest.mark.parametrize(
    "text",
    [
        "dia pukul saya",
        "dia masih pukul saya",
        "ayah pukul ibu tiap malam",
        "dia pukul saya lagi tadi pagi",
        "dia cekik saya",
        "dia tampar saya",
        "dia siram air panas",
        "dia pukul pakai sapu",
        "suami pukul lagi",
        "mertua jambak aku",
        "bapak tendang adik",
        "saya dibentak dan dihina suami tiap hari",
    ],
)
def test_a_blow_needs_no_prefix(text: str) -> None:
    """Who is hit by somebody is heard in the plain verb, and so is who is put down at home."""
    assert heard(text, DISTRICT.alarms) is Alarm.VIOLENCE


@pytest.mark.parametrize(
    "text",
    [
        "jam pukul 8 saya datang",
        "besok pukul 9 ibu saya datang",
        "pukul berapa saya datang",
        "bantuan pukul rata untuk kami",
        "ibu siram tanaman",
        "ayah siram air panas ke semut",
        "dia pukul bedug",
        "anak tendang bola ke rumah saya",
        "kebijakan itu tampar muka warga",
        "saya dibentak petugas desa",
        "suami saya dibentak petugas",
    ],
)
def test_a_blow_at_nobody_is_none(text: str) -> None:
    """A time, a drum, plants that are watered and a rude office are no violence at home."""
    assert heard(text, DISTRICT.alarms) is None


@pytest.mark.parametrize(
    ("text", "alarm"),
    [
        ("he is hitting me", Alarm.VIOLENCE),
        ("he hit me again", Alarm.VIOLENCE),
        ("my father hits my mother", Alarm.VIOLENCE),
        ("he will kill me", Alarm.VIOLENCE),
        ("he is drunk and has a knife", Alarm.VIOLENCE),
        ("my baby has fever and fits", Alarm.HEALTH),
        ("my house collapsed", Alarm.EMERGENCY),
        ("he hit the jackpot", None),
        ("a motorbike hit me and he ran away", None),
        ("this form fits my child", None),
    ],
)
def test_danger_in_english(text: str, alarm: Alarm | None) -> None:
    """Danger is heard in English as it is in Indonesian."""
    assert heard(text, DISTRICT.alarms) is alarm


def test_only_active_numbers() -> None:
    """A number that is not in service here is never shown."""
    dead = tuple(replace(hotline, active=hotline.number == "119") for hotline in DISTRICT.hotlines)
    say = Say("id", SAID["id"], replace(DISTRICT, hotlines=dead))
    assert "119" in card(say, Alarm.EMERGENCY)
    assert "112" not in card(say, Alarm.EMERGENCY)
    assert card(SAY, Alarm.EMERGENCY).count("\n") > card(say, Alarm.EMERGENCY).count("\n")


def test_an_ambulance_comes_first() -> None:
    """Whose health is in danger is given the ambulance first, and neither fire nor rescue."""
    numbers = card(SAY, Alarm.HEALTH).splitlines()[1:]
    assert [number.split()[0] for number in numbers] == ["119", "112"]


def test_no_number_for_health_alone() -> None:
    """Where no number is for health, those for any emergency are shown."""
    others = tuple(each for each in DISTRICT.hotlines if "health" not in each.purpose)
    say = Say("id", SAID["id"], replace(DISTRICT, hotlines=others))
    assert "110" in card(say, Alarm.HEALTH)


def test_who_despairs_is_given_those_who_listen() -> None:
    """Despair has numbers of its own, and those for health."""
    assert "119 lalu tekan 8" in card(SAY, Alarm.DESPAIR)
    assert "113" not in card(SAY, Alarm.DESPAIR)


def test_no_number_at_all() -> None:
    """Where no number is in service, people nearby and the office remain."""
    say = Say("id", SAID["id"], replace(DISTRICT, hotlines=()))
    assert DISTRICT.office.id in card(say, Alarm.VIOLENCE)
