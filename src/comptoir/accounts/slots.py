"""What higher rooms may show on the pages of this one, and of those above that everybody shares."""

from dataclasses import dataclass
from enum import StrEnum

from comptoir.accounts.models import Actor
from comptoir.kit.slots import Piece, Slot
from comptoir.spaces.models import Space

space_settings: Slot[Actor, Space] = Slot(
    "space_settings", "Under the look of a space: the other things that are decided for it, as lines of a list."
)

first_steps: Slot[Actor, Space] = Slot(
    "first_steps", "For whoever leads a space that has just opened: what to do first, done or not, as lines of a list."
)

listening: Slot[Actor, Space] = Slot(
    "listening", "On the page of the comptoirs: the other ways of hearing people, as links of its menu."
)


class WeekPart(StrEnum):
    """The parts of « Ma semaine », in their order; the value is the heading."""

    REPLIES = "Réponses reçues"
    CALLS = "À appeler"
    DUE = "Échéances sous 30 jours"
    MEETING = "Préparer la réunion"
    FIGURES = "Chiffres à saisir"
    RESIDENTS = "Habitants à qui répondre"


@dataclass(frozen=True, slots=True)
class WeekPiece(Piece):
    """What a room has to say under one of the headings. `count`: how many things wait, beside the heading."""

    part: WeekPart = WeekPart.REPLIES
    count: int = 0


week: Slot[Actor, Space] = Slot(
    "week",
    "« Ma semaine » of the team: WeekPieces alone, under their headings; a part that nobody fills is not shown.",
)
