"""Actions, pairs of actions that may double each other, and what is learned of them (docs/concepts/overlaps.md)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comptoir.analysis.errors import InputError

Floats = NDArray[np.float64]


class Trait(StrEnum):
    """What two actions are compared on."""

    HOLDER = "holder"
    NEIGHBOURHOOD = "neighbourhood"
    THEME = "theme"
    PUBLIC = "public"
    PERIOD = "period"
    WORDING = "wording"


TRAITS = tuple(Trait)
_START = {
    # what a trait adds when it is contrary, when it is the same, when it is not known
    Trait.HOLDER: (-0.5, 1.5, 0.0),
    Trait.NEIGHBOURHOOD: (-3.0, 1.0, 0.0),
    Trait.THEME: (-1.0, 0.5, 0.0),
    Trait.PUBLIC: (-1.5, 0.7, 0.0),
    Trait.PERIOD: (-7.0, 0.5, 0.0),
    Trait.WORDING: (-5.0, 4.0, -1.0),
}
_BIAS = -2.0
_FORMAT = "comptoir-overlaps-1"
_HELD = 1.0  # how strongly each weight is held near where it starts
_TURNS = 60


@dataclass(frozen=True, slots=True)
class Action:
    """One line of a programme. Texts may be empty; `first` and `last` are days (`date.toordinal`), None if unknown."""

    id: str
    holder: str = ""
    siret: str = ""
    neighbourhoods: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None
    wording: str = ""
    funder: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person said of two actions, by their identifiers."""

    a: str
    b: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Model:
    """`weights` (1 + 3 × 6,): the bias, then for each trait what it adds when contrary, the same, unknown.

    The score of a pair is the logistic of their sum; a likeness of 0.4 adds 0.6 of « contrary », 0.4 of « the same ».
    """

    weights: tuple[float, ...] = (_BIAS, *(part for trait in TRAITS for part in _START[trait]))
    verdicts: int = 0

    def score(self, likeness: Floats) -> Floats:
        """The score (p,), 0 to 1, of pairs by their likeness on each trait (p, 6), NaN where unknown."""
        return _logistic(_design(likeness) @ np.array(self.weights))

    def learned(self, likeness: Floats, confirmed: NDArray[np.bool_]) -> "Model":
        """The model that agrees best with verdicts while staying near where it starts: the one maximum, by Newton's
        method. Same verdicts, same model, whatever their order but for rounding."""
        start = np.array(Model().weights)
        rows, told = _design(likeness), confirmed.astype(np.float64)
        weights = start.copy()
        for _ in range(_TURNS):
            chance = _logistic(rows @ weights)
            slope = rows.T @ (told - chance) - _HELD * (weights - start)
            bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + _HELD * np.eye(len(start))
            step = np.linalg.solve(bend, slope)
            height = _height(rows, told, weights, start)
            while _height(rows, told, weights + step, start) < height and float(np.abs(step).max()) > 1e-12:
                step = step / 2  # far from the maximum, Newton's steps may overshoot
            weights = weights + step
            if float(np.abs(step).max()) < 1e-10:
                break
        return Model(tuple(float(f"{weight:.9g}") for weight in weights), len(told))

    def json(self) -> bytes:
        names = ("different", "same", "unknown")
        out: dict[str, Any] = {"format": _FORMAT, "verdicts": self.verdicts, "bias": self.weights[0]}
        for at, trait in enumerate(TRAITS):
            out[trait.value] = dict(zip(names, self.weights[1 + 3 * at : 4 + 3 * at], strict=True))
        return (json.dumps(out, indent=1) + "\n").encode()

    @classmethod
    def read(cls, data: bytes, source: str) -> "Model":
        """Raises InputError for what `json` did not write."""
        try:
            found: Mapping[str, Any] = json.loads(data)
            if found["format"] != _FORMAT:
                raise KeyError
            parts = [found[trait.value][name] for trait in TRAITS for name in ("different", "same", "unknown")]
            weights = tuple(float(part) for part in (found["bias"], *parts))
            verdicts = int(found["verdicts"])
        except (ValueError, KeyError, TypeError):
            raise InputError("ce n'est pas un modèle écrit par « comptoir overlaps ».", source=source) from None
        if not np.isfinite(weights).all():
            raise InputError("ce modèle contient un poids qui n'est pas un nombre.", source=source)
        return cls(weights, verdicts)


def _design(likeness: Floats) -> Floats:
    """One row for each pair: 1, then for each trait contrary, same, unknown."""
    known = np.isfinite(likeness)
    same = np.where(known, likeness, 0.0)
    parts = np.stack([np.where(known, 1 - same, 0.0), same, (~known).astype(np.float64)], axis=2)
    return np.concatenate([np.ones((len(likeness), 1)), parts.reshape(len(likeness), 3 * len(TRAITS))], axis=1)


def _height(rows: Floats, told: Floats, weights: Floats, start: Floats) -> float:
    """What learning makes as great as can be: the likelihood of verdicts, less the distance from the start."""
    margin = rows @ weights
    likelihood = (told * margin - np.logaddexp(0, margin)).sum()
    return float(likelihood - _HELD / 2 * ((weights - start) ** 2).sum())


def _logistic(margin: Floats) -> Floats:
    score: Floats = 1 / (1 + np.exp(-np.clip(margin, -700, 700)))
    return score
