"""Notes grouped by hand, and how near a grouping comes to them (B-cubed and pairs)."""

import csv
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from comptoir.analysis.grouping import Grouping, Text

HERE = Path(__file__).parent / "gold"
SHARED = Path(os.environ.get("COMPTOIR_SHARED") or Path(__file__).resolve().parents[3] / "shared") / "data"


@dataclass(frozen=True, slots=True)
class Quality:
    """F1 of B-cubed and of pairs, from 0 to 1."""

    bcubed: float
    pairs: float


def read_gold(path: Path) -> tuple[list[str], list[str]]:
    """The notes and the group of each: a CSV in UTF-8 with the columns `texte` and `groupe`."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [row["texte"] for row in rows], [row["groupe"] for row in rows]


def _f1(right: float, found: float, true: float) -> float:
    precision, recall = right / found if found else 1.0, right / true if true else 1.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def quality(truth: Sequence[object], found: Sequence[object]) -> Quality:
    """Amigó et al., « A comparison of extrinsic clustering evaluation metrics », Information Retrieval 12, 2009."""
    both, true, ours = Counter(zip(truth, found, strict=True)), Counter(truth), Counter(found)
    pairs = [sum(n * (n - 1) for n in count.values()) for count in (both, ours, true)]
    precision = sum(n * n / ours[f] for (_, f), n in both.items()) / len(truth)
    recall = sum(n * n / true[t] for (t, _), n in both.items()) / len(truth)
    return Quality(2 * precision * recall / (precision + recall), _f1(pairs[0], pairs[1], pairs[2]))


def grouped(method: Grouping, notes: Sequence[str], within: Sequence[tuple[str, ...]] | None = None) -> list[int]:
    """The group that a method gives to each note."""
    texts = [Text(str(i), note, within[i] if within else ()) for i, note in enumerate(notes)]
    home = {member: k for k, group in enumerate(method.group(texts)) for member in group.members}
    return [home[text.id] for text in texts]
