"""The text of the invented contract, of which some passages commit someone. All of it is invented."""

NAME = "contrat-de-ville-2024-2030.odt"
HEADINGS_AND_TEXTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Vivre mieux au pied de chez soi",
        (
            "À Cantepau, deux habitants sur cinq disent ne pas savoir à qui signaler une panne.",
            "Le bailleur s'engage à afficher dans chaque hall le nom et la ligne directe du gardien avant juin 2027.",
            "L'agglomération financera deux postes de médiation de nuit, pour 84 000 € par an.",
            "Les habitants demandent aussi des bancs et de l'ombre.",
        ),
    ),
    (
        "Grandir et se former",
        (
            "Le Département prend l'engagement de maintenir trois travailleurs sociaux de secteur jusqu'à fin 2028.",
            "Les signataires s'engagent à transmettre leurs données de suivi au T1 2027.",
            "France Travail tiendra une permanence par semaine à la maison de quartier dès la rentrée 2026.",
        ),
    ),
    (
        "Se répondre",
        (
            "Les signataires pourraient se retrouver plus souvent, si les moyens le permettent.",
            "La préfecture désignera un contact unique pour la tranquillité publique d'ici fin 2026.",
        ),
    ),
)
