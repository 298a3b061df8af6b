"""In which language somebody begins to write: their words tell it, not their telephone."""

from conversations.hearing.words import plain
from conversations.say import LANGUAGES

OURS = LANGUAGES[0]
_SAID = """
saya sy aku kami mau ingin minta tolong lapor cek daftar bantuan bansos bapak ibu pak bu anak suami
rumah desa tidak gak ga nggak belum blm sudah udah yang yg dan di ke dari untuk apa kapan kenapa
bagaimana gimana halo selamat pagi siang sore malam assalamualaikum
"""
SAID = frozenset(_SAID.split())  # common in Indonesian, and no words of English


def begun_in(text: str, menus: str | None) -> str | None:
    """Return the language of the first *text* of somebody whose telephone has *menus* of another.

    Very many telephones here are set to English; None where neither tells.
    """
    if menus == OURS or SAID.isdisjoint(plain(text).split()):
        return menus
    return OURS
