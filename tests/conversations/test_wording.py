"""Everything a citizen reads stands in wording files, and everything there is read by somebody."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
import yaml

from conversations.codec import KINDS
from conversations.say import BRIEF, LANGUAGES
from tests.conversations.limits import GSM, LABEL, ONE
from tests.conversations.town import VOICES
from tests.house import tree

WORDING = Path("conversations/wording")
FILES = sorted(file.name for file in (WORDING / "id").glob("*.yaml"))
TAGS = {str(kind.__struct_config__.tag) for kind in KINDS}
KEY = re.compile(r"[a-z]+\.[a-z0-9_]+")
FILE_TYPES = (".svg", ".css", ".html", ".js", ".yaml")
SPEAKERS = ("conversations", "bot", "casework", "web")


def texts(language: str) -> dict[str, str]:
    """Return all that is said in *language*, by key."""
    return {
        f"{file.stem}.{key}": text
        for file in sorted((WORDING / language).glob("*.yaml"))
        for key, text in yaml.safe_load(file.read_text()).items()
    }


SAID = {language: texts(language) for language in LANGUAGES}


def placeholders(text: str) -> set[str]:
    """Return the names of what is filled into *text*."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def joined() -> Iterator[tuple[str, ast.JoinedStr]]:
    """Yield where and what the f-strings of the program are."""
    for path in tree.python(*SPEAKERS):
        nodes = ast.walk(tree.parsed(path))
        yield from ((path, node) for node in nodes if isinstance(node, ast.JoinedStr))


def literals() -> Iterator[tuple[str, str]]:
    """Yield where and what the whole strings of the program are."""
    parts = {id(part) for _, node in joined() for part in node.values}
    for path in tree.python(*SPEAKERS):
        for node in ast.walk(tree.parsed(path)):
            whole = isinstance(node, ast.Constant) and id(node) not in parts
            if whole and isinstance(node.value, str):
                yield path, node.value


def beginnings() -> set[str]:
    """Return what the f-strings of the program begin with, such as ``track.closed_``."""
    firsts = [node.values[0] for _, node in joined()]
    return {str(first.value) for first in firsts if isinstance(first, ast.Constant)}


@pytest.mark.parametrize("file", FILES)
def test_languages_have_the_same_keys(file: str) -> None:
    """A file says the same things in every language, in the same order."""
    keys = [list(yaml.safe_load((WORDING / each / file).read_text())) for each in LANGUAGES]
    assert keys[0] == keys[1]


def test_languages_fill_in_the_same() -> None:
    """A text has the same placeholders in every language."""
    one, other = SAID["id"], SAID["en"]
    assert not [key for key in one if placeholders(one[key]) != placeholders(other[key])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_telephone_can_show_it(language: str) -> None:
    """No letter costs a text message more than it must: all are of the GSM alphabet."""
    assert not {key: {*text} - GSM for key, text in SAID[language].items() if not {*text} <= GSM}


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_trimmed(language: str) -> None:
    """No text begins or ends in blanks, but those that join or count others."""
    joining = {"notice.or", "notice.and", "form.progress"}
    assert not [
        key for key, text in SAID[language].items() if text != text.strip() and key not in joining
    ]


def test_what_is_said_is_written() -> None:
    """Every key that the program names stands in the files, or begins one that does."""
    stems = {key.partition(".")[0] for key in SAID["id"]}
    named = {
        (path, key)
        for path, key in literals()
        if KEY.fullmatch(key) and key.partition(".")[0] in stems and key not in TAGS
    }
    every = tuple(SAID["id"])
    assert not {
        (path, key)
        for path, key in named
        if not key.endswith(FILE_TYPES) and not any(known.startswith(key) for known in every)
    }


def test_what_is_written_is_said() -> None:
    """Every key of the files is named by the program, in full or by how it begins."""
    named = {literal for _, literal in literals()}
    begun = tuple(start for start in beginnings() if re.match(r"[a-z]+\.", start))
    own = [key for key in SAID["id"] if not key.startswith(BRIEF)]
    assert not [key for key in own if key not in named and not key.startswith(begun)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_brief_the_same_is_said_with_fewer_letters(language: str) -> None:
    """What is said where messages are paid for stands for a text of ours, and is no longer."""
    said = SAID[language]
    twins = {key.removeprefix(BRIEF): text for key, text in said.items() if key.startswith(BRIEF)}
    assert twins.keys() <= said.keys()
    longer = [key for key, text in twins.items() if len(text) > len(said[key])]
    assert {*longer} <= {"menu.more", "form.skip_word"}  # without buttons: what to reply
    assert not [key for key, text in twins.items() if placeholders(text) - placeholders(said[key])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_costs_one_message(language: str) -> None:
    """Help by SMS is one segment, and names every command of one line."""
    told = VOICES[language].in_brief("session.help")
    assert len(told) <= ONE
    assert {*told} <= GSM


@pytest.mark.parametrize("language", LANGUAGES)
def test_menu_fits_its_buttons(language: str) -> None:
    """The labels of the menu fit a row of a list."""
    spoken = {"menu.ask", "menu.unread", "menu.number"}
    labels = [text for key, text in SAID[language].items() if key.startswith("menu.")]
    sentences = [SAID[language][key] for key in spoken]
    assert all(len(label) <= LABEL for label in labels if label not in sentences)


@pytest.mark.parametrize("room", ["history", "letter", "notice"])
def test_an_appeal_never_reads_as_granted_before_it_is(room: str) -> None:
    """What came in "masuk", what was decided "dikabulkan" or not: "diterima" could mean both."""
    said = [text.lower() for key, text in texts("id").items() if key.startswith(f"{room}.")]
    appeals = [text for text in said if "banding" in text]
    assert appeals
    assert not [text for text in appeals if re.search(r"banding( warga)? diterima", text)]
