"""« Ma semaine »: what waits for the team, part by part, as the rooms below say it."""

from dataclasses import dataclass

from comptoir.accounts.models import Actor
from comptoir.accounts.slots import WeekPart, WeekPiece, week
from comptoir.kit.slots import Piece


@dataclass(frozen=True, slots=True)
class Part:
    """One heading and what is under it. `count`: how many things wait."""

    name: str
    title: str
    count: int
    pieces: list[Piece]


def parts_of(actor: Actor) -> list[Part]:
    """The parts that a room fills, in their order."""
    pieces = [piece for piece in week.pieces(actor, [actor.space])[actor.space.pk] if isinstance(piece, WeekPiece)]
    found = []
    for part in WeekPart:
        mine: list[Piece] = [piece for piece in pieces if piece.part == part]
        if mine:
            found.append(Part(part.name.lower(), part.value, sum(p.count for p in pieces if p.part == part), mine))
    return found
