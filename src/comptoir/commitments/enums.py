"""Vocabulary of commitments. Outcomes and labels are those of `state`; their French words are here."""

from django.db import models

from comptoir.commitments.state import Label, Missing, News, Outcome


class CommitmentLevel(models.TextChoices):
    """How far a signatory commits itself, from the least to the most (row V4c)."""

    INFORM = "inform", "Informer"
    SHARE_DATA = "share_data", "Mettre à disposition des données"
    MAINSTREAM = "mainstream", "Mobiliser le droit commun"
    COFUND = "cofund", "Cofinancer"
    ADAPT = "adapt", "Adapter sa politique"
    EVALUATE = "evaluate", "Évaluer ensemble"


class MeansKind(models.TextChoices):
    """Mainstream policy, or credits that exist for the neighbourhoods only."""

    MAINSTREAM = "mainstream", "Droit commun"
    SPECIFIC = "specific", "Crédits spécifiques"


class MeansUnit(models.TextChoices):
    EURO = "euro", "€"
    FTE = "fte", "ETP"
    OFFER = "offer", "offre"


class ProofKind(models.TextChoices):
    DOCUMENT = "document", "Document"
    FIGURE = "figure", "Chiffre"
    PHOTO = "photo", "Photo"
    LINK = "link", "Lien"


class DecidedOutcome(models.TextChoices):
    """What a body can decide: never that a commitment is kept."""

    AMENDED = Outcome.AMENDED.value, "Modifié"
    DROPPED_BY_AGREEMENT = Outcome.DROPPED_BY_AGREEMENT.value, "Abandonné d'un commun accord"
    NOT_DONE = Outcome.NOT_DONE.value, "Non réalisé"


class ProposalState(models.TextChoices):
    """What a person made of a passage of a contract that seems to commit someone."""

    WAITING = "todo", "à relire"
    TAKEN = "taken", "devenue un engagement"
    LEFT = "left", "laissée de côté"


class CheckInAnswer(models.TextChoices):
    """The four buttons of « Où en est-on ? »."""

    DONE = "done", "C'est fait"
    ONGOING = "ongoing", "En cours"
    STUCK = "stuck", "Ça coince"
    OBSOLETE = "obsolete", "Plus d'actualité"


class Channel(models.TextChoices):
    """How a check-in came."""

    LINK = "link", "par le lien reçu"
    ACCOUNT = "account", "depuis son compte"
    PHONE = "phone", "au téléphone, saisi par l'équipe"
    PAPER = "paper", "sur papier, saisi par l'équipe"
    MEETING = "meeting", "en réunion, saisi par l'équipe"


class Delivery(models.TextChoices):
    """What became of a check-in request. FAILED: « non joint », which says nothing of the signatory.

    BY_HAND: nobody to write to, so it is asked on paper or by telephone. FORWARDED: a colleague answers in its place.
    """

    BY_HAND = "by_hand", "sur papier ou au téléphone"
    QUEUED = "queued", "à envoyer"
    SENT = "sent", "envoyée"
    FAILED = "failed", "non joint"
    FORWARDED = "forwarded", "transmise à un collègue"
    CANCELLED = "cancelled", "annulée"


class PromiseFate(models.TextChoices):
    OPEN = "open", "en cours"
    KEPT = "kept", "tenue"
    WITHOUT_FOLLOW_UP = "without_follow_up", "sans suite à ce jour"


LABELS = {
    Label.KEPT: "tenu",
    Label.PARTLY_KEPT: "tenu en partie",
    Label.ONGOING: "en cours",
    Label.AMENDED: "modifié",
    Label.TO_SPECIFY: "à préciser",
    Label.OVERDUE: "échéance passée",
    Label.DROPPED_BY_AGREEMENT: "abandonné d'un commun accord",
    Label.NOT_DONE: "non réalisé",
}
NEWS = {
    News.NOT_ASKED: "pas encore demandé",
    News.HEARD: "nouvelles du",
    News.WAITING: "demandé le",
    News.SILENT: "sans nouvelles depuis le",
    News.UNREACHED: "non joint",
}
MISSING = {
    Missing.REFERENT: "un référent",
    Missing.DUE_DATE: "une échéance",
    Missing.MEASURE: "une mesure",
    Missing.EXPECTED_PROOF: "une pièce attendue",
}
