"""Vocabulary of surveys."""

from django.db import models

SCALE = ("Pas du tout", "Plutôt non", "Plutôt oui", "Tout à fait")
CHANGE = ("Mieux", "Pareil", "Moins bien", "Je ne sais pas")
"""The answers of every question on what has changed, in this order: evaluation reads them by rank."""


class QuestionKind(models.TextChoices):
    """How a question is answered. The same codes as comptoir.analysis.surveys.Asks."""

    ONE = "one", "Une seule réponse"
    SEVERAL = "several", "Plusieurs réponses"
    SCALE = "scale", "Une échelle à quatre pas"
    CHANGE = "change", "Mieux, pareil, moins bien"
    PLACE = "place", "Le quartier"
    WORDS = "words", "Des mots libres"


class Channel(models.TextChoices):
    """How an answer came."""

    QR = "qr", "par le QR code"
    LINK = "link", "par le lien"
    PAPER = "paper", "sur papier"


class SurveyState(models.TextChoices):
    """Read from days. OVER: residents no longer answer, papers are still typed. STOPPED: nothing moves any more."""

    DRAFT = "draft", "en préparation"
    OPEN = "open", "ouverte"
    OVER = "over", "finie, comptes à arrêter"
    STOPPED = "stopped", "comptes arrêtés"
