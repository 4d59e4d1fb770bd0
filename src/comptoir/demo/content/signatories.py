"""The comptoir about signatories: a table of professionals, one of residents (conseil citoyen). All invented."""

from comptoir.analysis.synthesis.model import ColumnKind, Subject
from comptoir.demo.content.model import DAY_2026, LABELS, PLACE_2026, DemoComptoir, DemoGroup, Speaker, table

_I, _T, _P, _N = ColumnKind.INTEREST, ColumnKind.TRY, ColumnKind.PITFALL, ColumnKind.INVENTION

_TABLE_6 = table(
    "Table 6",
    Speaker.PROFESSIONAL,
    (
        ("s01", _I, 2, "Additionner nos moyens au lieu de les empiler"),
        ("s02", _I, 3, "Savoir qui appeler"),
        ("s03", _I, 1, "Croiser nos données CAF / bailleur / écoles"),
        ("s04", _I, 1, "mettre nos moyens ensemble au lieu de les empiler"),
        ("s05", _I, 1, "Se voir en vrai, pas en visio"),
        ("s06", _I, 2, "Droit commun d'abord !! les crédits spécifiques après"),
        ("s07", _T, 2, "COTECH courts : 1h, 3 sujets, fini"),
        ("s08", _T, 2, "La visite commune des résidences avec le bailleur (TFPB)"),
        ("s09", _T, 1, "Instruire les dossiers à plusieurs, on gagne 3 semaines"),
        ("s10", _T, 1, "Un trombinoscope tenu à jour"),
        ("s11", _T, 1, "cotech d'1h maxi"),
        ("s12", _T, 1, "Instruire les dossiers chacun de son côté, on gagne du temps"),
        ("s13", _T, 2, "Petit déj' partenaires au centre social de Lentajou"),
        ("s14", _P, 4, "Un·e interlocuteur·ice s'en va et tout repart de zéro"),
        ("s15", _P, 2, "4 réunions la même semaine de novembre"),
        ("s16", _P, 3, "Signer et ne plus revenir"),
        ("s17", _P, 1, "turn-over, aucune passation"),
        ("s18", _P, 1, "Trop d'indicateurs partagés, on ne sait plus quoi regarder"),
        ("s19", _P, 1, "Pas assez d'indicateurs partagés"),
        ("s20", _P, 1, "novembre : tout le monde convoque en même temps"),
        ("s21", _P, 2, "3 portails pour le même dossier !"),
        ("s22", _N, 2, "Un engagement chiffré par signataire et par an. Un seul, mais tenu"),
        ("s23", _N, 1, "Agenda en ligne commun à tous (avec droit de dire non)"),
        ("s24", _N, 1, "Immersion croisée : la CAF chez le bailleur, le bailleur à l'école…"),
        ("s25", _N, 1, "1 signataire = 1 engagement qu'on peut vérifier"),
        ("s26", _N, 1, "vis ma vie entre institutions"),
    ),
)

_TABLE_7 = table(
    "Table 7",
    Speaker.RESIDENT,
    (
        ("s27", _I, 1, "Que les gens sachent à qui s'adresser"),
        ("s28", _I, 2, "que chacun fasse sa part, c'est signé oui ou non"),
        ("s29", _T, 1, "faire le tour des résidences avec le bailleur ET nous"),
        ("s30", _T, 1, "Les inviter au conseil citoyen 2 fois par an, avec du thé"),
        ("s31", _P, 1, "à chaque fois c'est une nouvelle tête, faut tout réexpliquer"),
        ("s32", _P, 1, "ils signent, photo, et hop on les voit plus"),
        ("s33", _P, 1, "Une petite asso remplit 3 fois le même dossier"),
        ("s34", _N, 2, "Qu'ils viennent raconter devant nous ce qu'ils ont fait cette année"),
        ("s35", _N, 1, "Un bulletin de notes pour les signataires (avec les encouragements)"),
        ("s36", _N, 1, "un agenda commun en ligne"),
    ),
)

SIGNATORIES = DemoComptoir(
    key="signatories-2026",
    subject=Subject.SIGNATORIES,
    title="Signataires",
    held_on=DAY_2026,
    place=PLACE_2026,
    question="Qu'est-ce qui fait qu'un signataire reste dans la partie après la signature ?",
    labels=LABELS,
    notes=_TABLE_6 + _TABLE_7,
    groups=(
        DemoGroup(("s01", "s04")),
        DemoGroup(("s07", "s11"), "Des comités techniques d'une heure, centrés sur trois sujets."),
        DemoGroup(("s08", "s29"), "Visiter les résidences ensemble : bailleur, partenaires et habitant·es."),
        DemoGroup(("s14", "s17", "s31"), "Organiser la passation quand un·e interlocuteur·ice change."),
        DemoGroup(("s15", "s20")),
        DemoGroup(("s16", "s32")),
        DemoGroup(("s22", "s25"), "Un engagement vérifiable par signataire et par an."),
        DemoGroup(("s24", "s26")),
    ),
    apart=(
        ("s09", "s12"),
        ("s18", "s19"),
    ),
)
