"""The methods of evaluation: what each is good for, what it costs, its sheet. All of it stands in `methods.toml`."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import models

from comptoir.evaluation.enums import Nature
from comptoir.kit.french import NO_BREAK_SPACE

DAY = 7  # hours of work in a day
SMALL, MIDDLE = 14, 24  # hours: up to which a method asks little, then something


class Effort(models.TextChoices):
    LIGHT = "leger", "léger : deux jours au plus"
    MIDDLE = "moyen", "moyen : trois jours environ"
    HEAVY = "lourd", "lourd : quatre jours et plus"


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the animation sheet: how long, what, how."""

    minutes: int
    what: str
    how: str


@dataclass(frozen=True, slots=True)
class Opening:
    """What the product opens to do it: the name of an address of the space, or `template:` and a comptoir template."""

    target: str
    label: str


@dataclass(frozen=True, slots=True)
class Method:
    """`prepare`, `run`, `analyse`: hours of the team, all people together; `euros`: without salaries.
    `notes`: how words are noted; `answer`: what is said back to those who took part."""

    key: str
    title: str
    good_for: str
    with_whom: str
    prepare: int
    run: int
    analyse: int
    euros: int
    gives: tuple[Nature, ...]
    traps: tuple[str, ...]
    steps: tuple[str, ...]
    questions: tuple[str, ...]
    roles: tuple[str, ...]
    material: str
    notes: str
    answer: str
    moments: tuple[Moment, ...]
    opens: tuple[Opening, ...]

    @property
    def hours(self) -> int:
        return self.prepare + self.run + self.analyse

    @property
    def days(self) -> float:
        return self.hours / DAY

    @property
    def effort(self) -> Effort:
        return Effort.LIGHT if self.hours <= SMALL else Effort.MIDDLE if self.hours <= MIDDLE else Effort.HEAVY

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.moments)

    @property
    def lasts(self) -> str:
        """How long the sheet takes: « 1 h 30 », « 45 min »."""
        hours, left = divmod(self.minutes, 60)
        return f"{hours} h {left:02}".removesuffix(" 00") if hours else f"{left} min"

    @property
    def gives_words(self) -> str:
        return " et ".join(str(one.label) for one in self.gives)

    @property
    def timed(self) -> list[tuple[str, Moment]]:
        """Each moment with the clock at which it starts, from zero: « 0 h 25 »."""
        found, at = [], 0
        for one in self.moments:
            found.append((f"{at // 60} h {at % 60:02}".replace(" ", NO_BREAK_SPACE), one))
            at += one.minutes
        return found


@cache
def methods() -> Mapping[str, Method]:
    """Every method by its key, in the order of the file."""
    with (files("comptoir.evaluation") / "methods.toml").open("rb") as file:
        return {key: _method(key, row) for key, row in tomllib.load(file).items()}


def _method(key: str, row: dict[str, Any]) -> Method:
    """A field too many or missing fails at once: the file is part of the program."""
    lists: dict[str, Any] = {name: tuple(row.pop(name)) for name in ("traps", "steps", "questions", "roles")}
    return Method(
        key=key, gives=tuple(Nature(one) for one in row.pop("gives")),
        moments=tuple(Moment(*one) for one in row.pop("moments")),
        opens=tuple(Opening(*one) for one in row.pop("opens")), **lists, **row,
    )  # fmt: skip


def chosen(found: Iterable[Method], *, effort: str = "", gives: str = "") -> list[Method]:
    """Those of an effort and of what they give; an unknown word filters nothing."""
    return [
        one
        for one in found
        if (effort not in Effort.values or one.effort == effort) and (gives not in Nature.values or gives in one.gives)
    ]
