"""Disclosure control on small cases and on published examples: docs/concepts/disclosure.md."""

import math
from dataclasses import replace

import numpy as np
import pytest
from disclosure_samples import TOTAL, crossed, hidden, verdicts

from comptoir.analysis.disclosure import (
    Cell,
    Cost,
    Dimension,
    Rule,
    Status,
    Table,
    Verdict,
    Zeros,
    audit,
    protect,
    published,
)
from comptoir.analysis.disclosure.attack import View, intervals
from comptoir.analysis.disclosure.lattice import assemble
from comptoir.analysis.disclosure.needs import Need, problem_of
from comptoir.analysis.disclosure.optimal import cheapest
from comptoir.analysis.errors import InputError

ELEVEN = Rule(threshold=11)


def view(values: list[float], sums: list[tuple[int, tuple[int, ...]]]) -> View:
    size = len(values)
    return View(np.array(values), np.zeros(size), np.full(size, np.inf), sums, np.ones(size, dtype=bool))


def test_interval_of_geurts() -> None:
    """Geurts (1992), table 10, example 3 of the handbook: cell (1,1) lies between 3 and 6."""
    nan = math.nan
    table = view(
        [nan, nan, 7, nan, nan, 3, 3, 3, 6, 9, 7, 16],
        [(2, (0, 1)), (5, (3, 4)), (8, (6, 7)), (9, (0, 3, 6)), (10, (1, 4, 7)), (11, (2, 5, 8)), (11, (9, 10))],
    )
    assert intervals(table, [0]) == {0: (3, 6)}


SDCTABLE = [[30, 47, 64, 89], [90, 124, 5, 31], [92, 100, 59, 85], [800, 991, 651, 685]]
SUPPRESSED = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 2), (2, 1), (2, 3), (3, 1), (3, 3)]


def test_cell_that_sdctable_recomputes() -> None:
    """The test « simpleheuristic » of sdcTable 0.32: two cells hidden in each sum, and cell w × b is still found (47).

    One more cell is enough: that of the least value is x × d (31), and then w × b lies between 0 and 78, as the
    attacker of sdcTable says too.
    """
    lattice = assemble([crossed(SDCTABLE, Rule(threshold=1))])
    at = dict(lattice.places[0])
    cells = [at[(f"q{i}", f"â{j}")] for i, j in SUPPRESSED]
    problem = problem_of(lattice, Cost.CELLS)
    primary = np.zeros(len(problem.values), dtype=bool)
    primary[cells] = True
    values = np.where(primary, np.nan, problem.values)
    attacked = view(values.tolist(), list(problem.sums))
    assert intervals(attacked, [at[("q0", "â1")]]) == {at[("q0", "â1")]: (47, 47)}

    free = np.zeros_like(problem.lower)
    blank = replace(problem, primary=primary, hideable=~primary, lower=free, upper=free + np.inf)
    blank = replace(blank, weight=np.where(primary, 0.0, problem.values))
    needs = tuple(Need(cell, problem.values[cell] + way) for cell in cells for way in (1.0, -1.0))
    choice = cheapest(blank, needs)
    assert choice.hidden is not None
    assert np.flatnonzero(choice.hidden & ~primary).tolist() == [at[("q1", "â3")]]
    assert choice.bound == pytest.approx(31)
    values[at[("q1", "â3")]] = np.nan
    after = intervals(view(values.tolist(), list(problem.sums)), [at[("q0", "â1")]])
    assert after == {at[("q0", "â1")]: (0, 78)}


def amount(*contributions: float) -> Cell:
    return Cell.of(contributions)


def amounts(rows: dict[str, Cell], rule: Rule) -> Table:
    cells = {(name,): cell for name, cell in rows.items()}
    total = Cell(sum(cell.value for cell in rows.values()), sum(cell.units or 0 for cell in rows.values()))
    return Table("a.csv", ("filière",), cells | {(TOTAL,): total}, rule, "montant", amounts=True)


def test_dominance_of_the_handbook() -> None:
    """Handbook, example 4: 300 + 20 + 10 is hidden by the 85 % rule, and must be able to reach 300 / 0.85 = 352.94."""
    rows = {"x": amount(300, 20, 10), "y": amount(*[10] * 30), "z": amount(*[5] * 200)}
    table = amounts(rows, Rule(threshold=3, dominance=0.85, unit="structures"))
    done = protect([table])
    (first, *_) = done.releases[0].cells
    assert (first.status, first.reason) == (Status.PRIMARY, "un contributeur domine cette case")
    assert first.high is None or first.high >= 352.94
    assert hidden(done, Status.SECONDARY) == {("y",)}
    assert problem_of(assemble([table]), Cost.CELLS).needs[0].target == pytest.approx(352.94, abs=0.005)


@pytest.mark.parametrize(
    ("contributions", "dominance", "p_percent", "is_hidden"),
    [
        ((50_000, 49_000, 1_000), 0.9, None, False),  # handbook, example 1: safe by (1, 90)…
        ((50_000, 49_000, 1_000), None, 10.0, True),  # … though the second contributor finds the first within 2 %
        ((52_000, 50_000, 8_000), None, 10.0, False),  # example 2: found within 15.4 %, safe at p = 10
        ((52_000, 50_000, 8_000), None, 16.0, True),
    ],
)
def test_rules_of_the_handbook(
    contributions: tuple[float, ...], dominance: float | None, p_percent: float | None, is_hidden: bool
) -> None:
    rule = Rule(threshold=3, dominance=dominance, p_percent=p_percent)
    others = {"y": amount(*[9_000] * 30), "z": amount(*[9_000] * 40)}
    done = protect([amounts({"x": amount(*contributions)} | others, rule)])
    assert (("x",) in hidden(done)) is is_hidden


def test_one_contributor_does_not_find_the_other() -> None:
    """Two amounts of one contributor each in a sum: each knows its own, a third cell has to hide them."""
    rule = Rule(threshold=3, dominance=None)
    rows = {"x": amount(500), "y": amount(400), "z": amount(*[10] * 30), "w": amount(*[20] * 30)}
    assert hidden(protect([amounts(rows, rule)])) == {("x",), ("y",), ("z",)}


def test_a_small_cell_is_found_with_suppression_off_and_not_with_it_on() -> None:
    table = crossed([[3, 40, 50], [60, 70, 15], [20, 90, 100]], ELEVEN)
    off = protect([table], secondary=False)
    (found,) = audit(published([table], off.releases))
    assert (found.low, found.high, found.verdict) == (3, 3, Verdict.EXACT)
    on = protect([table])
    assert hidden(on, Status.PRIMARY) == {("q0", "â0")}
    assert on.secondary == 3
    assert on.optimal
    assert set(verdicts([table], on)) == {Verdict.SAFE}
    (first, *_) = on.releases[0].cells
    assert (first.value, first.low, first.high, first.reason) == (None, 1, 10, "moins de 11 personnes")


def test_a_difference_between_two_tables_is_closed() -> None:
    """The same neighbourhoods by age and by sex: hiding one cell of each is not enough when totals tie them."""
    by_age = crossed([[4, 40], [50, 60]], ELEVEN, name="age.csv")
    by_sex = crossed([[22, 22], [55, 55]], ELEVEN, name="sexe.csv", dimensions=("quartier", "sexe"))
    off = protect([by_age, by_sex], secondary=False)
    assert Verdict.EXACT in verdicts([by_age, by_sex], off)
    on = protect([by_age, by_sex])
    assert set(verdicts([by_age, by_sex], on)) == {Verdict.SAFE}
    shared = [
        {cell.modalities[0]: cell.value for cell in release.cells if cell.modalities[1] == TOTAL}
        for release in on.releases
    ]
    assert shared[0] == shared[1]  # the same cell is hidden, or shown, in both


def test_totals_that_nobody_prints_still_tie_tables() -> None:
    """Without any printed total, what one table hides in a row is what the other one adds up to."""
    by_age = crossed([[4, 40], [50, 60]], ELEVEN, name="age.csv", totals=False)
    by_sex = crossed([[22, 22], [55, 55]], ELEVEN, name="sexe.csv", dimensions=("quartier", "sexe"), totals=False)
    off = protect([by_age, by_sex], secondary=False)
    assert verdicts([by_age, by_sex], off) == [Verdict.EXACT]
    on = protect([by_age, by_sex])
    assert on.secondary > 0
    assert set(verdicts([by_age, by_sex], on)) == {Verdict.SAFE}


def test_a_hierarchy_is_attacked_at_each_level() -> None:
    sums = (("Nord", ("a", "b")), ("Sud", ("c", "d")))
    names = {"a": 5, "b": 80, "c": 70, "d": 90, "Nord": 85, "Sud": 160, TOTAL: 245}
    table = Table("h.csv", ("quartier",), {(name,): Cell(value) for name, value in names.items()}, ELEVEN)
    quartier = Dimension("quartier", TOTAL, sums)
    done = protect([table], [quartier])
    assert hidden(done) == {("a",), ("b",)}
    assert set(verdicts([table], done, [quartier])) == {Verdict.SAFE}


def test_zeros_are_shown_or_as_private_as_people() -> None:
    counts = [[0, 40, 50], [60, 70, 15], [20, 90, 100]]
    assert protect([crossed(counts, ELEVEN)]).primary == 0
    done = protect([crossed(counts, Rule(threshold=11, zeros=Zeros.HIDDEN))])
    (first, *_) = done.releases[0].cells
    assert (first.low, first.high) == (0, 10)


def test_one_reason_for_all_tells_less_and_keeps_the_total() -> None:
    """A reason that tells small cells from the others is knowledge: with 15 shown, 12 could not hide 3 beyond 4."""
    table = Table("t.csv", ("âge",), {("a",): Cell(3.0), ("b",): Cell(12.0), (TOTAL,): Cell(15.0)}, ELEVEN)
    told = protect([table])
    same = protect([replace(table, rule=replace(ELEVEN, distinct=False))])
    assert hidden(told) == {("a",), (TOTAL,)}
    assert hidden(same) == {("a",), ("b",)}
    assert {cell.reason for cell in same.releases[0].cells if cell.value is None} == {
        "secret statistique : moins de 11 personnes, ou case masquée pour en protéger une autre"
    }


def test_the_strictest_threshold_holds_for_a_shared_cell() -> None:
    loose = crossed([[7, 40], [50, 60]], Rule(threshold=5), name="caf.csv")
    strict = crossed([[7, 40], [50, 60]], ELEVEN, name="insee.csv")
    assert protect([loose]).primary == 0
    done = protect([loose, strict])
    assert {release.cells[0].reason for release in done.releases} == {"moins de 11 personnes"}


def test_cells_already_published_stay_or_are_refused() -> None:
    table = crossed([[3, 40, 50], [60, 70, 15], [20, 90, 100]], ELEVEN)
    free = hidden(protect([table]), Status.SECONDARY)
    kept = {modalities: replace(cell, kept=modalities in free) for modalities, cell in table.cells.items()}
    done = protect([replace(table, cells=kept)])
    assert not hidden(done) & free
    assert set(verdicts([table], done)) == {Verdict.SAFE}
    every = {modalities: replace(cell, kept=modalities != ("q0", "â0")) for modalities, cell in table.cells.items()}
    with pytest.raises(InputError, match="ne permettent pas de protéger"):
        protect([replace(table, cells=every)])
    with pytest.raises(InputError, match="doit rester publiée"):
        protect([replace(table, cells={m: replace(cell, kept=True) for m, cell in table.cells.items()})])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({("a",): Cell(3.0, line=2), (TOTAL,): Cell(9.0, line=3)}, "t.csv, ligne 3 : « l'ensemble » vaut 9"),
        ({("a",): Cell(-3.0, line=2)}, "t.csv, ligne 2 : la valeur -3 est négative"),
        ({("a",): Cell(math.nan, line=2)}, "t.csv, ligne 2 : cette valeur n'est pas un nombre"),
        ({("a",): Cell(2.5, line=2)}, "2.5 n'est pas un nombre entier"),
        ({("a", "b"): Cell(2.0)}, "a 1 dimensions, une case en a 2"),
    ],
)
def test_tables_that_do_not_hold_are_refused(cells: dict[tuple[str, ...], Cell], expected: str) -> None:
    with pytest.raises(InputError) as told:
        protect([Table("t.csv", ("q",), cells, ELEVEN)])
    assert expected in str(told.value)


def test_tables_that_disagree_are_refused() -> None:
    one, other = crossed([[30, 40]], ELEVEN, name="un.csv"), crossed([[30, 41]], ELEVEN, name="deux.csv")
    with pytest.raises(InputError, match=r"deux\.csv : « q0 × â1 » vaut 41 ici et 40 dans un\.csv"):
        protect([one, other])
    with pytest.raises(InputError, match="le même nom"):
        protect([one, one])


def test_published_tables_that_contradict_each_other_are_told() -> None:
    cells = {("a",): Cell(math.nan), ("b",): Cell(40.0), (TOTAL,): Cell(30.0)}
    with pytest.raises(InputError, match="se contredisent"):
        audit([Table("t.csv", ("q",), cells, ELEVEN)])
