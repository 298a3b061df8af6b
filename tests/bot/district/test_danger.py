"""Danger is heard as people write of it: words apart, endings of the street, "di pukul"."""

from pathlib import Path

import pytest

from bot.district.reading import load
from conversations.hearing.alarms import Alarm, heard

DISTRICT = load(Path(__file__).parents[3] / "districts" / "contoh")
DESPAIR = """
saya mau mati
aku mau mati
saya mau bunuh dri
bunu diri
bunuhdiri
bunoh diri
bnh diri
gntung diri
tdk mw hidup lg
pengen ngilang aja dari dunia
mending aku ga ada di dunia ini
"""
VIOLENCE = """
d pukulin suami
d tampar suami
sy d perkosa
anak sy d cabuli
saya dpukul suami
sy dipkul suami
suami sy pukuli sy
anak saya diperkaos
saya di perk0sa
saya mau dijual jadi psk
suami saya suka mukulin saya
suami sy sering mukul sy
suami kalau mabuk suka nampar sama nendang
saya di pukul suami
istri saya di pukuli
sy di perkosa
kekerasan
adik saya di aniaya ibu tirinya
bojoku ngantemi aku
saya mau dibunuh suami saya
suami saya mau bunuh saya
dia ngancem mau bunuh saya
istri saya selingkuh dan mukul anak
laki sy suka main tangan
anak umur 14 mau dikawinin paksa
foto telanjang saya mau disebar mantan
pinjol nagih terus diancam sebar foto
paman saya pegang2 badan saya
anak saya dipegang2 gurunya
mertua nampar saya
bapak tiri saya megang megang dada saya
mantan ngancem mau nyebarin video saya
saya dianiyaya suami
dibanting suami
bojoku seneng ngaplok aku
"""
HEALTH = """
anak kecelakaan
anak saya kecelakaan
kcelakaan motor
ibu sy kejang2 ga sadar tlg cepet
anak saya ga napas
anak saya panas tinggi kejang2
toloooong bapak pingsaaan
tetangga kecelakaan motor berdarah
orang tua saya jatuh kepalanya bocor berdarah
butuh ambulan sekarang
bapak stroke mulutnya mencong
anak saya sesak nafas berat
istri pecah ketuban
ketubannya sudah pecah
tersedak bakso anak saya
anak saya step panas tinggi
ketabrak truk di depan pasar
jatuh dari atap ga bisa gerak
anak minum minyak tanah
digigit anjing gila
"""
EMERGENCY = """
tolong api di dapur
longsr
ada tawuran bawa sajam
saya diancam kades karena lapor bansos
bayi dibuang di pinggir kali
KEBAKARAAAN
anak kecebur sumur
ada mayat di sungai
tawuran pelajar di simpang
"""
QUIET = """
lampu mau mati
lampu rumah saya mau mati
hp saya mau mati
kartu saya mau mati masa berlakunya
kartu kis ibu saya mau mati
sapi saya mau mati
saya tidak mau mati
saya mau mati matian kerja
saya tinggal d desa
blm dpt bantuan
d pukul 8 saya datang
rapat d pukul sepuluh
d rt 03
rt01rw02
biaya kecelakaan motor ditanggung bpjs
bapak kumpul pukul 8
main tangan kosong
pukul 8 pagi
rapat di pukul 10 saya datang
kumpul di pukul delapan pagi anak saya ikut
saya bunuh nyamuk tiap malam
anak saya suka mukul bedug
beras dipukul rata semua warga
kena gempa tahun lalu
suami kecelakaan motor tahun lalu luka kaki butuh kursi roda
bapak stroke 2 tahun mulutnya mencong sejak tahun lalu
saya diancam dicoret dari pkh
rt ngancam mau nyoret saya dari bansos
buku saya dipegang rt
atap kepala desa bocor
rumah bocor kepala saya pusing
usaha saya jatuh sekarang
foto rumah mau disebar ke grup
anak saya mau dinikahkan bulan depan butuh surat pengantar
dipaksa beli beras
bayi baru lahir belum punya akta
anak tidak bangun pagi
tidak sadar kartunya hilang
nenek tidak sadar kalau ktp hilang
kami diancam tidak dapat bansos lagi
pln ngancam mutus listrik
saya ancam lapor polisi ketua rt nya
anak saya main pukul bola kasti
petani bawa arit ke sawah
banjir bandang tahun lalu rumah belum diperbaiki
mau lahiran bulan depan kis mati
gusi anak berdarah
bapak saya minta ambulans buat kontrol besok
kaki bapak luka diabetes butuh berobat
suami saya kerja kasar buruh bangunan
harga dibanting petani rugi
ibu saya stroke 2 tahun lumpuh
mobil ambulans desa rusak
step by step daftar bpjs
saya tinggal di
"""
SENTENCES = [
    (sentence, alarm)
    for alarm, lines in (
        (Alarm.DESPAIR, DESPAIR),
        (Alarm.VIOLENCE, VIOLENCE),
        (Alarm.HEALTH, HEALTH),
        (Alarm.EMERGENCY, EMERGENCY),
        (None, QUIET),
    )
    for sentence in lines.strip().splitlines()
]


@pytest.mark.parametrize(("sentence", "alarm"), SENTENCES)
def test_danger_is_heard_as_people_write_it(sentence: str, alarm: Alarm | None) -> None:
    """Danger is heard whatever stands between its words, and nothing else is."""
    assert heard(sentence, DISTRICT.alarms) is alarm
