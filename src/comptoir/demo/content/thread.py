"""How the invented agglomeration's thread is tied: objectives that cite what was said, commitments that answer it."""

CITED: dict[str, tuple[str, ...]] = {
    "Dire à chaque locataire, sous dix jours, ce qui sera fait et quand": (
        "Se renvoyer la balle entre mairie, agglo et bailleur", "Se renvoyer la balle mairie / agglo / bailleur",
    ),
    "Ouvrir un local partagé à Cantepau": (
        "La salle fermée le soir, quand on peut venir", "Avoir la salle le samedi sans 15 papiers à remplir",
    ),
    "Répondre à chaque comptoir dans les trois mois": (
        "encore un questionnaire, et après ?", "Un panneau dans chaque hall : ce qui est décidé, par qui",
    ),
}  # fmt: skip
"""Objective → words said."""

ANSWERED: dict[str, tuple[str, ...]] = {
    "Répondre sous dix jours à chaque signalement de panne, par un message au locataire": (
        "Se renvoyer la balle entre mairie, agglo et bailleur",
        "Faire venir le bailleur dans l'ascenseur en panne. Avec nous dedans.",
    ),
    "Ouvrir un local partagé au pied de la tour 4 de Cantepau": (
        "Le café du mardi, à garder", "La salle fermée le soir, quand on peut venir",
    ),
    "Répondre par écrit à chaque comptoir, dans les trois mois": (
        "Un panneau dans chaque hall : ce qui est décidé, par qui",
    ),
}  # fmt: skip
"""Commitment → words said."""

UNRELATED: dict[str, tuple[str, ...]] = {
    "Tenir une permanence d'accès aux droits par quartier, chaque quinzaine": (
        "Arrêter la permanence du samedi, personne vient",
    ),
}
"""Commitment → words that somebody said it does not answer."""
