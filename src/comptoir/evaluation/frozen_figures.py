"""The indicators that a question follows and what residents feel, as plain values: what is given back of them.

Both are read as everybody reads them: nothing here that may not leave.
"""

from datetime import date
from typing import TypedDict

from comptoir.accounts.models import Actor
from comptoir.evaluation.around import Around
from comptoir.evaluation.feelings import Feeling, feelings_of
from comptoir.evaluation.following import Followed, followed_of


class Line(TypedDict):
    """The figure of a territory: `text` with its unit, empty where it is not told; `why` says what there is to say."""

    place: str
    text: str
    why: str


class FollowedThen(TypedDict):
    code: str
    name: str
    vintage: str
    supplier: str
    lines: list[Line]
    notes: list[str]


class BesideThen(TypedDict):
    name: str
    moved: str
    agreement: str
    badge: str
    sentence: str


class FeltThen(TypedDict):
    """`said` is empty where nothing may be told, and `why` says why."""

    said: str
    why: str
    whence: str
    gathered_on: date
    beside: list[BesideThen]


def figures_then(actor: Actor, known: Around) -> tuple[list[FollowedThen], list[FeltThen]]:
    """Four queries at most."""
    followed = followed_of(actor, known)
    felt = [_felt(one) for one in feelings_of(known, followed)]
    return [told for one in followed if (told := _followed(one))], felt


def _followed(one: Followed) -> FollowedThen | None:
    if one.latest is None or one.latest.series is None:
        return None
    indicator = one.latest.indicator
    return FollowedThen(
        code=indicator.code, name=indicator.name, vintage=one.latest.series.vintage, supplier=indicator.supplier.name,
        lines=[
            Line(place=name, text=said.text if said.value is not None else "", why=said.why)
            for name, said in one.latest.lines
        ],
        notes=one.latest.notes,
    )  # fmt: skip


def _felt(one: Feeling) -> FeltThen:
    perceived = one.perceived
    said = ""
    if not one.hidden and one.feeling is not None:
        where = f", {one.where}" if one.where else ""
        word = one.feeling.value
        said = f"{word[0].upper()}{word[1:]} depuis {perceived.since}{where} : {one.sentence}"
    return FeltThen(
        said=said, why=one.told.reason if one.hidden else "", whence=perceived.whence,
        gathered_on=perceived.gathered_on,
        beside=[
            BesideThen(name=b.name, moved=b.moved, agreement=b.distance.agreement.value, badge=b.kind,
                       sentence=b.distance.sentence)
            for b in one.beside
        ],
    )  # fmt: skip
