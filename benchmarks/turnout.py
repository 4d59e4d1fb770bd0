"""Who comes, once or again, and how concentrated presences are: beside the same bounds drawn by scipy.

    python benchmarks/turnout.py            40 to 400 events, 2,000 to 200,000 presences
    python benchmarks/turnout.py --quick    2,000 presences only

The peer is `scipy.stats.bootstrap` on the number of visits of each person, with as many draws, for the share of the
tenth of people who come most and for the Gini index: bounds only, without counts nor protection. Both read presences
already in memory, one thread. The table goes to docs/benchmarks.md.
"""

import argparse
import json
import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from _figures import DOC, apart, cpu_of, machine, peak, table, write_page

from comptoir.analysis.turnout import Presence, of_presences

SIZES = ((40, 2_000), (120, 20_000), (400, 200_000))
DRAWS = 2_000
LIMIT = 240


def invented(events: int, presences: int, seed: int = 5) -> list[Presence]:
    """A few people come often, most come once or twice: the number of visits falls as one over their rank."""
    chance = random.Random(seed + presences)
    people = [f"p{at}" for at in range(presences // 2)]
    likely = [1 / (at + 10) for at in range(len(people))]
    first = date(2024, 1, 8)
    drawn = chance.choices(people, likely, k=presences)
    days = [chance.randrange(events) for _ in range(presences)]
    return [Presence(who, f"Séance {at}", first + timedelta(days=at)) for who, at in zip(drawn, days, strict=True)]


def ours(rows: list[Presence]) -> tuple[float, float, float, float]:
    found = of_presences(rows).concentration
    assert found is not None
    return found.share_low, found.share_high, found.gini_low, found.gini_high


def theirs(rows: list[Presence]) -> tuple[float, float, float, float]:
    from scipy.stats import bootstrap

    visits = np.array(
        list(Counter(one.token for one in {(r.token, r.event): r for r in rows}.values()).values()), float
    )
    top = max(11, -(-len(visits) // 10))
    ranks = 2 * np.arange(1, len(visits) + 1) - len(visits) - 1

    def share(sample: np.ndarray, axis: int) -> np.ndarray:
        ordered = np.sort(sample, axis=axis)
        return ordered[..., -top:].sum(axis=axis) / ordered.sum(axis=axis)

    def index(sample: np.ndarray, axis: int) -> np.ndarray:
        ordered = np.sort(sample, axis=axis)
        return (ordered * ranks).sum(axis=axis) / (len(visits) * ordered.sum(axis=axis))

    said = []
    for measure in (share, index):
        bounds = bootstrap(
            (visits,), measure, n_resamples=DRAWS, batch=100, method="percentile", axis=-1, rng=np.random.default_rng(0)
        ).confidence_interval
        said += [float(bounds.low), float(bounds.high)]
    return said[0], said[1], said[2], said[3]


def one(events: int, presences: int, whose: str) -> dict[str, object]:
    rows = invented(events, presences)
    if whose == "theirs":
        try:
            import scipy.stats  # noqa: F401  the import is not what is measured
        except ImportError:
            return {"absent": True}
    cpu, _, said = cpu_of(lambda: ours(rows) if whose == "ours" else theirs(rows))
    return {"cpu": cpu, "peak": peak(), "bounds": said}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--output", default=str(DOC))
    parser.add_argument("--one", nargs=3, metavar=("EVENTS", "PRESENCES", "WHOSE"))
    chosen, _ = parser.parse_known_args()
    if chosen.one:
        print(json.dumps(one(int(chosen.one[0]), int(chosen.one[1]), chosen.one[2])))
        return
    head = ["séances", "présences", "nôtre CPU s", "scipy CPU s", "rapport", "nôtre Mio", "scipy Mio",
            "plus grand écart entre bornes"]  # fmt: skip
    rows = []
    for events, presences in SIZES[: 1 if chosen.quick else None]:
        size = (str(events), str(presences))
        own = apart(__file__, "--one", *size, "ours", limit=LIMIT)
        peer = apart(__file__, "--one", *size, "theirs", limit=LIMIT)
        assert own is not None
        cells = [f"{own['cpu']:.2f}", "absent" if peer else f"arrêté à {LIMIT} s", "", f"{own['peak']:.0f}", "", ""]
        if peer and not peer.get("absent"):
            widest = max(abs(a - b) for a, b in zip(own["bounds"], peer["bounds"], strict=True))
            cells = [f"{own['cpu']:.2f}", f"{peer['cpu']:.2f}", f"× {peer['cpu'] / own['cpu']:.1f}",
                     f"{own['peak']:.0f}", f"{peer['peak']:.0f}", f"{widest:.4f}"]  # fmt: skip
        rows.append([*size, *cells])
    text = f"## Venues et concentration\n\n{machine()}. {DRAWS} tirages des deux côtés.\n\n{table(head, rows)}"
    print(text)
    if chosen.output:
        write_page(Path(chosen.output), "venues", text)


if __name__ == "__main__":
    main()
