"""Who despairs or is in danger is heard in their own words; ordinary trouble rings nothing."""

from pathlib import Path

import pytest

from bot.district.reading import load
from conversations.hearing.alarms import Alarm, heard

DISTRICT = load(Path(__file__).parents[3] / "districts" / "contoh")
DESPAIR = """
mending sy mati ninggalin anak
mending mati aja drpd begini
sy ga sanggup lg hidup
udah ga kuat lagi hidup kaya gini
ngapain hidup kalo gini
buat apa saya hidup
udh bosen idup
percuma hidup
pengen tidur ga bangun lagi
pengen nyusul almarhum suami
pengen modar wae
hayang paeh
hidup saya sudah tidak ada artinya
mau lompat dari jembatan
capek banget sama hidup
saya sudah ga ada alasan hidup
mau mengakhiri semuanya
i don't want to live anymore
"""
VIOLENCE = """
tlg pak sy anak smp, ayah tiri sy suka masuk kamar malem2
dia maksa saya berhubungan badan sama om nya
dia maksa saya berhubungan badan
ponakan sy mau dikawinkan pdhl br 14 th
anak umur 15 mau dinikahkan bulan depan
adik saya masih sekolah mau dikawinin bapak
mau lapor nikah dini
ada pernikahan anak di desa kami
suami saya suka kasar
bojoku nek mabuk kasar karo aku
suami mabuk ngamuk banting piring ke saya
bapak jual adik sy ke germo
temen sy dijual ke malaysia jadi tkw ilegal, paspor ditahan
adik saya dijual online sama pacarnya
mantan pacar neror sy terus
saya dibuntuti mantan suami tiap pulang kerja
anak saya dibully di sekolah sampe luka
anak dicium gurunya di kelas
pelatih nyuruh muridnya, saya disuruh buka baju sama dia
anak smp hamil sama pamannya
ibu tiri ga kasih makan, anak disundut rokok
takut sama bapak tiri saya
majikan pukul saya, tkw disiksa
"""
DANGER = """
omahku kobong mas tulung
omahe mbah kobong
rumah pak rt kobong
ada kobaran api di gudang
gas elpiji bocor di dapur
gempa rumah retak semua
lindu gede mau bengi
pohon tumbang timpa rumah pak rt
ibu ketiban tembok
atap rumah terbang kena angin
tanggul jebol
anak saya kabur dari rumah 3 hari blm pulang
nenek pikun hilang dari pagi
suami dikeroyok orang di pasar
ular masuk rumah
anak jatuh ke sumur
my house burned down last night
"""
HEALTH = """
bapak saya kecelakaan motor parah
anak ketabrak motor kakinya patah
ada kecelakaan di depan balai desa
my mother's health card is blocked and she is in the hospital
she can't breathe
"""
ORDINARY = """
suami saya mati kemarin
suami meninggal kemarin ga ada uang buat kubur
kambing saya mati semua
hp saya mati jadi ga terima sms
harga beras naik bikin mati rakyat kecil
biaya hidup makin mahal, tidak kuat bayar listrik
kami mau hidup layak tapi belum dapat bantuan
setengah mati ngurus bpjs
ibu masih hidup tapi di data sudah meninggal
saya kebakaran jenggot nunggu pkh
bansos kami dirampok pak kades
kebanjiran pesanan jadi butuh modal usaha
suami kabur dari rumah ninggalin anak 3
suami saya pekerja kasar
motor anak saya dijual buat berobat
anak ayam saya hilang
jual anak kambing buat bayar sekolah
pelatihan pemadam kebakaran kapan ya
rumah rusak bekas gempa tahun lalu belum diperbaiki
suami kecelakaan parah tahun lalu sekarang lumpuh
anak saya umur 22 mau nikah butuh surat pengantar
mau nikah bulan depan syarat pindah kk apa
kakak kerja tkw di taiwan mau perpanjang ktp
nidurin anak dulu nanti saya lanjut
anak saya merantau ga pulang2, kk nya gimana
pak kades kasar kalau ditanya bansos
ktp saya hilang di pasar
ayah masuk kamar operasi malam ini, bpjs mati
jalan amblas di depan sd
pohon tumbang di pinggir lapangan belum diangkut
"""


def _lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize(
    ("text", "alarm"),
    [
        *((text, Alarm.DESPAIR) for text in _lines(DESPAIR)),
        *((text, Alarm.VIOLENCE) for text in _lines(VIOLENCE)),
        *((text, Alarm.EMERGENCY) for text in _lines(DANGER)),
        *((text, Alarm.HEALTH) for text in _lines(HEALTH)),
    ],
)
def test_a_cry_is_heard(text: str, alarm: Alarm) -> None:
    """Children, women, the desperate and who stands before a fire are heard in their own words."""
    assert heard(text, DISTRICT.alarms) is alarm


@pytest.mark.parametrize("text", _lines(ORDINARY))
def test_ordinary_trouble_rings_nothing(text: str) -> None:
    """Deaths, figures of speech and old accidents are no alarm."""
    assert heard(text, DISTRICT.alarms) is None
