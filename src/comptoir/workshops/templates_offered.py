"""The templates that every space is offered, and how those of a space join them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comptoir.analysis.synthesis.labels import kind_of
from comptoir.spaces.models import Space
from comptoir.voices.enums import HeadingKind, Subject
from comptoir.workshops.models import ComptoirTemplate

OWN = "propre-"
MOST = 100  # of a space, in a list to choose from


@dataclass(frozen=True, slots=True)
class Offered:
    """`key` names it in a form. `columns`: subject -> labels, for the subjects that have columns of their own."""

    key: str
    title: str
    questions: tuple[str, ...]
    columns: Mapping[str, Sequence[str]]
    code: str = ""

    def columns_for(self, subject: Subject) -> list[tuple[HeadingKind, str]]:
        """The columns of a board about this subject; none: the usual ones."""
        return [(HeadingKind(kind_of(label)), label) for label in self.columns.get(subject, ())]

    @property
    def shown_columns(self) -> list[tuple[str, str]]:
        return [(Subject(subject).label, ", ".join(labels)) for subject, labels in self.columns.items() if labels]


SHIPPED = (
    Offered(
        "apres-signature",
        "Après la signature",
        (
            "Le contrat est signé : qui continue de travailler avec qui, et à quelle occasion ?",
            "Qu'est-ce qui risque de s'arrêter si personne n'y veille ?",
            "À quoi verrons-nous, dans un an, que nous coopérons encore ?",
        ),
        {
            "residents": ("Intérêt", "Essai à transformer", "Pièges à éviter", "Invention à tester"),
            "elected_officials": ("Intérêt", "Essai à transformer", "Pièges à éviter", "Invention à tester"),
            "signatories": ("Qui ?", "Intérêt", "Essai à transformer", "Pièges à éviter", "Invention à tester"),
        },
    ),
    Offered(
        "annees-a-venir",
        "Les années à venir",
        (
            "Que voulons-nous essayer, où, et avec qui pour commencer ?",
            "De quoi avons-nous besoin pour que l'essai dure ?",
            "Quand ferons-nous le point pour continuer, changer ou arrêter ?",
        ),
        {
            "residents": ("Essai à transformer", "Invention à tester"),
            "elected_officials": ("Essai à transformer", "Invention à tester"),
            "signatories": ("Qui ?", "Essai à transformer", "Invention à tester"),
        },
    ),
    Offered(
        "pieges-et-outils",
        "Pièges et outils",
        (
            "Qu'avons-nous déjà vu rater, et pourquoi ?",
            "Qu'est-ce qui nous a aidés : une personne, une habitude, un document ?",
            "Quel signe nous avertirait assez tôt ?",
        ),
        {
            "residents": ("Pièges à éviter", "Outils"),
            "elected_officials": ("Pièges à éviter", "Outils"),
            "signatories": ("Qui ?", "Pièges à éviter", "Outils"),
        },
    ),
    Offered(
        "aller-vers",
        "Écouter un quartier",
        (
            "Qu'est-ce qui va bien ici, et qu'il faut garder ?",
            "Qu'est-ce qui vous complique la vie, et depuis quand ?",
            "Si une seule chose changeait cette année, laquelle ?",
        ),
        {"residents": ("Ce qui va bien", "Ce qui complique la vie", "Invention à tester")},
    ),
    Offered(
        "questions-d-evaluation",
        "Construire les questions de l'évaluation",
        (
            "Qu'aimeriez-vous savoir, que personne ne vous a jamais dit ?",
            "Quelle promesse voulez-vous aller vérifier ?",
            "Si la réponse était « non », qui devrait changer quelque chose ?",
        ),
        dict.fromkeys(
            ("residents", "elected_officials", "signatories"),
            ("Ce que l'on veut savoir", "Ce que l'on veut vérifier", "Qui peut agir"),
        ),
    ),
    Offered(
        "groupe-d-habitants",
        "Groupe d'échange avec des habitants",
        (
            "Racontez la dernière fois que cela vous est arrivé.",
            "Qu'est-ce qui a aidé ? Qu'est-ce qui a gêné ?",
            "Qu'est-ce qui est différent d'il y a deux ans ?",
            "Pour qui cela ne marche pas, et qui n'est pas là ?",
            "Si une seule chose changeait, laquelle ?",
        ),
        {"residents": ("Ce qui aide", "Ce qui gêne", "Ce qui a changé", "Une seule chose")},
    ),
    Offered(
        "lire-et-juger",
        "Lire les résultats et juger",
        (
            "Que voyez-vous sur cette feuille, avant de dire ce que vous en pensez ?",
            "Qu'est-ce qui vous étonne ? Qu'est-ce qui manque ?",
            "Que faut-il faire, qui, et pour quand ?",
        ),
        dict.fromkeys(
            ("residents", "elected_officials", "signatories"),
            ("Ce que l'on voit", "Ce qui étonne", "Ce qui manque", "À faire"),
        ),
    ),
)


def of_space(space: Space, key: str = "") -> list[Offered]:
    """Those of the space first (MOST at most, and the one called `key`), then those that everyone has."""
    mine = ComptoirTemplate.objects.offered(space)
    own = list(mine[:MOST])
    if key.startswith(OWN) and not any(one.code == key.removeprefix(OWN) for one in own):
        own += mine.filter(code=key.removeprefix(OWN))
    return [*(offered(one) for one in own), *SHIPPED]


def offered(own: ComptoirTemplate) -> Offered:
    questions = tuple(line.strip() for line in own.questions.splitlines() if line.strip())
    return Offered(OWN + own.code, own.title, questions, own.columns, own.code)
