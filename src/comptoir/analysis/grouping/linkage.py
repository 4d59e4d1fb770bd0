"""Average linkage on the pairs that exist: two groups join when their members resemble each other on average.

A pair that is not in the list counts for nothing in the mean. So a note that resembles one member of a large group
and none of the others does not join it, and groups do not chain.
"""

import heapq
import math
from collections.abc import Callable, Iterable, Mapping, Sequence


def drawn(pairs: Sequence[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """The same pairs, a score lowered as each item of the pair has others that it resembles more."""
    most: dict[int, float] = {}
    for a, b, score in pairs:
        most[a], most[b] = max(most.get(a, 0.0), score), max(most.get(b, 0.0), score)
    return [(a, b, round(s * s / math.sqrt(most[a] * most[b]), 6) if s else s) for a, b, s in pairs]


def average_linkage(
    count: int,
    pairs: Iterable[tuple[int, int, float]],
    threshold: float,
    apart: Mapping[int, set[int]],
    may_join: Callable[[list[int], list[int]], bool],
) -> list[list[int]]:
    """Groups of the items 0..count-1, each sorted, in order of their first item.

    `apart` holds pairs that are never in one group (both ways). `may_join` says whether two groups can be one; once it
    has said no, it must say no to any larger ones. The most alike join first; equals in the order of their numbers.
    """
    near: list[dict[int, float]] = [{} for _ in range(count)]
    heap: list[tuple[float, int, int]] = []
    for a, b, score in pairs:
        near[a][b] = near[b][a] = score
        if score >= threshold:
            heap.append((-score, min(a, b), max(a, b)))
    heapq.heapify(heap)
    members: dict[int, list[int]] = {i: [i] for i in range(count)}
    blocked = {i: set(others) for i, others in apart.items()}
    while heap:
        negative, a, b = heapq.heappop(heap)
        if a not in members or b not in members or b not in near[a]:
            continue
        if -negative != near[a][b] / (len(members[a]) * len(members[b])):
            continue  # a newer mean of the same two is in the heap
        if b in blocked.get(a, ()) or not may_join(members[a], members[b]):
            del near[a][b], near[b][a]
            continue
        members[a] += members.pop(b)
        for other in blocked.pop(b, ()):
            blocked[other].discard(b)
            blocked[other].add(a)
            blocked.setdefault(a, set()).add(other)
        del near[a][b]
        for other, total in near[b].items():
            if other == a:
                continue
            del near[other][b]
            near[a][other] = near[other][a] = near[a].get(other, 0.0) + total
        near[b] = {}
        for other, total in near[a].items():
            mean = total / (len(members[a]) * len(members[other]))
            if mean >= threshold:
                heapq.heappush(heap, (-mean, min(a, other), max(a, other)))
    return [sorted(group) for _, group in sorted(members.items())]
