"""Reviews of actions of the invented contract, as its team had them in a spreadsheet. All of it is invented."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class DemoReview:
    """`neighbourhood`: its rank in the space, None for all of them. `money` in euros, 0 where it is not said."""

    action: str
    year: int
    neighbourhood: int | None
    bearer: str
    money: int
    reached: int | None
    noted: str = ""


REVIEWS = (
    DemoReview(
        "Permanences d'accès aux droits", 2025, 0, "Régie de quartier", 18_000, 212,
        "La CAF est venue un mardi sur deux, de septembre à juin ; en juillet, personne. On revient quand c'est"
        " la même personne qui reçoit.",
    ),
    DemoReview(
        "Permanences d'accès aux droits", 2024, 0, "Régie de quartier", 16_500, 148,
        "Une permanence sur trois annulée, faute d'agent.",
    ),
    DemoReview("Soutien à la parentalité", 2025, 1, "Centre social", 9_200, 64, "Les pères viennent le samedi."),
    DemoReview("Soutien à la parentalité", 2024, 1, "Centre social", 9_200, 58),
    DemoReview(
        "Atelier vélo des filles", 2025, 2, "Roue libre", 3_400, 9,
        "Neuf inscrites, pas une de plus : c'est l'heure des devoirs.",
    ),
    DemoReview("Jardin au pied des tours", 2025, 3, "Terre d'Autan", 5_000, 87, "Le point d'eau a été posé en mai."),
    DemoReview("Jardin au pied des tours", 2024, 3, "Terre d'Autan", 6_100, 70),
    DemoReview("Aide aux devoirs", 2025, 4, "Centre social", 12_000, 45, "Les places manquent dès octobre."),
    DemoReview("Aide aux devoirs", 2024, 4, "Centre social", 11_000, 41),
    DemoReview("Bus des services publics", 2025, None, "Agglomération", 42_000, 530, "Deux services y montent."),
    DemoReview("Fête des quartiers", 2024, None, "Collectif des associations", 7_500, None, "On n'a pas compté."),
)  # fmt: skip
# Who, when, the steps in the order of the five sentences (None: not answered), a line for the first one.
SELF_SEEN = (
    ("agglo", date(2026, 11, 12), (2, 2, 1, 1, 2), "Deux engagements ont glissé d'un an, nous l'avons dit en juin."),
    ("bailleur", date(2026, 11, 13), (2, 1, 1, 3, 2), "Les réponses partent, les réparations suivent moins vite."),
    ("prefecture", date(2026, 11, 13), (3, 3, 2, 1, 1), ""),
    ("caf", date(2026, 11, 16), (1, 2, None, 3, 2), "La permanence n'a pas tenu l'été."),
    ("agglo", date(2025, 11, 6), (1, 2, 0, 1, 1), ""),
    ("bailleur", date(2025, 11, 7), (1, 1, 1, 2, 1), ""),
)  # fmt: skip
# What residents said has changed: far from the figure for one, too few to be shown for the other.
FELT: tuple[dict[str, Any], ...] = (
    {
        "better": 6, "same": 9, "worse": 23, "since": 2024, "gathered_on": date(2026, 10, 9),
        "whence": "Comptoir d'octobre, question posée à main levée",
    },
    {
        "better": 1, "same": 4, "worse": 2, "since": 2024, "gathered_on": date(2026, 6, 18),
        "whence": "Porte-à-porte de juin",
    },
)  # fmt: skip
