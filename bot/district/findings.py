"""What is wrong with a file that people wrote, and on which line."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from yaml import Node

Trail = tuple[str | int, ...]  # the keys and positions that lead to a value


class Finding(Struct, frozen=True, order=True):
    """One mistake: the file as it was opened, the line counted from 1, and what to mend."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class Notes:
    """The mistakes found so far, and where each value that was read stands."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._found: set[Finding] = set()
        self._places: dict[Trail, tuple[str, int]] = {}
        self._spoilt: set[Trail] = set()
        self.whole = True  # whether every file could be read

    @property
    def found(self) -> list[Finding]:
        """Every mistake once, by file and line."""
        return sorted(self._found)

    def place(self, trail: Trail, node: Node) -> None:
        """Remember that the value at *trail* was read from *node*."""
        self._places[trail] = (node.start_mark.name, node.start_mark.line + 1)

    def spoil(self, trail: Trail, text: str, node: Node | None = None) -> None:
        """Note that the value at *trail* cannot be used: nothing else is said about it."""
        if node is not None:
            self.place(trail, node)
        self.at(trail, text)
        self.mute(trail)

    def mute(self, trail: Trail) -> None:
        """Say nothing about the value at *trail*: it could not be read, which is noted."""
        self._spoilt.add(trail)

    def at(self, trail: Trail, text: str) -> None:
        """Note a mistake about the value at *trail*, or the nearest value around it."""
        around = [trail[:length] for length in range(len(trail), -1, -1)]
        if self._spoilt.isdisjoint(around):
            places = (self._places[part] for part in around if part in self._places)
            self._found.add(Finding(*next(places, (str(self._folder), 1)), text))

    def twice(self, codes: Iterable[tuple[Trail, str]]) -> None:
        """Note each code that stood there before."""
        before: set[str] = set()
        for trail, code in codes:
            if code in before:
                self.at(trail, f"'{code}' stands twice")
            before.add(code)

    def unreadable(self, file: Path, line: int, text: str) -> None:
        """Note why a *file* cannot be read: what others say of its rows cannot be judged."""
        self.whole = False
        self.on(file, line, text)

    def on(self, file: Path, line: int, text: str) -> None:
        """Note a mistake on a *line* of a *file*."""
        self._found.add(Finding(str(file), line, text))
