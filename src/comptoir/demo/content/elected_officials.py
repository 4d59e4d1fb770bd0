"""The comptoir about elected officials: one table of professionals, one of residents. All words are invented."""

from comptoir.analysis.synthesis.model import ColumnKind, Subject
from comptoir.demo.content.model import DAY_2026, LABELS, PLACE_2026, DemoComptoir, DemoGroup, Speaker, table

_I, _T, _P, _N = ColumnKind.INTEREST, ColumnKind.TRY, ColumnKind.PITFALL, ColumnKind.INVENTION

_TABLE_4 = table(
    "Table 4",
    Speaker.PROFESSIONAL,
    (
        ("e01", _I, 2, "1 coup de fil d'élu·e débloque ce qui nous prend 6 mois"),
        ("e02", _I, 1, "Arbitrer quand les services ne sont pas d'accord"),
        ("e03", _I, 3, "Faire le lien avec les autres délégations (sport, écoles, voirie)"),
        ("e04", _I, 1, "Défendre le contrat au conseil, avec des mots simples"),
        ("e05", _I, 1, "sport + écoles + voirie : qu'ils se parlent entre délégations"),
        ("e06", _I, 1, "continuité d'un mandat à l'autre ???"),
        ("e07", _T, 2, "Un duo élu·e / technicien·ne par quartier"),
        ("e08", _T, 3, "Une fiche d'1 page avant chaque COPIL"),
        ("e09", _T, 1, "La tournée de rentrée avec les nouveaux élu·es (2026 = que des nouveaux !)"),
        ("e10", _T, 1, "Note courte avant le copil, 1 page MAX"),
        ("e11", _T, 1, "Demi-journée dans les quartiers pour accueillir les nouveaux élus"),
        ("e12", _P, 2, "L'élu·e qui promet en réunion publique sans en parler aux services"),
        ("e13", _P, 1, "Inaugurer et disparaître"),
        ("e14", _P, 1, "Annonces faites sans les services → c'est nous qui ramassons"),
        ("e15", _P, 1, "Tout repose sur une seule personne. Le jour où elle part…"),
        ("e16", _P, 2, "Délégation politique de la ville = vue comme une sous-délégation"),
        ("e17", _P, 1, "Les laisser seul·es devant la colère"),
        ("e18", _P, 1, "pol ville vue comme une petite délégation, pas prioritaire"),
        ("e19", _N, 2, "Réunion sans estrade, chaises en rond"),
        ("e20", _N, 2, "Réponse écrite aux questions des habitant·es sous 30 jours"),
        ("e21", _N, 1, "Parrainage : 1 quartier = 1 élu·e d'une autre délégation"),
        ("e22", _N, 1, "Pas de portable des élu·es sur les affiches, ils ne tiendront pas"),
        ("e23", _N, 1, "Une affiche « qui décide quoi » (même nous on hésite)"),
    ),
)

_TABLE_5 = table(
    "Table 5",
    Speaker.RESIDENT,
    (
        ("e24", _I, 1, "qu'ils voient comment on vit, pas en photo"),
        ("e25", _I, 2, "Voir le quartier autrement que par la vitre de la voiture"),
        ("e26", _I, 1, "Mettre un visage sur un nom"),
        ("e27", _I, 1, "Ils ont le dernier mot alors autant qu'ils comprennent"),
        ("e28", _I, 1, "comprendre qui décide : la ville ou l'agglo ?"),
        ("e29", _T, 2, "La permanence au marché, là on ose"),
        ("e30", _T, 1, "garder la permanence du samedi au marché"),
        ("e31", _T, 1, "Arrêter la permanence du samedi, personne vient"),
        ("e32", _T, 1, "Le pot de rentrée : on a discuté sans micro"),
        ("e33", _P, 4, "Venir que pour la photo"),
        ("e34", _P, 1, "on les voit quand y a le journaliste"),
        ("e35", _P, 1, "promettre et pas tenir"),
        ("e36", _P, 1, "Les discours de 40 min. Nous on avait des questions"),
        ("e37", _P, 1, "ils parlent longtemps et après y a plus le temps pr les questions"),
        ("e38", _P, 3, "Se renvoyer la balle mairie / agglo / bailleur"),
        ("e39", _P, 1, "« c'est pas nous c'est l'agglo » et l'agglo dit c'est pas nous"),
        ("e40", _N, 1, "Vis ma vie : l'élu prend le bus, fait la queue, récupère les petits à 16h30"),
        ("e41", _N, 2, "Échanger les places : nous sur l'estrade, eux dans la salle"),
        ("e42", _N, 1, "Une réponse dans le mois. Même non. Mais une réponse"),
        ("e43", _N, 1, "le portable des élu·es sur les affiches du hall"),
    ),
)

ELECTED_OFFICIALS = DemoComptoir(
    key="elected-officials-2026",
    subject=Subject.ELECTED_OFFICIALS,
    title="Élus",
    held_on=DAY_2026,
    place=PLACE_2026,
    question="Qu'attend-on des élu·es, et comment leur faciliter la tâche ?",
    labels=LABELS,
    notes=_TABLE_4 + _TABLE_5,
    groups=(
        DemoGroup(("e03", "e05"), "Faire travailler ensemble les délégations concernées par les quartiers."),
        DemoGroup(("e24", "e25")),
        DemoGroup(("e08", "e10")),
        DemoGroup(("e09", "e11"), "Accueillir les nouveaux élu·es par une visite des quartiers."),
        DemoGroup(("e29", "e30")),
        DemoGroup(("e12", "e14"), "Ne rien annoncer en public sans l'avoir vérifié avec les services."),
        DemoGroup(("e13", "e33", "e34"), "Une présence limitée aux inaugurations et à la presse."),
        DemoGroup(("e36", "e37")),
        DemoGroup(("e38", "e39"), "Chaque institution renvoie vers une autre : personne ne répond."),
        DemoGroup(("e20", "e42"), "S'engager à répondre par écrit sous un mois, y compris par un refus."),
    ),
    apart=(
        ("e30", "e31"),
        ("e22", "e43"),
    ),
)
