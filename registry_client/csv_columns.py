"""Which column of a registry file holds what: every district names them in its own way."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from registry_client.answers import Programme
from registry_client.csv_values import Unfit

NAMES = {
    "nik": "nik nomor_induk_kependudukan no_nik nomor_nik nik_art",
    "kk": "no_kk nomor_kartu_keluarga nokk kk nomor_kk no_kartu_keluarga",
    "name": "nama nama_lengkap nama_art nama_anggota nama_anggota_keluarga",
    "born": "tgl_lahir tanggal_lahir tgllahir tgl_lhr",
    "area": "kode_desa kode_kelurahan kode_desa_kelurahan kode_kel kode_wilayah kode_desa_kel",
    "desil": "desil desil_nasional desil_nas kelas_desil",
    "matched": "padan status_padan padan_dukcapil padan_capil ket_padan",
    "status": "status_data keterangan_data status_individu status_kependudukan",
}
PROGRAMMES = {
    "PKH": "pkh bansos_pkh penerima_pkh status_pkh",
    "SEMBAKO": "sembako bpnt bansos_bpnt penerima_bpnt bpnt_sembako status_bpnt status_sembako",
    "PBI-JK": "pbi_jk pbi pbi_nas pbijk pbi_jkn penerima_pbi status_pbi",
    "PBI-PEMDA": "pbi_pemda pbi_apbd pbi_daerah pbpu_pemda",
}
PERIOD = "_periode"  # pkh_periode: the last period recorded for pkh
YES = frozenset({"ya", "y", "1", "true", "aktif", "x", "v", "penerima", "terdaftar"})
NO = frozenset({"tidak", "t", "n", "0", "false", "bukan", "belum", "-", "", "null", "no"})
OFF = frozenset(
    {"nonaktif", "non aktif", "tidak aktif", "inactive", "nonaktifkan", "dinonaktifkan"}
)
GONE = re.compile(
    r"\W*((sudah|telah|diduga|data)\s+)?(meninggal|wafat|anomali|invalid|tidak valid)",
    re.IGNORECASE,
)


class Columns(Struct, frozen=True):
    """Where a file's columns stand, counted from 0."""

    width: int
    places: Mapping[str, int]  # what we know a person by
    programmes: tuple[tuple[str, int, int | None], ...]  # code, its flag, its period

    @property
    def missing(self) -> str:
        """What the file cannot be read without, in words; empty where nothing is missing."""
        return " and ".join(
            words for key, words in (("nik", "the NIK"), ("kk", "the KK number"))
            if key not in self.places
        )  # fmt: skip


def columns_of(header: Sequence[str]) -> Columns:
    """Return the columns that *header* names; of two names for one thing the first counts."""
    names = [_plain(name) for name in header]
    places = {key: at for key, known in NAMES.items() if (at := _first(names, known)) is not None}
    programmes = (_programme(code, known, names) for code, known in PROGRAMMES.items())
    return Columns(len(names), places, tuple(one for one in programmes if one))


def _programme(code: str, known: str, names: list[str]) -> tuple[str, int, int | None] | None:
    at = _first(names, known)
    if at is None:
        return None
    return code, at, _first(names, f"{names[at]}{PERIOD}")


def _first(names: list[str], known: str) -> int | None:
    wanted = known.split()
    return next((at for at, name in enumerate(names) if name in wanted), None)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.strip("\ufeff").casefold()).strip("_")


@lru_cache(maxsize=1024)
def programme(code: str, flag: str, period: str) -> Programme | Unfit | None:
    """Return the programme as a flag such as YA or NONAKTIF records it; None for TIDAK."""
    bare = " ".join(flag.casefold().replace("-", " ").split()) or flag.strip()
    if bare in YES:
        return Programme(code, active=True, period=period.strip())
    if bare in OFF:
        return Programme(code, active=False, period=period.strip())
    return None if bare in NO else Unfit("neither YA nor TIDAK")


@lru_cache(maxsize=256)
def differs(matched: str) -> bool:
    """Say whether a column about the match with Dukcapil says no."""
    bare = matched.strip().casefold()
    return bool(bare) and (bare in NO - {""} or bare.startswith(("tidak", "belum", "non")))


@lru_cache(maxsize=1024)
def gone(status: str) -> bool:
    """Say whether a column about the record calls the person dead, or the record anomalous."""
    return GONE.match(status) is not None
