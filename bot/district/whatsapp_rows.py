"""whatsapp.yaml: what a district may write on WhatsApp to somebody who is silent for a day."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from bot.district.findings import Notes, Trail
from bot.district.yaml_rows import read_file
from handlers.whatsapp_sender import Words as WhatsappWords
from handlers.whatsapp_templates import LABEL_LIMIT, Template, faults
from referrals.district.words import Words

FILE = "whatsapp.yaml"
TRAIL = ("whatsapp",)
OPENS_A_LIST = Words(id="Pilih", en="Choose")


class WhatsappFile(Struct, frozen=True, kw_only=True):
    """whatsapp.yaml: the templates that Meta approved, and the button that opens a list."""

    list_button: Words = OPENS_A_LIST
    templates: tuple[Template, ...] = ()


def read_whatsapp(folder: Path, notes: Notes) -> WhatsappFile:
    """Return what *folder* says of WhatsApp; nothing where it says nothing."""
    file = folder / FILE
    return read_file(file, WhatsappFile, TRAIL, notes) if file.exists() else WhatsappFile()


def check_whatsapp(rows: WhatsappFile, notes: Notes) -> None:
    """Note templates that Meta would refuse, and labels that are too long."""
    for language in ("id", "en"):
        if not 0 < len(rows.list_button.in_language(language)) <= LABEL_LIMIT:
            notes.at((*TRAIL, "list_button", language), f"must have 1 to {LABEL_LIMIT} characters")
    notes.twice(_names(rows.templates))
    for at, template in enumerate(rows.templates):
        for fault in faults(template):
            notes.at((*TRAIL, "templates", at), fault)


def _names(templates: Iterable[Template]) -> Iterable[tuple[Trail, str]]:
    return (((*TRAIL, "templates", at, "name"), one.name) for at, one in enumerate(templates))


def whatsapp_words(folder: Path) -> WhatsappWords:
    """Return the templates and labels of the district in *folder*, as its sender takes them."""
    rows = read_whatsapp(folder, Notes(folder))
    labels = {language: rows.list_button.in_language(language) for language in ("id", "en")}
    return WhatsappWords(rows.templates, labels)
