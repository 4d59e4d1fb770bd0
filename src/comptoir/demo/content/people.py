"""One invented account per role. No name here is that of a person known to the authors."""

from comptoir.demo.content.model import DemoPerson

PEOPLE: tuple[DemoPerson, ...] = (
    DemoPerson(
        "Maëlle",
        "N'Dour-d'Escalès",
        "maelle@comptoir.example",
        "project_lead",
        "Cheffe de projet politique de la ville",
        "agglo",
    ),
    DemoPerson(
        "Yacine",
        "Belcastel",
        "yacine@comptoir.example",
        "facilitator",
        "Médiateur, animateur des comptoirs",
        "carmaux",
    ),
    DemoPerson(
        "Solène",
        "Kaddour-L'Estrade",
        "solene@comptoir.example",
        "referent",
        "Référente du contrat chez le bailleur",
        "bailleur",
    ),
    DemoPerson(
        "Jean-Noël",
        "Puéchagut",
        "jean-noel@comptoir.example",
        "elected_official",
        "Vice-président à la politique de la ville",
        "agglo",
    ),
    DemoPerson(
        "Fatoumata",
        "Rieunaud",
        "fatoumata@comptoir.example",
        "council_member",
        "Conseil citoyen, collège des habitant·es",
    ),
    DemoPerson(
        "Éloïse",
        "Vandenbrück-Maz",
        "eloise@comptoir.example",
        "evaluator",
        "Évaluatrice extérieure, évaluation à mi-parcours",
        "evaluation",
    ),
    DemoPerson(
        "Çağla",
        "Ménardès",
        "cagla@comptoir.example",
        "reader",
        "Chargée de mission, en lecture",
        "caf",
    ),
)
