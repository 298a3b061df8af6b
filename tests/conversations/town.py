"""Kabupaten Contoh and its voices, as the tests of conversations speak with them."""

from pathlib import Path

from bot.district.reading import load
from bot.district.wording import load_voices

FOLDER = Path(__file__).parents[2] / "districts" / "contoh"
DISTRICT = load(FOLDER)
VOICES = load_voices(DISTRICT, FOLDER)
SAY = VOICES["id"]
