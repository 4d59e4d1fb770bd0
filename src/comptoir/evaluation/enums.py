"""The words of an evaluation. The points of the framing are ours; what each asks is docs/concepts/evaluation.md."""

from django.db import models


class Kit(models.TextChoices):
    LIGHT = "light", "léger"
    FULL = "full", "complet"


class Heading(models.TextChoices):
    PURPOSE = "purpose", "À quoi sert cette évaluation"
    SHARING = "sharing", "À qui et quand en rendre compte"
    PEOPLE = "people", "Qui y prend part"
    MEANS = "means", "Avec quels moyens"
    METHOD = "method", "Comment s'y prendre"


class Point(models.TextChoices):
    """What the framing asks, in order. The label is the question."""

    WHY = "why", "Pourquoi évaluer, en une ou deux phrases ?"
    STANCE = "stance", "À quoi tient-on, quel est notre parti pris ?"
    SCOPE = "scope", "Sur quoi porte le regard ?"
    LEFT_OUT = "left_out", "Qu'est-ce qu'on laisse de côté, et pourquoi ?"
    USES = "uses", "Qui se servira des résultats, pour quoi, pour quand ?"
    SKILLS = "skills", "Qu'est-ce que chacun va apprendre en évaluant ?"
    RETURN = "return", "À qui rend-on compte, sous quelle forme, à quels moments ?"
    LESSONS = "lessons", "Que veut-on garder pour le prochain contrat ?"
    RESIDENTS = "residents", "Quelle place pour les habitants, jusqu'au jugement ?"
    SERVICES = "services", "Quels services de droit commun, avec quel siège et quelles données ?"
    SIGNATORIES = "signatories", "Comment chaque signataire s'évalue-t-il ?"
    OFFICIALS = "officials", "Qu'attendent les élus, et que leur demande-t-on de décider ?"
    OUTSIDE = "outside", "Quel regard extérieur ?"
    BUDGET = "budget", "Combien d'argent et de jours ?"
    SUPPLIERS = "suppliers", "Qui fournit des données, à quelles conditions ?"
    BODIES = "bodies", "Quelle instance suit l'évaluation ?"
    PAST = "past", "De quels bilans déjà faits peut-on se servir ?"
    LEVERAGE = "leverage", "Où a-t-on vraiment prise ?"
    DEPTH = "depth", "Jusqu'où aller, pour nos quartiers ?"
    TOGETHER = "together", "Comment construire les questions et le jugement avec les habitants ?"
    MOOD = "mood", "Qu'est-ce qui rendra le travail agréable ?"


H = Heading
POINTS: dict[Heading, tuple[Point, ...]] = {
    H.PURPOSE: (Point.WHY, Point.STANCE, Point.SCOPE, Point.LEFT_OUT, Point.USES, Point.SKILLS),
    H.SHARING: (Point.RETURN, Point.LESSONS),
    H.PEOPLE: (Point.RESIDENTS, Point.SERVICES, Point.SIGNATORIES, Point.OFFICIALS, Point.OUTSIDE),
    H.MEANS: (Point.BUDGET, Point.SUPPLIERS, Point.BODIES, Point.PAST),
    H.METHOD: (Point.LEVERAGE, Point.DEPTH, Point.TOGETHER, Point.MOOD),
}
LIGHT = frozenset(
    {Point.WHY, Point.SCOPE, Point.LEFT_OUT, Point.USES, Point.RETURN, Point.RESIDENTS, Point.BUDGET, Point.LEVERAGE}
)
HINTS: dict[Point, str] = {
    Point.WHY: "Par exemple : décider en 2027 de ce que l'on arrête, de ce que l'on renforce.",
    Point.STANCE: "Ce que l'on refuse de sacrifier : la parole des habitants, la simplicité, l'utilité.",
    Point.LEFT_OUT: "Dire ce que l'on ne regarde pas évite les malentendus à la fin.",
    Point.SKILLS: "Mener un entretien, lire un tableau, animer une restitution : les rôles tournent.",
    Point.RETURN: "Un moment, un public, une forme : affiche au marché, page pour le comité, réunion sur place.",
    Point.RESIDENTS: "Proposer, choisir, recueillir, juger : dire à quelle étape et comment.",
    Point.SERVICES: "Nommer le service, qui siège, et ce qu'on lui demande de fournir.",
    Point.SUPPLIERS: "Finalité, base légale, seuil en dessous duquel rien n'est montré, durée de conservation.",
    Point.LEVERAGE: "Sur quoi les signataires peuvent agir d'ici la fin du contrat.",
    Point.DEPTH: "Un seul quartier, une demi-personne : trois questions suffisent.",
    Point.MOOD: "Paris sur les résultats, repas, mur de remerciements.",
}


class Scope(models.TextChoices):
    MEANS = "means", "les moyens mobilisés"
    GOVERNANCE = "governance", "la façon de travailler ensemble"
    OUTPUTS = "outputs", "ce qui a été fait"
    OUTCOMES = "outcomes", "ce que cela a changé pour les personnes"
    IMPACTS = "impacts", "ce que cela a changé pour le quartier"


class Criterion(models.TextChoices):
    RELEVANCE = "relevance", "pertinence : cela répond-il aux besoins ?"
    COHERENCE = "coherence", "cohérence : cela va-t-il ensemble ?"
    EFFECTIVENESS = "effectiveness", "efficacité : les objectifs sont-ils atteints ?"
    EFFICIENCY = "efficiency", "efficience : à quel coût ?"
    IMPACT = "impact", "impact : qu'est-ce que cela change ?"
    LASTING = "lasting", "durabilité : cela restera-t-il ?"
    USEFULNESS = "usefulness", "utilité : cela sert-il à ceux qui vivent là ?"


class College(models.TextChoices):
    RESIDENTS = "residents", "habitants"
    OFFICIALS = "officials", "élus"
    SIGNATORIES = "signatories", "signataires"
    OUTSIDE = "outside", "regard extérieur"


class QuestionStatus(models.TextChoices):
    PROPOSED = "proposed", "proposée"
    KEPT = "kept", "retenue"
    PARKED = "parked", "mise de côté"


class Leverage(models.IntegerChoices):
    NONE = 0, "0 : personne ici n'y peut rien"
    LITTLE = 1, "1 : un peu, avec d'autres"
    SOME = 2, "2 : oui, avec un accord à trouver"
    FULL = 3, "3 : oui, les signataires suffisent"


class Nature(models.TextChoices):
    FIGURE = "figure", "un chiffre"
    VOICE = "voice", "une parole"


class FindingKind(models.TextChoices):
    FIGURE = "figure", "un chiffre"
    SURVEY = "survey", "les réponses à une enquête"
    VOICE = "voice", "ce qui a été dit"
    COMMITMENT = "commitment", "un engagement"
    DOCUMENT = "document", "un document"
    NOTE = "note", "une observation"


class Verdict(models.TextChoices):
    YES = "yes", "oui"
    RATHER_YES = "rather_yes", "plutôt oui"
    RATHER_NO = "rather_no", "plutôt non"
    NO = "no", "non"
    UNKNOWN = "unknown", "on ne peut pas dire"


class Confidence(models.TextChoices):
    LOW = "low", "faible"
    MIDDLE = "middle", "moyenne"
    HIGH = "high", "forte"


class UseFate(models.TextChoices):
    OPEN = "open", "à venir"
    USED = "used", "a servi"
    PARTLY = "partly", "a servi en partie"
    UNUSED = "unused", "n'a pas servi"


class Moment(models.TextChoices):
    """The key moments at which an evaluation is frozen, to be given back."""

    FRAMED = "framed", "cadrage signé"
    MIDTERM = "midterm", "à mi-parcours"
    REPORT = "report", "rapport adopté"
    FREE = "free", "autre moment"


class Item(models.TextChoices):
    """What every signatory answers about itself, once a year. The label is the sentence, said in its own name."""

    KEPT = "kept", "Ce que nous avions promis, nous l'avons fait, ou nous avons dit pourquoi."
    TOGETHER = "together", "Nous avons travaillé avec les autres signataires avant de décider."
    RESIDENTS = "residents", "Ce que des habitants nous ont dit a changé quelque chose à ce que nous faisons."
    OWN_MEANS = "own_means", "Nous avons d'abord mobilisé nos moyens de tous les jours, puis l'argent du contrat."
    CHANGE = "change", "Nous savons ce que nous devons changer, et nous avons commencé."


SHORT = {
    Item.KEPT: "Tenir ses engagements",
    Item.TOGETHER: "Travailler ensemble",
    Item.RESIDENTS: "Place des habitants",
    Item.OWN_MEANS: "Droit commun d'abord",
    Item.CHANGE: "Ce qu'il faut changer",
}


class Step(models.IntegerChoices):
    """Four steps, and no middle: one leans to a side."""

    NO = 0, "non"
    RATHER_NO = 1, "plutôt non"
    RATHER_YES = 2, "plutôt oui"
    YES = 3, "oui"


class LessonKind(models.TextChoices):
    KEEP = "keep", "à garder"
    CHANGE = "change", "à changer"
    STOP = "stop", "à ne plus faire"


class LearningStep(models.TextChoices):
    """The steps of an evaluation at which people learn something."""

    FRAMING = "framing", "cadrer"
    QUESTIONS = "questions", "choisir les questions"
    COLLECTING = "collecting", "recueillir et compter"
    JUDGING = "judging", "juger et recommander"
    GIVING = "giving", "rendre"
