"""How people spell in messages: short forms, slang, and the commonest Javanese and Sundanese."""

import re
import unicodedata
from collections.abc import Callable
from itertools import filterfalse, pairwise
from operator import itemgetter
from string import ascii_lowercase, digits

from conversations.hearing.grief import DIED, bereaved

_SPELT = {
    "saya": "sy aq ak aku gw gue q abdi kulo kula",
    "bapak": "bpk bp pak bapake ayah",
    "ibu": "bu ibuk ibuku emak mak mamak ibune",
    "yang": "yg sing nu",
    "dengan": "dg dgn",
    "dari": "dr",
    "untuk": "utk tuk buat bwt",
    "karena": "krn krna karna",
    "tidak": (
        "tdk tdak ga gak gk g nggak ngga enggak engga kgk kagak ndak tak ora mboten henteu teu"
    ),
    "belum": "blm blom blum durung urung dereng acan",
    "sudah": "sdh udh udah dah wis pun tos",
    "masih": "msh masi taksih isih tasih keneh",
    "juga": "jg",
    "jangan": "jgn jngn ojo",
    "bisa": "bs bsa",
    "dapat": "dpt dapet dpat mndpt mendapat nerima terima angsal olih oleh kengeng meunang",
    "sekarang": "skrg skrng skg saiki",
    "kemarin": "kmrn kemaren",
    "besok": "bsk",
    "bulan": "bln",
    "tahun": "thn th",
    "nomor": "nmr nomer",
    "telepon": "hp tlp telp",
    "kenapa": "knp knapa",
    "bagaimana": "gmn gmana gimana bgmn kumaha piye",
    "kapan": "kpn",
    "berapa": "brp brapa",
    "tetapi": "tp tpi tapi",
    "padahal": "pdhl padhal pdahal",
    "kalau": "klo kl kalo klw",
    "terus": "trs trus",
    "katanya": "ktnya katax",
    "orang": "org orng orag wong",
    "anak": "ank budak bocah",
    "suami": "swm bojo",
    "keluarga": "klrg kel",
    "rumah": "rmh rmah omah griyo griya imah",
    "desa": "ds",
    "kecamatan": "kec kcmtn",
    "sekolah": "skolah sklh sekola sakola",
    "kelas": "kls",
    "kuliah": "kul",
    "bantuan": "bntuan bantosan bantuane",
    "bansos": "bansoz bnsos",
    "kartu": "krtu",
    "daftar": "dftr daftr",
    "bikin": "buat membuat bkin gawe",
    "hilang": "ilang ical leungit",
    "mati": "paeh",
    "meninggal": "pejah sedo seda tilar maot",
    "hidup": "gesang hirup urip",
    "sampai": "nyampe nyampek nyampai sampe nyampene",
    "kades": "kuwu pembekal petinggi keuchik",
    "ambulans": "ambulan ambulance ambulannya ambulansnya",
    "paksa": "maksa dipaksa memaksa dipekso",
    "aktifkan": "ngaktipkeun ngaktifkan aktipkan aktivasi ngaktifin",
    "aktif": "aktip",
    "roboh": "rubuh ambruk ambrol rebah",
    "mau": "arep hoyong pengen ingin bade pgn",
    "berobat": "brobat ngobat",
    "jalan": "jln dalan",
    "depan": "dpn",
    "semua": "smua kabeh sedoyo",
    "uang": "duit dwit artos",
    "mengurus": "ngurus ngurusin ngurusnya",
    "tahu": "tau ngerti",
    "tolong": "tlg tlong tlng",
    "mohon": "mhn mohn",
    "akta": "akte",
    "dukcapil": "capil disdukcapil",
    "juta": "jt",
    "ribu": "rb rbu",
    "lansia": "kakek nenek mbah simbah",
    "sakit": "skit gering",
    "punya": "pny pnya duwe gaduh boga gadah",
    "lapar": "laper luwe",
    "makan": "mangan dahar maem neda tuang",
    "beras": "uwos beas",
    "status": "stts",
    "potong": "dipotong potongan motong sunat disunat nyunat",
    "ditahan": "dipegang",
}
SPELLINGS = {short: word for word, shorts in _SPELT.items() for short in shorts.split()}
_SPELT_OUT: Callable[[str, str], str] = SPELLINGS.get  # a word, and what it is where none is known
_FILLERS = (
    "saya bapak ibu yang dengan dari untuk karena juga di ke ini itu ada apa dan atau nya lagi",
    "bisa mau padahal tetapi terus kalau bagaimana kenapa kapan berapa tolong mohon kak min mas",
    "mbak ya kok sih aja saja dong lah nih kami kita cuma banget sama katanya sekarang",
    "lain lapor melapor warga the a an of to my is i in for and",
)
TOGETHER = {
    ("rumah", "sakit"): "rs",
    ("dapat", "kasih"): "suwun",  # "terima kasih", spelt out
    ("kepala", "desa"): "kades",
    ("kepala", "dusun"): "kadus",
    ("potong", "massal"): "khitan",
    ("potong", "masal"): "khitan",
    ("pilih", "kasih"): "pilihkasih",
    ("e", "warong"): "ewarong",
    ("e", "warung"): "ewarong",
    ("lapor", "bapak"): "lapor",  # "lapor pak kades"
    **{("lapor", office): "laporpejabat" for office in ("kades", "lurah", "camat", "rt", "rw")},
}
"""Two words that say together what neither says alone: a hospital is no house."""
OFFICES = frozenset(
    {"kades", "lurah", "camat", "rt", "rw", "kadus", "sekdes", "perangkat", "pamong", "bayan"}
    | {"carik", "aparat", "pejabat", "oknum", "kaur", "kasi", "bupati", "rtnya", "lurahnya"}
    | {"kadesnya", "sekcam", "modin", "dukuh", "bendahara"}
)
ADDRESSED = frozenset({"rt", "rw"})  # with a number behind it, a part of an address
OFFICIAL = "pejabat"
"""What every holder of an office is as well: "kades korupsi" and "pak RW korupsi" are one."""
FILLERS = frozenset(word for line in _FILLERS for word in line.split())
_SILENT = FILLERS | {*ascii_lowercase, *digits}  # what tells nothing: a letter alone neither
_WORD = re.compile(r"[a-z0-9]+")
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_TWICE = re.compile(r"(?<=[a-z]{3})2(?:nya)?(?![a-z0-9])")
_ONE = itemgetter(1)  # the letter itself: a pattern that stands for it is read anew each time


def plain(text: str) -> str:
    """Return *text* in lower-case ASCII letters, without accents, drawn-out letters and "2"."""
    return _once(_bare(text))


def words_of(text: str) -> list[str]:
    """Return the words of *text*, each spelt out.

    No word is remembered: a name or a number that stands among them would be as well.
    """
    bare = _DRAWN_OUT.sub(_ONE, text.lower() if text.isascii() else _bare(text))
    words = _WORD.findall(_TWICE.sub("", bare) if "2" in bare else bare)
    return [*map(_SPELT_OUT, words, words)]


def telling_words(text: str) -> list[str]:
    """Return the words of *text* that say what it is about."""
    words = _together(_elsewhere(words_of(text)))
    if not OFFICES.isdisjoint(words):
        words.append(OFFICIAL)
    if bereaved(words):
        words.append(DIED)
    return [*filterfalse(_SILENT.__contains__, words)]


def _elsewhere(words: list[str]) -> list[str]:
    """Return *words* without the RT and RW of an address, whose heads nobody complains of."""
    if ADDRESSED.isdisjoint(words):
        return words
    after = [*words[1:], ""]
    return [
        w for w, then in zip(words, after, strict=True) if w not in ADDRESSED or not _counts(then)
    ]


def _counts(word: str) -> bool:
    return word.isdigit() and len(word) <= 3  # noqa: PLR2004 - digits of "RT 002"


def _together(words: list[str]) -> list[str]:
    """Return *words* with those of TOGETHER as one."""
    if TOGETHER.keys().isdisjoint(pairwise(words)):
        return words
    found: list[str] = []
    for word in words:
        if found and (one := TOGETHER.get((found[-1], word))):
            found[-1] = one
        else:
            found.append(word)
    return found


def undrawn(text: str) -> str:
    """Return *text* with letters that stand thrice or more as one: "tolonggg"."""
    return _DRAWN_OUT.sub(_ONE, text)


def _bare(text: str) -> str:
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def _once(bare: str) -> str:
    return _TWICE.sub("", undrawn(bare))
