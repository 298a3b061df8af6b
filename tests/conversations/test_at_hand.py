"""What of people's words is kept in memory for speed."""

import ast
from pathlib import Path

from conversations.at_hand import OF_SOMEBODY, let_go
from conversations.hearing.words import plain

ROOM = Path(__file__).parents[2] / "conversations"
PERSONAL = {"text: str", "state: State"}  # a whole message, or what somebody answered so far


def kept(file: Path) -> set[str]:
    """Return the functions of *file* that keep answers to what somebody said."""
    return {
        node.name
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef)
        and any("cache" in ast.unparse(one) for one in node.decorator_list)
        and PERSONAL & {ast.unparse(one) for one in node.args.args}
    }


def test_all_that_keeps_somebodys_words_can_let_them_go() -> None:
    """A new cache over messages or states must be named there, or HAPUS leaves words behind."""
    found = set().union(*map(kept, ROOM.rglob("*.py")))
    assert found == {one.__name__ for one in OF_SOMEBODY}


def test_letting_go_leaves_nothing() -> None:
    """After it no message and no draft is in memory."""
    plain("rahasia saya")
    let_go()
    assert [one.cache_info().currsize for one in OF_SOMEBODY] == [0] * len(OF_SOMEBODY)
