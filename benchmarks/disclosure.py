"""How long disclosure control takes, how near the optimum it is, and its attacker beside the plain way.

    python benchmarks/disclosure.py            tables of 30 to 400 neighbourhoods
    python benchmarks/disclosure.py --quick    the smallest ones

Three ways on the same tables, in the same run: the optimum, proved; the method for large sets; and, as the peer, what
one writes first: a programme over the whole table, built again for each end of each hidden cell. The peer must find
the same intervals. The table is written in docs/benchmarks.md.
"""

import argparse
import os
import platform
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from _figures import DOC, write_page

from comptoir.analysis.disclosure import Cell, Protection, Rule, Table, Verdict, audit, protect, published
from comptoir.analysis.disclosure.lattice import assemble
from comptoir.analysis.disclosure.model import Status
from comptoir.analysis.disclosure.programme import Programme

SIZES = ((12, 5), (30, 6), (60, 8), (150, 8), (400, 6))
QUICK = 2
MOST_FOR_OPTIMUM = 700  # cells
MOST_FOR_PEER = 1_500
TOTAL = "Ensemble"


@dataclass(frozen=True, slots=True)
class Timed:
    seconds: float
    result: object


def made(rows: int, columns: int, seed: int = 7) -> Table:
    """People by neighbourhood and band: most counts are tens or hundreds, one in ten is small, some are none."""
    draw = random.Random(seed)
    counts = [
        [draw.choices((0, draw.randint(1, 10), draw.randint(11, 90), draw.randint(91, 900)), (1, 3, 10, 16))[0]
         for _ in range(columns)]
        for _ in range(rows)
    ]  # fmt: skip
    cells = {(f"q{i:04}", f"b{j}"): Cell(float(n)) for i, line in enumerate(counts) for j, n in enumerate(line)}
    cells |= {(f"q{i:04}", TOTAL): Cell(float(sum(line))) for i, line in enumerate(counts)}
    cells |= {(TOTAL, f"b{j}"): Cell(float(sum(line[j] for line in counts))) for j in range(columns)}
    cells[(TOTAL, TOTAL)] = Cell(float(sum(map(sum, counts))))
    return Table("population", ("quartier", "tranche"), cells, Rule(threshold=11))


def timed(work: Callable[[], object]) -> Timed:
    """Processor time of this process: other work on the machine does not count."""
    start = time.process_time()
    result = work()
    return Timed(time.process_time() - start, result)


def plain_attack(table: Table, done: Protection) -> list[tuple[float, float]]:
    """The peer: for each end of each hidden cell, all cells and all sums, built and solved from nothing."""
    lattice = assemble([table])
    (release,) = done.releases
    status = {cell.modalities: cell.status for cell in release.cells}
    lower, upper = [], []
    for modalities, at in lattice.places[0]:
        value = lattice.entries[at].cell.value
        lower.append({Status.SHOWN: value, Status.PRIMARY: 1.0, Status.SECONDARY: 11.0}[status[modalities]])
        upper.append({Status.SHOWN: value, Status.PRIMARY: 10.0, Status.SECONDARY: np.inf}[status[modalities]])
    rows = [([total, *parts], [-1.0] + [1.0] * len(parts), 0.0, 0.0) for total, parts in lattice.sums]
    ends = []
    for modalities, at in lattice.places[0]:
        if status[modalities] is not Status.SHOWN:
            both = []
            for sign in (1.0, -1.0):
                programme = Programme(lower, upper, rows)
                cost = np.zeros(len(lower))
                cost[at] = sign
                assert programme.minimise(cost)
                both.append(round(sign * programme.value, 6))
            ends.append((both[0], both[1]))
    return ends


def row(rows: int, columns: int) -> list[str]:
    table = made(rows, columns)
    near = timed(lambda: protect([table], most_work=0))
    assert isinstance(near.result, Protection)
    best = timed(lambda: protect([table], most_work=10**9)) if len(table.cells) <= MOST_FOR_OPTIMUM else None
    shown = published([table], near.result.releases)
    ours = timed(lambda: audit(shown))
    assert isinstance(ours.result, tuple)
    assert all(found.verdict is Verdict.SAFE for found in ours.result), "what is released must resist"
    told = [str(len(table.cells)), str(near.result.primary)]
    if best and isinstance(best.result, Protection):
        proof = "" if best.result.optimal else " (non prouvé)"
        told += [f"{best.result.secondary}{proof}", f"{best.seconds:.2f}"]
    else:
        told += ["–", "–"]
    told += [str(near.result.secondary), f"{near.seconds:.2f}", f"{ours.seconds:.2f}"]
    if len(table.cells) > MOST_FOR_PEER:
        return [*told, "–", "–"]
    peer = timed(lambda: plain_attack(table, near.result))  # type: ignore[arg-type]  # checked above
    assert isinstance(peer.result, list)
    same = [(one.low, np.inf if one.high is None else one.high) for one in ours.result]
    assert same == peer.result, "the peer finds the same intervals"
    return [*told, f"{peer.seconds:.2f}", f"{peer.seconds / ours.seconds:.0f}"]


def main(given: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--output", default=str(DOC), help="the page to write; empty for none")
    chosen, _ = parser.parse_known_args(given)  # boot.py gives all scripts the same arguments
    head = ["cases", "primaires", "secondaires, optimum", "s", "secondaires, grand ensemble", "s", "attaque, s",
            "attaque simple, s", "×"]  # fmt: skip
    lines = [head, ["--:"] * len(head), *(row(*size) for size in SIZES[: QUICK if chosen.quick else None])]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    machine = (
        f"{date.today():%d/%m/%Y}, {platform.machine()}, {os.cpu_count()} cœurs, Python {platform.python_version()}"
    )
    said = (
        "secondes de processeur. Tables de quartiers × tranches avec totaux, seuil 11. « Attaque simple » : "
        "un programme entier par borne ; elle trouve les mêmes intervalles."
    )
    title = "## Protection des petits nombres"
    text = f"{title}\n\n{machine}, charge au début {os.getloadavg()[0]:.1f} ; {said}\n\n{table}"
    print(text)
    if chosen.output:
        write_page(Path(chosen.output), "disclosure", text)


if __name__ == "__main__":
    main()
