"""The mid-term evaluation of the invented contract, as it stands in November 2026. All of it is invented."""

from dataclasses import dataclass
from datetime import date

from comptoir.evaluation.enums import College, Confidence, Criterion, Nature, Point, Scope, Verdict

ENDS_ON = date(2027, 10, 15)
NOTES: dict[Point, str] = {
    Point.WHY: "Décider en 2027 de ce que l'on arrête, de ce que l'on garde et de ce que l'on renforce, avec ceux qui"
    " vivent là.",
    Point.STANCE: "Une parole d'habitant pèse autant qu'un tableau. Ce qui ne sert à personne ne se mesure pas.",
    Point.LEFT_OUT: "La rénovation urbaine : elle a son évaluation. Les effets sur l'emploi : trop tôt pour les voir.",
    Point.RETURN: "Une affiche dans chaque hall en juin 2027.\nUne page pour le comité de pilotage d'octobre.\n"
    "Une réunion au pied des tours avant la révision.",
    Point.RESIDENTS: "Ils proposent et choisissent les questions, jugent à part, et lisent le rapport avant les élus.",
    Point.SERVICES: "L'Éducation nationale et la CAF siègent ; on leur demande les effectifs par quartier.",
    Point.LEVERAGE: "La réponse aux signalements, les horaires des permanences, le local partagé.",
}
USES = (
    ("Le comité de pilotage", "réviser les engagements à mi-parcours", date(2027, 10, 15)),
    ("Les conseils citoyens", "préparer leur avis sur la révision", date(2027, 9, 1)),
)
SIGNED_BEFORE = date(2026, 9, 1)


@dataclass(frozen=True, slots=True)
class DemoQuestion:
    """`hands`: hands raised, by college. `judged`: (college, verdict, confidence, reasons, by whom)."""

    text: str
    proposed_by: str
    college: College
    hands: tuple[tuple[College, int], ...] = ()
    criterion: Criterion | None = None
    scope: Scope | None = None
    leverage: int | None = None
    leverage_note: str = ""
    kept: bool = False
    parked: str = ""
    sources: tuple[tuple[Nature, str, str, str, date, str], ...] = ()
    figures: tuple[tuple[str, str, str, str, str], ...] = ()
    note: str = ""
    judged: tuple[tuple[College, Verdict, Confidence, str, str], ...] = ()


QUESTIONS: tuple[DemoQuestion, ...] = (
    DemoQuestion(
        "Quand un locataire signale une panne, obtient-il une réponse et une date ?",
        "Conseil citoyen de Cantepau",
        College.RESIDENTS,
        ((College.RESIDENTS, 21), (College.OFFICIALS, 2), (College.SIGNATORIES, 6)),
        Criterion.EFFECTIVENESS,
        Scope.OUTPUTS,
        3,
        "le bailleur, dès cette année",
        kept=True,
        sources=(
            (
                Nature.FIGURE,
                "Part des signalements répondus sous dix jours",
                "état annuel du bailleur",
                "L'Autanaise d'habitat",
                date(2027, 2, 1),
                "1",
            ),
            (
                Nature.VOICE,
                "Ce que disent les locataires au pied des tours",
                "permanences de l'adulte-relais",
                "Régie de quartier",
                date(2027, 5, 15),
                "4",
            ),
        ),
        figures=(("Part des signalements répondus sous dix jours", "61", "%", "2025", "état annuel du bailleur"),),
        judged=(
            (
                College.SIGNATORIES,
                Verdict.RATHER_YES,
                Confidence.MIDDLE,
                "Six réponses sur dix arrivent à temps ; il y a deux ans, personne ne les comptait.",
                "Groupe technique du 12 novembre",
            ),
            (
                College.RESIDENTS,
                Verdict.NO,
                Confidence.HIGH,
                "La réponse arrive, la réparation non. On nous dit une date, elle passe.",
                "Réunion du conseil citoyen, 14 personnes",
            ),
        ),
    ),
    DemoQuestion(
        "Ceux que l'on consulte savent-ils ce que leur parole est devenue ?",
        "Conseil citoyen de Lapanouse",
        College.RESIDENTS,
        ((College.RESIDENTS, 17), (College.OFFICIALS, 3)),
        Criterion.USEFULNESS,
        Scope.GOVERNANCE,
        3,
        "toute l'équipe du contrat",
        kept=True,
        sources=(
            (
                Nature.FIGURE,
                "Part des lignes de synthèse qui ont reçu une réponse",
                "Comptoir",
                "Rives d'Autan Agglomération",
                date(2027, 3, 1),
                "0.5",
            ),
        ),
        note="Deux des cinq quartiers n'ont encore reçu aucune affiche de réponse.",
    ),
    DemoQuestion(
        "Le contrat a-t-il fait venir des services de droit commun dans les quartiers ?",
        "Préfecture",
        College.SIGNATORIES,
        ((College.SIGNATORIES, 9), (College.OFFICIALS, 4), (College.RESIDENTS, 5)),
        Criterion.COHERENCE,
        Scope.MEANS,
        2,
        "chaque signataire, pour son service",
        kept=True,
    ),
    DemoQuestion(
        "Les jeunes filles trouvent-elles leur place dans les activités ?",
        "Adulte-relais de Carmaux",
        College.RESIDENTS,
        ((College.RESIDENTS, 8),),
        leverage=2,
    ),
    DemoQuestion(
        "Le chômage a-t-il baissé grâce au contrat ?",
        "Un élu de la commission",
        College.OFFICIALS,
        ((College.OFFICIALS, 3),),
        Criterion.IMPACT,
        Scope.IMPACTS,
        0,
        "personne autour de la table, à cette échéance",
        parked="Trop de choses agissent sur le chômage : la réponse ne dirait rien du contrat.",
    ),
)
RECOMMENDATION = (
    "Donner avec chaque réponse le nom de qui répare et le jour, et afficher les retards dans le hall",
    "bailleur", date(2027, 6, 30),
)  # fmt: skip
