"""The thank-you wall as everybody reads it: names of those who agreed, groups counted above the threshold."""

from collections import defaultdict
from dataclasses import dataclass

from comptoir.analysis.text import fold
from comptoir.disclosure.models import threshold_of
from comptoir.evaluation.models import Evaluation, Thanks


@dataclass(frozen=True, slots=True)
class Group:
    """`people`: how many of those who are not named; None under the threshold, where the wall says « quelques »."""

    name: str
    people: int | None
    lines: tuple[Thanks, ...]


@dataclass(frozen=True, slots=True)
class Wall:
    named: tuple[Thanks, ...]
    groups: tuple[Group, ...]
    threshold: int

    @property
    def is_empty(self) -> bool:
        return not self.named and not self.groups


def wall_of(evaluation: Evaluation) -> Wall:
    """Two queries. Lines of one group are counted together, whatever the case and the accents of its name. No total is
    given of all groups: it would give back those that are hidden."""
    threshold = threshold_of(evaluation.space)
    rows = list(Thanks.objects.filter(evaluation=evaluation).order_by("pk"))
    groups: dict[str, list[Thanks]] = defaultdict(list)
    for row in rows:
        if not row.name:
            groups[" ".join(fold(row.group).split())].append(row)
    return Wall(
        tuple(sorted((row for row in rows if row.name), key=lambda row: (fold(row.name), row.pk))),
        tuple(_group(lines, threshold) for _, lines in sorted(groups.items())),
        threshold,
    )  # fmt: skip


def _group(lines: list[Thanks], threshold: int) -> Group:
    people = sum(line.number for line in lines)
    return Group(lines[0].group, people if people >= threshold else None, tuple(lines))
