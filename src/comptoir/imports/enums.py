"""Where an import stands, and what a row of it does."""

from django.db import models


class BatchState(models.TextChoices):
    PREVIEW = "preview", "à vérifier"
    RUNNING = "running", "en cours"
    DONE = "done", "fait"
    VOID = "void", "annulé"


class Outcome(models.TextChoices):
    CREATED = "created", "créée"
    CHANGED = "changed", "modifiée"
    SAME = "same", "inchangée"
    REFUSED = "refused", "refusée"
    LEFT = "left", "laissée de côté"
