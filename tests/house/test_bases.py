"""The store and a unit of work are put together of many parts, none of which hides another."""

import inspect
from collections import defaultdict
from collections.abc import Iterator

import pytest

from storage.store import Store
from storage.unit import Unit

Part = type[object]


def twice(whole: Part) -> Iterator[str]:
    """Yield what several parts of *whole* define, unless each goes on to the next by super."""
    defined = defaultdict[str, list[Part]](list)
    for part in whole.__mro__[:-1]:
        for name in vars(part):
            if not name.startswith("__"):
                defined[name].append(part)
    for name, parts in defined.items():
        if not all(f"super().{name}(" in inspect.getsource(part) for part in parts[:-1]):
            yield f"{name}: {', '.join(part.__name__ for part in parts)}"


@pytest.mark.parametrize("whole", [Store, Unit])
def test_no_part_hides_another(whole: Part) -> None:
    """A name belongs to one part; where two have it, the first adds to what the second gives."""
    assert not list(twice(whole))


def test_a_hidden_one_is_found() -> None:
    """Two parts that both say `ticket`, and know nothing of each other, are seen."""

    class One:
        def ticket(self) -> int:
            return 1

    class Other:
        def ticket(self) -> int:
            return 2

    class Whole(One, Other):
        pass

    assert list(twice(Whole)) == ["ticket: One, Other"]
