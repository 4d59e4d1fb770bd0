"""Pairs of actions that may double each other, scored, with their reasons (docs/concepts/overlaps.md)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comptoir.analysis.errors import InputError
from comptoir.analysis.overlaps.candidates import candidate_pairs
from comptoir.analysis.overlaps.likeness import likeness_of
from comptoir.analysis.overlaps.model import TRAITS, Action, Floats, Model, Trait, Verdict
from comptoir.analysis.overlaps.profile import Ints, Profile, profile_of
from comptoir.analysis.overlaps.reasons import reasons_of

THRESHOLD = 0.5
_BATCH = 400_000
# What costs little first: a pair is dropped as soon as nothing left to know could bring it to the threshold.
_ORDER = (Trait.PERIOD, Trait.NEIGHBOURHOOD, Trait.THEME, Trait.PUBLIC, Trait.WORDING, Trait.HOLDER)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two actions by their place in the list, `a` before `b`. `verdict` is what a person said of them, if anything."""

    a: int
    b: int
    score: float
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    verdict: bool | None = None


def learned_from(actions: Sequence[Action], verdicts: Sequence[Verdict]) -> Model:
    """The model after these verdicts. Raises InputError for an action that is not there or two contrary verdicts."""
    decided = _decided(actions, verdicts)
    if not decided:
        return Model()
    profile = profile_of(actions)
    pairs = sorted(decided)
    a, b = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    return Model().learned(_likeness(profile, a, b), np.array([decided[pair] for pair in pairs]))


def overlaps_of(
    actions: Sequence[Action],
    model: Model | None = None,
    verdicts: Sequence[Verdict] = (),
    threshold: float = THRESHOLD,
) -> list[Overlap]:
    """Pairs whose score reaches the threshold (between 0 and 1), best first. What was refused is left out, what was
    confirmed stays."""
    model = model or Model()
    decided = _decided(actions, verdicts)
    profile = profile_of(actions)
    found: dict[tuple[int, int], tuple[float, Floats]] = {}
    a, b = candidate_pairs(profile)
    for start in range(0, len(a), _BATCH):
        found |= _scored(profile, model, a[start : start + _BATCH], b[start : start + _BATCH], threshold)
    confirmed = sorted(pair for pair, said in decided.items() if said and pair not in found)
    if confirmed:
        ones, twos = (np.array([pair[side] for pair in confirmed], dtype=np.int64) for side in (0, 1))
        alike = _likeness(profile, ones, twos)
        scores = model.score(alike).tolist()
        found |= {pair: (score, row) for pair, score, row in zip(confirmed, scores, alike, strict=True)}
    kept = [(pair, *what) for pair, what in found.items() if decided.get(pair, True)]
    kept.sort(key=lambda each: (-round(each[1], 9), each[0]))
    overlaps = []
    for pair, score, row in kept:
        reasons, against = reasons_of(profile, *pair, row)
        overlaps.append(Overlap(*pair, score, reasons, against, decided.get(pair)))
    return overlaps


def _likeness(profile: Profile, a: Ints, b: Ints) -> Floats:
    return np.stack([likeness_of(profile, a, b, trait) for trait in TRAITS], axis=1)


def _scored(
    profile: Profile, model: Model, a: Ints, b: Ints, threshold: float
) -> dict[tuple[int, int], tuple[float, Floats]]:
    """Pairs that reach the threshold. The best case of what is not yet known bounds the score from above."""
    weights = np.array(model.weights[1:]).reshape(-1, 3)
    best = weights.max(axis=1)
    margin = np.full(len(a), model.weights[0] + best.sum())
    needed = math.log(threshold / (1 - threshold)) - 1e-9
    alike = np.full((len(a), len(TRAITS)), np.nan)
    for trait in _ORDER:
        at = TRAITS.index(trait)
        mine = likeness_of(profile, a, b, trait)
        different, same, unknown = weights[at]
        margin += np.where(np.isnan(mine), unknown, different + (same - different) * mine) - best[at]
        alike[:, at] = mine
        kept = margin >= needed
        a, b, margin, alike = a[kept], b[kept], margin[kept], alike[kept]
    scores = model.score(alike).tolist()
    return {
        (one, two): (score, row)
        for one, two, score, row in zip(a.tolist(), b.tolist(), scores, alike, strict=True)
        if score >= threshold
    }


def _decided(actions: Sequence[Action], verdicts: Sequence[Verdict]) -> dict[tuple[int, int], bool]:
    place = {action.id: at for at, action in enumerate(actions)} if verdicts else {}
    decided: dict[tuple[int, int], bool] = {}
    for verdict in verdicts:
        for name in (verdict.a, verdict.b):
            if name not in place:
                raise InputError(f"L'action « {name} » a reçu un avis mais n'est pas dans la liste. Ôtez cet avis.")
        one, two = sorted((place[verdict.a], place[verdict.b]))
        if one == two:
            raise InputError(f"L'action « {verdict.a} » ne peut pas être son propre doublon. Ôtez cet avis.")
        if decided.setdefault((one, two), verdict.confirmed) != verdict.confirmed:
            raise InputError(f"« {verdict.a} » et « {verdict.b} » sont confirmées et refusées à la fois. Choisissez.")
    return decided
