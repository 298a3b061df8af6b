"""The wording files as voices, one per language; a district may say things its own way."""

from collections.abc import Mapping
from pathlib import Path

import yaml

import conversations
from conversations.say import LANGUAGES, Say
from referrals.district.directory import District

WORDING = Path(conversations.__path__[0]) / "wording"


def load_voices(district: District, folder: Path) -> Mapping[str, Say]:
    """Return a voice for every language; *folder* is the district's, its wording goes first.

    A key that a language lacks is said in Indonesian: a half-translated text is still an answer.
    """
    indonesian = texts_of("id", folder)
    return {
        language: Say(language, {**indonesian, **texts_of(language, folder)}, district)
        for language in LANGUAGES
    }


def texts_of(language: str, folder: Path) -> dict[str, str]:
    """Return what is said in *language*, by 'file.key'; the district's own words last."""
    return {
        f"{file.stem}.{key}": str(text)
        for root in (WORDING, folder / "wording")
        for file in sorted((root / language).glob("*.yaml"))
        for key, text in _flat(file).items()
    }


def _flat(file: Path) -> dict[str, object]:
    content = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
    return content if isinstance(content, dict) else {}
