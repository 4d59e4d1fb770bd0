"""The likes of a neighbourhood: the nearest on stated variables, some missing, beside scikit-learn.

    python benchmarks/comparison.py            1,609 and 16,090 neighbourhoods, 12 variables, one value in ten missing
    python benchmarks/comparison.py --quick    1,609 only

The peer standardises (`StandardScaler`) and takes `nan_euclidean_distances`, which counts what is missing as we do
(Dixon, 1979), then sorts. Both answer for the same forty neighbourhoods, one after the other, as a page asks. One
thread. The table goes to docs/benchmarks.md.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from _figures import DOC, apart, cpu_of, machine, peak, table, write_page

from comptoir.analysis.comparison import likes

SIZES = (1_609, 16_090)
VARIABLES = tuple(f"v{at}" for at in range(12))
ASKED, MOST = 40, 8


def invented(count: int, seed: int = 11) -> dict[str, list[float | None]]:
    chance = np.random.default_rng(seed + count)
    values = chance.normal(size=(count, len(VARIABLES))) * chance.uniform(1, 50, size=len(VARIABLES))
    missing = chance.random(values.shape) < 0.1
    return {
        f"QN{at:06}": [None if gone else float(value) for value, gone in zip(row, holes, strict=True)]
        for at, (row, holes) in enumerate(zip(values, missing, strict=True))
    }


def ours(values: dict[str, list[float | None]]) -> list[list[str]]:
    return [[like.code for like in likes(code, values, VARIABLES, most=MOST)] for code in list(values)[:ASKED]]


def theirs(values: dict[str, list[float | None]]) -> list[list[str]]:
    from sklearn.metrics.pairwise import nan_euclidean_distances
    from sklearn.preprocessing import StandardScaler

    codes, found = sorted(values), []
    for asked in range(ASKED):
        table = np.array([[np.nan if v is None else v for v in values[code]] for code in codes])
        scaled = StandardScaler().fit_transform(table)
        known = ~np.isnan(scaled)
        far = nan_euclidean_distances(scaled[asked : asked + 1], scaled)[0]
        far[(known & known[asked]).sum(axis=1) < len(VARIABLES) / 2] = np.inf
        far[asked] = np.inf
        found.append([codes[at] for at in np.argsort(far, kind="stable")[:MOST]])
    return found


def one(count: int, whose: str) -> dict[str, object]:
    values = invented(count)
    if whose == "theirs":
        try:
            import sklearn.metrics.pairwise  # noqa: F401  the import is not what is measured
        except ImportError:
            return {"absent": True}
    cpu, _, found = cpu_of(lambda: ours(values) if whose == "ours" else theirs(values))
    return {"cpu": cpu, "peak": peak(), "found": found}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--output", default=str(DOC))
    parser.add_argument("--one", nargs=2, metavar=("COUNT", "WHOSE"))
    chosen, _ = parser.parse_known_args()
    if chosen.one:
        print(json.dumps(one(int(chosen.one[0]), chosen.one[1])))
        return
    head = ["quartiers", "nôtre : CPU ms par quartier", "scikit-learn", "rapport", "mêmes semblables"]
    rows = []
    for count in SIZES[: 1 if chosen.quick else None]:
        own = apart(__file__, "--one", str(count), "ours")
        peer = apart(__file__, "--one", str(count), "theirs")
        assert own is not None
        assert peer is not None
        cells = [f"{own['cpu'] / ASKED * 1000:.1f}", "absent", "", ""]
        if not peer.get("absent"):
            same = sum(a == b for a, b in zip(own["found"], peer["found"], strict=True))
            cells[1:] = [
                f"{peer['cpu'] / ASKED * 1000:.1f}",
                f"× {peer['cpu'] / own['cpu']:.1f}",
                f"{same} sur {ASKED}",
            ]
        rows.append([str(count), *cells])
    text = f"## Quartiers semblables\n\n{machine()}. {len(VARIABLES)} variables, une valeur sur dix absente.\n\n"
    text += table(head, rows)
    print(text)
    if chosen.output:
        write_page(Path(chosen.output), "semblables", text)


if __name__ == "__main__":
    main()
