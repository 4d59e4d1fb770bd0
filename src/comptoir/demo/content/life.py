"""The life of the commitments: news, promises, flags, reviews. People, promises and questions are invented."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DemoNews:
    """What the referent of a signatory said of its first commitment."""

    signatory: str
    told_on: date
    answer: str
    line: str


NEWS: tuple[DemoNews, ...] = (
    DemoNews("emploi", date(2026, 1, 20), "done", "Le forum de Lapanouse a réuni seize employeurs."),
    DemoNews("caf", date(2026, 2, 12), "ongoing", "Deux quartiers sur cinq ont leur permanence."),
    DemoNews(
        "bailleur", date(2026, 3, 5), "ongoing", "Les gardiens sont formés, le message part dès le premier appel."
    ),
    DemoNews("caf", date(2026, 5, 28), "ongoing", "Le calendrier du second semestre est affiché."),
    DemoNews("carmaux", date(2026, 6, 22), "done", "Deux cents convives, comme l'an dernier."),
    DemoNews("agglo", date(2026, 7, 3), "ongoing", "Le marché de travaux est attribué."),
    DemoNews("prefecture", date(2026, 9, 14), "ongoing", "Trois délégués sur cinq sont nommés."),
    DemoNews("albi", date(2026, 10, 9), "ongoing", "La réponse au comptoir d'automne est chez l'imprimeur."),
    DemoNews("education", date(2026, 10, 15), "stuck", "Il manque des entreprises qui accueillent en décembre."),
    DemoNews("agglo", date(2026, 11, 4), "stuck", "Le raccordement électrique attend le gestionnaire du réseau."),
    DemoNews("bailleur", date(2026, 11, 18), "ongoing", "Neuf signalements sur dix ont leur réponse à temps."),
    DemoNews("prefecture", date(2026, 11, 20), "ongoing", "La quatrième lettre de mission est signée."),
)


@dataclass(frozen=True, slots=True)
class DemoPromise:
    """`by`: the role of whoever gave their word and wrote it; empty for someone without an account."""

    by: str
    text: str
    made_on: date
    occasion: str
    due_on: date | None = None
    neighbourhood: str = ""
    published: bool = False
    name: str = ""
    fate: str = ""
    explanation: str = ""
    becomes: str = ""  # the signatory of whose first commitment it has become


PROMISES: tuple[DemoPromise, ...] = (
    DemoPromise("elected_official", "Des bancs à l'ombre dans le square de Cantepau avant l'été", date(2026, 9, 26),
                "Fête de quartier de Cantepau", date(2027, 6, 15), "QN08106M", published=True),
    DemoPromise("elected_official", "Je reviens devant le conseil citoyen avec les chiffres du bus à la demande",
                date(2026, 11, 12), "Conseil citoyen de Cantepau", date(2026, 12, 15), "QN08106M"),
    DemoPromise("referent", "La panne d'ascenseur du 12 sera expliquée aux locataires dans le hall",
                date(2026, 11, 17), "Permanence au pied de la tour 2", date(2026, 12, 4), "QN08107M"),
    DemoPromise("facilitator", "Le café du mardi ouvre aussi le mercredi, pour les parents", date(2026, 10, 6),
                "Comptoir d'automne", date(2026, 11, 30), "QN08109M", published=True, fate="kept",
                explanation="Depuis le 4 novembre, de 14 h à 17 h."),
    DemoPromise("project_lead", "Chaque comptoir aura sa réponse affichée avant les vacances de Noël",
                date(2026, 10, 6), "Comptoir d'automne", date(2026, 12, 18), published=True, becomes="albi"),
    DemoPromise("project_lead", "Un plan des aires de jeux à réparer sera présenté quartier par quartier",
                date(2026, 10, 20), "Marche exploratoire de Lapanouse", date(2027, 2, 26), "QN08108M", published=True),
    DemoPromise("", "Une antenne de mairie rouvre à Rayssac une demi-journée par semaine", date(2026, 6, 24),
                "Réunion publique de Rayssac", date(2026, 10, 1), "QN08107M", name="Un adjoint au maire d'Albi",
                fate="without_follow_up",
                explanation="Le local prévu a été attribué à la crèche. Un autre lieu est cherché avec le bailleur."),
)  # fmt: skip
MOST_OPEN, MOST_OPEN_IN_CANTEPAU = 3, 2


@dataclass(frozen=True, slots=True)
class DemoFlag:
    signatory: str
    text: str
    raised_on: date
    answer: str = ""
    answered_on: date | None = None


FLAGS: tuple[DemoFlag, ...] = (
    DemoFlag("bailleur", "Le message de réponse n'existe qu'en français : est-ce prévu autrement ?", date(2026, 10, 19),
             "Oui : en arabe, en turc et en portugais à partir de janvier, et à voix haute par les gardiens.",
             date(2026, 11, 9)),
    DemoFlag("agglo", "Le chantier du local s'est arrêté à la Toussaint : quand reprend-il ?", date(2026, 11, 13)),
)  # fmt: skip

REVIEWS: tuple[tuple[str, date, str], ...] = (
    ("agglo", date(2026, 5, 12), "Les permanences ont maintenant un calendrier affiché dans les halls."),
    ("albi", date(2026, 9, 15), "L'Éducation nationale et la chambre de commerce se voient avant la Toussaint."),
)
SEEN_ON = date(2026, 11, 10)
