"""What holds for any set of tables: docs/concepts/disclosure.md, « Garanties »."""

from dataclasses import replace
from itertools import chain, combinations, product

import numpy as np
from disclosure_samples import TOTAL, crossed, hidden, verdicts
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.analysis.disclosure import Cell, Rule, Status, Table, Verdict, Zeros, protect
from comptoir.analysis.disclosure.attack import View, intervals
from comptoir.analysis.disclosure.lattice import assemble
from comptoir.analysis.disclosure.model import Cost
from comptoir.analysis.disclosure.needs import problem_of

counts = st.one_of(st.just(0), st.integers(1, 10), st.integers(11, 60), st.integers(11, 400))
rules = st.builds(
    Rule,
    threshold=st.sampled_from([3, 5, 11]),
    zeros=st.sampled_from(Zeros),
    distinct=st.booleans(),
)


def grids(most_rows: int = 4, most_columns: int = 4) -> st.SearchStrategy[list[list[int]]]:
    return st.integers(1, most_columns).flatmap(
        lambda width: st.lists(st.lists(counts, min_size=width, max_size=width), min_size=1, max_size=most_rows)
    )


@settings(max_examples=25)
@given(grids(), rules)
def test_no_attack_succeeds_on_a_protected_table(grid: list[list[int]], rule: Rule) -> None:
    table = crossed(grid, rule)
    for most_work in (0, 200_000):  # near the optimum, then the optimum
        done = protect([table], most_work=most_work)
        assert set(verdicts([table], done)) <= {Verdict.SAFE}
        small = {m for m, cell in table.cells.items() if rule.floor <= cell.value < rule.threshold}
        assert hidden(done, Status.PRIMARY) == small
        assert done.bound <= done.cost + 1e-6


@settings(max_examples=20)
@given(grids(3, 3), grids(3, 3), rules)
def test_no_attack_succeeds_on_linked_tables(first: list[list[int]], second: list[list[int]], rule: Rule) -> None:
    """Two tables that share their neighbourhoods: by age, by sex, the second made to add up like the first."""
    rows = min(len(first), len(second))
    by_age, by_sex = first[:rows], [line[:] for line in second[:rows]]
    for one, other in zip(by_age, by_sex, strict=True):
        gap = sum(one) - sum(other)
        other[0] += max(gap, 0)
        one[0] += max(-gap, 0)
    for totals in (True, False):
        tables = [
            crossed(by_age, rule, name="age.csv", totals=totals),
            crossed(by_sex, rule, name="sexe.csv", dimensions=("quartier", "sexe"), totals=totals),
        ]
        done = protect(tables)
        assert set(verdicts(tables, done)) <= {Verdict.SAFE}


@settings(max_examples=12)
@given(st.lists(st.lists(st.lists(counts, min_size=2, max_size=2), min_size=2, max_size=2), min_size=2, max_size=3))
def test_three_dimensions_hold_against_whole_numbers(cube: list[list[list[int]]]) -> None:
    """Beyond two dimensions the best whole number may lie inside the real interval: the attack looks for it."""
    inner = {
        (f"q{i}", f"a{j}", f"s{k}"): value
        for i, face in enumerate(cube)
        for j, line in enumerate(face)
        for k, value in enumerate(line)
    }
    cells: dict[tuple[str, ...], float] = {}
    for key, value in inner.items():
        for mask in product((False, True), repeat=3):
            name = tuple(TOTAL if off else part for part, off in zip(key, mask, strict=True))
            cells[name] = cells.get(name, 0) + value
    table = Table("cube.csv", ("q", "a", "s"), {m: Cell(float(v)) for m, v in cells.items()}, Rule(threshold=5))
    done = protect([table])
    assert set(verdicts([table], done)) <= {Verdict.SAFE}


@settings(max_examples=20)
@given(grids(3, 3), rules)
def test_nothing_can_be_hidden_less(grid: list[list[int]], rule: Rule) -> None:
    """Where it is said optimal, no smaller set of cells resists: every set is tried."""
    table = crossed(grid, rule)
    done = protect([table])
    if not done.optimal or done.secondary > 4:
        return
    problem = problem_of(assemble([table]), Cost.CELLS)
    candidates = np.flatnonzero(problem.hideable).tolist()
    for chosen in chain.from_iterable(combinations(candidates, size) for size in range(done.secondary)):
        assert not _resists(problem, chosen), chosen


def _resists(problem, chosen) -> bool:  # type: ignore[no-untyped-def]  # a problem and some of its cells
    mask = problem.primary | problem.free
    mask[list(chosen)] = True
    every = problem.primary | problem.free | problem.hideable

    def ends(shown_but: np.ndarray) -> dict[int, tuple[float, float]]:
        values = np.where(shown_but, np.nan, problem.values)
        view = View(values, problem.lower, problem.upper, problem.sums, problem.whole)
        return intervals(view, np.flatnonzero(problem.primary).tolist())

    found, most = ends(mask), ends(every)
    for need in problem.needs:
        (low, high), (least, greatest) = found[need.cell], most[need.cell]
        if not max(low, least) <= min(max(need.target, least), greatest) <= high:
            return False
    return True


@settings(max_examples=20)
@given(grids(3, 3), st.data())
def test_the_attacker_finds_exactly_what_enumeration_finds(grid: list[list[int]], data: st.DataObject) -> None:
    """On tables so small that every one that agrees with what is shown can be written down."""
    grid = [[min(value, 4) for value in line] for line in grid]
    width, size = len(grid[0]), len(grid) * len(grid[0])
    masked = data.draw(st.sets(st.integers(0, size - 1), min_size=1, max_size=5))
    table = crossed(grid, Rule(threshold=1))
    lattice = assemble([table])
    at = dict(lattice.places[0])
    where = {cell: at[(f"q{cell // width}", f"â{cell % width}")] for cell in masked}
    values = np.array([entry.cell.value for entry in lattice.entries])
    values[list(where.values())] = np.nan
    floor, ceiling = np.zeros(len(values)), np.full(len(values), 9.0)
    view = View(values, floor, ceiling, lattice.sums, np.ones(len(values), dtype=bool))
    possible = []
    order = sorted(masked)
    for guess in product(range(10), repeat=len(order)):
        flat = [value for line in grid for value in line]
        for cell, value in zip(order, guess, strict=True):
            flat[cell] = value
        lines = [flat[i * width : (i + 1) * width] for i in range(len(grid))]
        if all(sum(a) == sum(b) for a, b in zip(lines, grid, strict=True)) and all(
            sum(a) == sum(b) for a, b in zip(zip(*lines, strict=True), zip(*grid, strict=True), strict=True)
        ):
            possible.append(guess)
    found = intervals(view, where.values())
    for number, cell in enumerate(order):
        assert found[where[cell]] == (min(p[number] for p in possible), max(p[number] for p in possible))


@settings(max_examples=20)
@given(grids(), st.randoms(use_true_random=False))
def test_the_order_of_cells_changes_no_guarantee_and_the_same_input_gives_the_same_release(
    grid: list[list[int]], random: "np.random.Generator"
) -> None:
    table = crossed(grid, Rule(threshold=11))
    once, again = protect([table]), protect([table])
    assert once == again
    names = list(table.cells)
    random.shuffle(names)
    shuffled = replace(table, cells={name: table.cells[name] for name in names})
    other = protect([shuffled])
    assert set(verdicts([shuffled], other)) <= {Verdict.SAFE}
    if once.optimal and other.optimal:
        assert abs(once.cost - other.cost) < 1e-6
