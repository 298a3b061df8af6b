"""Small groups stay hidden, and nobody reckons them out of what is shown."""

from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from casework.figures.hiding import LEAST, hide_grid, hide_line, hide_sides, with_totals

NUMBERS = st.sampled_from((0, 0, 1, 2, 3, 4, 5, 6, 7, 9, 20, 300))
LINES = st.lists(NUMBERS, max_size=8)
GRIDS = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(NUMBERS, min_size=width, max_size=width), max_size=6)
)
Equation = list[Fraction]


@given(LINES)
def test_a_line_hides_few_people_and_their_sum(line: list[int]) -> None:
    """No small number is shown, and what is hidden makes a group of its own."""
    cells, total = hide_line(line)
    hidden = [n for n, cell in zip(line, cells, strict=True) if cell is None]
    assert all(cell is None or cell == n for n, cell in zip(line, cells, strict=True))
    assert not any(cell and cell < LEAST for cell in (*cells, total))
    if hidden and total is not None:
        assert len(hidden) > 1
        assert sum(hidden) >= LEAST


@settings(deadline=None)
@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=8))
@example([(3, 20), (0, 9), (30, 0)])
def test_no_equation_of_shares_gives_a_hidden_side(lines: list[tuple[int, int]]) -> None:
    """Even who knows how large each shown line is finds neither side of a hidden one."""
    hidden, total_too = hide_sides([a for a, _ in lines], [b for _, b in lines])
    assert all(at in hidden for at, line in enumerate(lines) if any(0 < n < LEAST for n in line))
    shown = [(None,) * 3 if at in hidden else (*line, sum(line)) for at, line in enumerate(lines)]
    total = [sum(line[0] for line in lines), sum(line[1] for line in lines)]
    shown.append((None,) * 3 if total_too else (*total, sum(total)))
    assert found_out(tuple(shown)) == []
    for side in (0, 1):
        left = sum(lines[at][side] for at in hidden)
        assert not hidden or total_too or left >= LEAST


def test_shares_are_hidden_no_more_than_needed() -> None:
    """Two weeks with few people hide each other, and none of those that are large enough."""
    assert hide_sides([3, 12, 4, 9], [20, 11, 30, 8]) == (frozenset({0, 2}), False)


def test_the_one_small_number_takes_the_next_one_with_it() -> None:
    """A total minus what is shown would tell it; a nought hides nobody."""
    assert hide_line([3, 40, 7, 0]) == ((None, 40, None, 0), 50)


def test_numbers_that_are_large_enough_are_all_shown() -> None:
    """Nothing is hidden without a need."""
    assert hide_line([5, 0, 12]) == ((5, 0, 12), 17)


@settings(max_examples=300, deadline=None)
@given(GRIDS)
def test_no_equation_of_a_grid_gives_a_hidden_number(grid: list[list[int]]) -> None:
    """All rows and columns with their totals, solved together, leave every hidden cell open."""
    shown = hide_grid(grid)
    assert not any(cell and cell < LEAST for line in shown for cell in line)
    assert found_out(shown) == []


@settings(deadline=None)
@given(GRIDS)
@example([[0, 5, 1], [0, 0, 4]])  # a column of noughts beside few people
def test_what_a_line_of_a_grid_hides_is_no_small_group(grid: list[list[int]]) -> None:
    """Where its total is shown, the hidden numbers together are LEAST or more."""
    whole, shown = with_totals(grid) if grid else [], hide_grid(grid)
    pairs = [list(zip(a, b, strict=True)) for a, b in zip(whole, shown, strict=True)]
    for line in (*pairs, *(list(column) for column in zip(*pairs, strict=True))):
        *cells, (_, total) = line
        hidden = [n for n, cell in cells if cell is None]
        assert not hidden or total is None or sum(hidden) >= LEAST


def found_out(shown: tuple[tuple[int | None, ...], ...]) -> list[int]:
    """Return which hidden cells have one solution only, by elimination over fractions."""
    cells = [(y, x) for y, line in enumerate(shown) for x, n in enumerate(line) if n is None]
    place = {cell: at for at, cell in enumerate(cells)}
    height, width = len(shown), len(shown[0]) if shown else 0
    lines = [[(y, x) for x in range(width)] for y in range(height)]
    lines += [[(y, x) for y in range(height)] for x in range(width)]
    equations = []
    for line in lines:
        equation = [Fraction(0)] * len(cells)
        for at, cell in enumerate(line):
            if cell in place:
                equation[place[cell]] += -1 if at == len(line) - 1 else 1
        equations.append(equation)
    return [
        next(at for at, n in enumerate(equation) if n)
        for equation in reduced(equations)
        if sum(n != 0 for n in equation) == 1
    ]


def reduced(equations: list[Equation]) -> list[Equation]:
    """Return *equations* in reduced row echelon form."""
    done = 0
    for at in range(len(equations[0]) if equations else 0):
        first = next((n for n in range(done, len(equations)) if equations[n][at]), None)
        if first is None:
            continue
        equations[done], equations[first] = equations[first], equations[done]
        equations[done] = [n / equations[done][at] for n in equations[done]]
        for n, other in enumerate(equations):
            if n != done and other[at]:
                own = other[at]
                equations[n] = [a - own * b for a, b in zip(other, equations[done], strict=True)]
        done += 1
    return equations
