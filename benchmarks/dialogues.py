"""What somebody writes who files by SMS: a story for each service, and answers for its form."""

from referrals.district.directory import FieldKind

LINES = {
    "PUNGLI": "uang PKH saya dipotong oknum 50 ribu",
    "LAIN": "lampu jalan depan masjid mati sudah seminggu",
    "DTSEN_USUL": "kami belum pernah dapat bantuan, mau usul pkh",
    "DTSEN_PERBAIKAN": "data salah, tertulis sudah meninggal padahal masih hidup",
    "DTSEN_SANGGAH": "desil saya ketinggian, mau sanggah, kami buruh tani",
    "BANSOS_MASALAH": "pkh belum cair dari bulan lalu, saldo nol",
    "SURAT_DTSEN": "perlu surat keterangan sktm untuk sekolah",
    "LANSIA_DIS": "nenek tetangga lansia sebatang kara tidak bisa jalan",
    "TERLANTAR": "ada orang terlantar tidur di pasar kehujanan",
    "BENCANA": "banjir masuk rumah warga sejak malam",
    "RTLH": "atap rumah bocor dan dinding bambu lapuk",
    "ADMINDUK": "ktp hilang mau urus lagi",
    "PBI_USUL": "belum punya bpjs mau usul kis gratis",
    "PBI_AKTIF": "kis bpjs tidak aktif padahal mau berobat",
    "PIP": "pip anak belum cair di sekolah",
    "USAHA": "mau modal usaha warung kecil",
}
"""What is filed, and how somebody begins it."""
PLACED = ("9901014107800001", "9901011203190007", "Sukamaju")
FIELDS = {
    FieldKind.NIK: "9901014107800001",
    FieldKind.KK: "9901011203190007",
    FieldKind.NAME: "Sari",
    FieldKind.AREA: "Sukamaju",
    FieldKind.WORDS: "dekat masjid",
    FieldKind.STORY: "lampu jalan depan masjid mati sudah seminggu",
    FieldKind.PLACE: "depan masjid Sukamaju",
    FieldKind.NUMBER: "40",
    FieldKind.DIGITS: "123456789",
    FieldKind.PHONE: "SAMA",
    FieldKind.CHOICE: "1",
    FieldKind.WHOM: "1",
    FieldKind.PHOTO: "LEWATI",
}
