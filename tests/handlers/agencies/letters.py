"""A letter to carry, and the words that stand on every one."""

from datetime import UTC, date, datetime

from handlers.agencies.mail_text import MailWords
from handlers.agencies.parcel import Parcel

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LINK = "https://pintu.contoh.go.id/agency/482109379-1-0-1774234567.abcDEF"
PARCEL = Parcel(
    id=7_300_000_000_123,
    agency="dinkes",
    code="482109379",
    leg=1,
    occasion="new",
    subject="Rujukan baru (P2): Kartu sehat \N{EN DASH} nonaktif",
    text="Ada warga yang menunggu jawaban kantor Anda.",
    link=LINK,
    written_at=AT,
    service="PBI",
    service_name="Kartu sehat nonaktif",
    area="99.01.01.2001",
    area_name="Desa Sukamaju, Kecamatan Contoh",
    priority="P2",
    opened_at=AT,
    due=date(2026, 11, 30),
    answers=(("nik", "NIK", "9901014107800001"), ("name", "Nama", "SITI AMINAH")),
)
WORDS = MailWords(
    sender="Satu Pintu Contoh",
    open="Buka dan jawab",
    service="Layanan",
    area="Wilayah",
    priority="Tingkat",
    due="Dijanjikan dijawab sampai",
    footer="Tautan ini untuk kantor Anda saja.",
)
