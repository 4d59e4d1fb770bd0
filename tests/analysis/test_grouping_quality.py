"""docs/concepts/grouping.md, « Mesures » : how near the default settings come to notes grouped by hand."""

import csv
from pathlib import Path

import pytest
from gold_sets import HERE, SHARED, Quality, grouped, quality, read_gold

from comptoir.analysis.grouping import DomainGrouping, LexicalGrouping

# B-cubed, pairs: under these the method has become worse. The development sets are those its thresholds were chosen on.
FLOORS = {
    HERE / "notes_dev.csv": Quality(0.92, 0.83),
    HERE / "notes_dev_2.csv": Quality(0.88, 0.75),
    HERE / "notes_dev_3.csv": Quality(0.90, 0.80),
    HERE / "notes_dev_4.csv": Quality(0.92, 0.87),
    HERE / "notes_dev_5.csv": Quality(0.93, 0.88),
    HERE / "notes_dev_6.csv": Quality(0.82, 0.67),
    HERE / "notes_dev_7.csv": Quality(0.91, 0.85),
    HERE / "notes_dev_8.csv": Quality(0.70, 0.36),
    HERE / "notes_2.csv": Quality(0.84, 0.65),
    HERE / "notes_3.csv": Quality(0.89, 0.83),
    HERE / "notes_4.csv": Quality(0.92, 0.85),
    HERE / "notes_5.csv": Quality(0.84, 0.65),
    HERE / "notes_6.csv": Quality(0.85, 0.69),
    HERE / "notes_7.csv": Quality(0.80, 0.60),
    HERE / "notes_8.csv": Quality(0.91, 0.82),
    HERE / "notes_9.csv": Quality(0.76, 0.59),
    HERE / "notes_10.csv": Quality(0.80, 0.70),
    SHARED / "regroupement_or" / "notes.csv": Quality(0.93, 0.87),
}


@pytest.mark.parametrize("path", FLOORS, ids=lambda path: path.parent.name + "/" + path.name)
def test_notes_grouped_by_hand_are_found_again(path: Path) -> None:
    if not path.exists():
        pytest.skip(f"{path.name} is not there ({path.parent.name})")
    notes, truth = read_gold(path)
    reached, floor = quality(truth, grouped(DomainGrouping(), notes)), FLOORS[path]
    assert reached.bcubed >= floor.bcubed, reached
    assert reached.pairs >= floor.pairs, reached
    words_only = quality(truth, grouped(LexicalGrouping(), notes))
    assert reached.bcubed > words_only.bcubed + (0.1 if floor.pairs > 0.4 else 0.07), words_only  # notes_8: less


def test_the_measure_itself() -> None:
    assert quality("aabb", "1122") == Quality(1.0, 1.0)
    alone = quality("aabb", "1234")
    assert (round(alone.bcubed, 3), alone.pairs) == (0.667, 0.0)
    assert quality("aabb", "1111").pairs == 0.5


def test_a_comptoir_is_grouped_inside_its_columns() -> None:
    path = HERE / "comptoir.csv"
    notes, truth = read_gold(path)
    within = [(group[0],) for group in truth]
    assert quality(truth, grouped(DomainGrouping(), notes, within)).bcubed >= 0.97


def test_the_notes_of_the_demonstration_are_grouped_inside_their_columns() -> None:
    """docs/concepts/grouping.md, « Mesures »: images and allusions keep it under the aim of 0.97."""
    with (HERE / "demo.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    notes, truth = [row["texte"] for row in rows], [row["groupe"] for row in rows]
    reached = quality(truth, grouped(DomainGrouping(), notes, [(row["dans"],) for row in rows]))
    assert reached.bcubed >= 0.92
    assert reached.bcubed > quality(truth, range(len(notes))).bcubed + 0.05, "it does better than leaving all apart"
