"""The neighbourhoods that resemble one: the nearest on stated variables, each standardised, some values missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comptoir.analysis.errors import InputError

_FEWEST_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class Like:
    """A neighbourhood that resembles another. `distance`: mean difference, in standard deviations. `shared`: on how
    many variables. `apart`: the variable on which they differ most."""

    code: str
    distance: float
    shared: int
    apart: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands among those of its likes: how many are known, their quartiles, how many are below."""

    known: int
    first_quartile: float
    median: float
    third_quartile: float
    below: int


def standardised(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each column less its mean, over its standard deviation; NaN where missing. A constant column becomes 0."""
    counts = np.sum(~np.isnan(values), axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        means = np.where(counts > 0, np.nansum(values, axis=0) / np.maximum(counts, 1), np.nan)
        spread = np.sqrt(np.nansum((values - means) ** 2, axis=0) / np.maximum(counts, 1))
        constant = spread <= 1e-12 * np.maximum(1.0, np.abs(means))
        scaled = (values - means) / np.where(constant, 1.0, spread)
    return np.where(constant & ~np.isnan(values), 0.0, scaled)


def likes(
    code: str, values: Mapping[str, Sequence[float | None]], variables: Sequence[str], *, most: int = 8
) -> tuple[Like, ...]:
    """The `most` nearest of `code` among `values` (one number per variable, None where not published).

    The distance is the root of the mean square over the variables known for both (Dixon 1979); half of the variables
    at least must be. Same distance: in the order of codes. Raises InputError where nothing can be compared.
    """
    if code not in values:
        raise InputError(f"le quartier « {code} » n'est pas dans la table.")
    if not variables:
        raise InputError("Il faut au moins une variable pour dire ce qui se ressemble.")
    codes = sorted(values)
    table = np.array([[np.nan if v is None else v for v in values[one]] for one in codes], dtype=np.float64)
    if table.shape[1:] != (len(variables),):
        raise InputError("Il faut une valeur par variable pour chaque quartier.")
    scaled = standardised(table)
    own = scaled[codes.index(code)]
    if np.isnan(own).all():
        raise InputError(f"aucune de ces variables n'est publiée pour « {code} ».")
    square = (scaled - own) ** 2
    shared = np.sum(~np.isnan(square), axis=1)
    enough = shared >= max(1, int(np.ceil(_FEWEST_SHARED * len(variables))))
    distance = np.sqrt(np.nansum(square, axis=1) / np.maximum(shared, 1))
    order = [
        at for at in np.lexsort((np.arange(len(codes)), np.round(distance, 12))) if enough[at] and codes[at] != code
    ]
    return tuple(
        Like(codes[at], float(distance[at]), int(shared[at]), variables[int(np.nanargmax(square[at]))])
        for at in order[:most]
    )


def place(value: float, others: Sequence[float | None]) -> Place | None:
    """Where `value` stands among the values known of its likes; None where none is."""
    known = np.array([other for other in others if other is not None], dtype=np.float64)
    if not len(known):
        return None
    first, median, third = (float(q) for q in np.quantile(known, (0.25, 0.5, 0.75)))
    return Place(len(known), first, median, third, int(np.sum(known < value)))
