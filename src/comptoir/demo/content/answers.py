"""What was answered to the comptoirs that are published. All of it is invented."""

from dataclasses import dataclass
from datetime import date

COMMITTEE = "le comité de pilotage"
JUNE, OCTOBER = date(2026, 6, 18), date(2026, 10, 8)


@dataclass(frozen=True, slots=True)
class DemoAnswer:
    """The same decision for `lines` (as they were written). `commitment`: the start of one that it led to."""

    lines: tuple[str, ...]
    kind: str
    reasons: str
    decided_by: str = COMMITTEE
    decided_on: date = JUNE
    commitment: str = ""
    published: bool = True


ANSWERS: tuple[DemoAnswer, ...] = (
    DemoAnswer(
        ("Le café du mardi, à garder", "Le café du mardi au pied des immeubles"), "adopted",
        "Le café du mardi continue. Un local partagé ouvre au pied de la tour 4 pour l'abriter l'hiver.",
        commitment="Ouvrir un local partagé au pied de la tour 4",
    ),
    DemoAnswer(
        ("promettre et pas tenir", "encore un questionnaire, et après ?"), "adopted",
        "Chaque comptoir reçoit une réponse écrite dans les trois mois, même quand c'est non.",
        decided_by="la Ville d'Albi", commitment="Répondre par écrit à chaque comptoir",
    ),
    DemoAnswer(
        ("La tablée de juin, à refaire dans chaque quartier",), "adapted",
        "Une tablée chaque été à Carmaux, où des habitants la portent. Ailleurs, quand une équipe se présente.",
        commitment="Refaire chaque été la grande tablée",
    ),
    DemoAnswer(
        ("Un panneau dans chaque hall : ce qui est décidé, par qui",), "adapted",
        "Une affiche dans les halls, avec un code QR, plutôt qu'un panneau vissé : elle change à chaque comité.",
        decided_by="L'Autanaise d'habitat", decided_on=OCTOBER,
    ),
    DemoAnswer(
        ("un jardin partagé derrière la tour",), "not_now",
        "Le terrain est en travaux jusqu'à l'été 2027. On en reparle au comptoir d'automne 2027, date à l'appui.",
        decided_by="la Ville d'Albi",
    ),
    DemoAnswer(
        ("Une cagnotte de quartier, votée à main levée",), "no",
        "Une cagnotte en liquide n'est pas permise à une collectivité. Le fonds de participation des habitants fait le "
        "même usage, avec un vote.",
    ),
    DemoAnswer(
        ("La salle fermée le soir, quand on peut venir",), "adopted",
        "La salle ouvre deux soirs par semaine à partir de janvier, avec un gardien.", decided_by="la Ville d'Albi",
        decided_on=OCTOBER, published=False,
    ),
)  # fmt: skip
WELCOME = (
    "Ici, ce que vous nous avez dit, et ce qui en est fait : décidé, par qui, pour quand. Et quand c'est non, pourquoi."
)
WHERE_TO_SPEAK = (
    "Tous les mardis à 14 h, café au pied de la tour 4 à Cantepau. Ou à l'accueil de la maison de quartier."
)
