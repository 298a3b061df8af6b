"""What of people's words is kept in memory for speed."""

import ast
import gc
import re
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from pathlib import Path

from conversations.at_hand import OF_SOMEBODY, let_go
from conversations.hearing.words import plain
from tests.conversations.test_session import HOME, after

ROOM = Path(__file__).parents[2] / "conversations"
SMALL = frozenset({"word", "label", "name", "phrases"})  # a word of anybody's, or a row's own text


def kept(file: Path) -> set[str]:
    """Return the functions of *file* that keep answers to what somebody said."""
    return {
        node.name
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef)
        and any("cache" in ast.unparse(one) for one in node.decorator_list)
        and any(map(is_personal, [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]))
    }


def is_personal(given: ast.arg) -> bool:
    """Say whether *given* may be a whole message, or what somebody answered so far."""
    kind = "" if given.annotation is None else ast.unparse(given.annotation)
    named = set(re.findall(r"\w+", kind))
    return "State" in named or ("str" in named and given.arg not in SMALL)


def test_all_that_keeps_somebodys_words_can_let_them_go() -> None:
    """A new cache over messages or states must be named there, or HAPUS leaves words behind."""
    found = set().union(*map(kept, ROOM.rglob("*.py")))
    assert found == {one.__name__ for one in OF_SOMEBODY}


def test_letting_go_leaves_nothing() -> None:
    """After it no message and no draft is in memory."""
    plain("rahasia saya")
    let_go()
    assert [one.cache_info().currsize for one in OF_SOMEBODY] == [0] * len(OF_SOMEBODY)


def test_no_number_is_kept_beside_whole_messages() -> None:
    """A NIK, a telephone number or a name with a digit lies in no cache of words for everybody."""
    secret = ("9901014107800001", "081234567899", "sari77")
    rest = after(HOME, *(f"lampu jalan mati di rumah {each} sejak kemarin" for each in secret))
    after(rest, *secret, *(f"cek {each}" for each in secret))
    let_go()
    caches = [c for c in gc.get_objects() if isinstance(c, _lru_cache_wrapper) and is_ours(c)]
    assert len(caches) > len(OF_SOMEBODY)
    kept_words = {word for cache in caches for word in words_in(cache)}
    assert not [word for word in kept_words if any(each in word for each in secret)]


def is_ours(cache: object) -> bool:
    """Tell whether *cache* belongs to the room of conversations."""
    return str(getattr(cache, "__module__", "")).startswith("conversations")


def words_in(cache: object) -> Iterator[str]:
    """Yield the words by which *cache* finds what it keeps."""
    for part in gc.get_referents(cache):
        keys = part if isinstance(part, dict) else ()
        for key in keys:
            yield from (each for each in (key, *gc.get_referents(key)) if isinstance(each, str))
