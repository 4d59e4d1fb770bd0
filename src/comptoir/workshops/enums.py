"""Vocabulary of comptoirs, imports and syntheses."""

from django.db import models


class Layout(models.TextChoices):
    """BOARD: columns of what was said. OUTLINE: headings and points, nothing counted."""

    BOARD = "board", "tableau"
    OUTLINE = "outline", "plan"


class ImportState(models.TextChoices):
    PREVIEW = "preview", "à vérifier"
    RUNNING = "running", "en cours"
    DONE = "done", "importé"
    VOID = "void", "annulé"


class VersionState(models.TextChoices):
    VALIDATED = "validated", "relue"
    PUBLISHED = "published", "publiée"
