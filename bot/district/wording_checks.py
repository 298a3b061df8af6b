"""What must be true of the wording: both languages say the same, and every channel can send it."""

from pathlib import Path
from string import Formatter

import yaml
from msgspec import Struct

from bot.district.findings import Notes
from bot.district.texts import LIMITS, MESSAGE, strangers
from bot.district.wording import WORDING
from bot.district.yaml_rows import TEXT, compose
from conversations.say import BRIEF, LANGUAGES

BUTTON = LIMITS["label"]
ENDS = (".", "?", "!", ":")  # a sentence; what fits a button and has none of these is a label


class Line(Struct, frozen=True):
    """One text of a wording file, and where it stands."""

    text: str
    file: Path
    number: int

    @property
    def placeholders(self) -> frozenset[str] | None:
        """The names in braces; None where the braces are broken."""
        try:
            return frozenset(name for _, name, _, _ in Formatter().parse(self.text) if name)
        except ValueError:
            return None

    @property
    def is_label(self) -> bool:
        """Whether it may stand on a button: short, and no sentence."""
        return len(self.text) <= BUTTON and not self.text.endswith(ENDS) and "{" not in self.text


Lines = dict[str, Line]  # by 'file.key'


def check_wording(folder: Path, notes: Notes, wording: Path = WORDING) -> None:
    """Note every mistake in the *wording* and in the district's own words under *folder*."""
    ours = {language: _lines(wording / language, notes) for language in LANGUAGES}
    own = {language: _lines(folder / "wording" / language, notes) for language in LANGUAGES}
    for said in (ours, own):
        for language in LANGUAGES:
            _in_every_language(said, language, notes)
            _sendable(said[language], notes)
    for language in LANGUAGES:
        _replaceable(own[language], ours[language], notes)


def _lines(folder: Path, notes: Notes) -> Lines:
    return {
        f"{file.stem}.{key}": line
        for file in sorted(folder.glob("*.yaml"))
        for key, line in _file(file, notes).items()
    }


def _file(file: Path, notes: Notes) -> Lines:
    """Return the texts of one file; what is no text is noted."""
    node = compose(file, notes)
    if not isinstance(node, yaml.MappingNode):
        if node is not None:
            notes.on(file, 1, "must be keys with texts")
        return {}
    lines: Lines = {}
    for key, value in node.value:
        number = key.start_mark.line + 1
        if key.value in lines:
            notes.on(file, number, f"the key '{key.value}' stands twice")
        if value.tag == TEXT:
            lines[key.value] = Line(value.value, file, number)
        else:
            notes.on(file, number, f"'{key.value}' must be text; put it in quotes")
    return lines


def _in_every_language(said: dict[str, Lines], language: str, notes: Notes) -> None:
    """Note texts that another language lacks, or that it gives other placeholders."""
    for other in LANGUAGES:
        for key, line in said[language].items():
            twin = said[other].get(key)
            if twin is None:
                notes.on(line.file, line.number, f"'{key}' is missing in '{other}'")
            elif None not in {line.placeholders, twin.placeholders} and (
                line.placeholders != twin.placeholders
            ):
                notes.on(line.file, line.number, f"'{key}' has other placeholders in '{other}'")


def _sendable(lines: Lines, notes: Notes) -> None:
    for key, line in lines.items():
        if line.placeholders is None:
            notes.on(line.file, line.number, f"'{key}' has broken braces")
        if not line.text.strip() and not key.startswith(BRIEF):  # a brief voice may keep silent
            notes.on(line.file, line.number, f"'{key}' is empty")
        if len(line.text) > MESSAGE:
            notes.on(line.file, line.number, f"'{key}' is too long: {MESSAGE} characters fit")
        if strange := strangers(line.text):
            problem = f"'{key}' has no GSM-7 characters, which make an SMS dear: {strange}"
            notes.on(line.file, line.number, problem)


def _replaceable(own: Lines, ours: Lines, notes: Notes) -> None:
    """Note the district's words that stand for nothing of ours, or do not fit its place."""
    for key, line in own.items():
        before = ours.get(key)
        if before is None:
            notes.on(line.file, line.number, f"there is no '{key}' to say in another way")
        elif line.placeholders != before.placeholders:
            notes.on(line.file, line.number, f"'{key}' must keep its placeholders")
        elif before.is_label and len(line.text) > BUTTON:
            notes.on(line.file, line.number, f"'{key}' is a label: {BUTTON} characters fit")
