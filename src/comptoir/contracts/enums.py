"""Vocabulary of the contract."""

from django.db import models


class Level(models.TextChoices):
    """Where an objective stands in the tree: each level hangs on the one before it."""

    ORIENTATION = "orientation", "Orientation"
    STRATEGIC = "strategic", "Objectif stratégique"
    OPERATIONAL = "operational", "Objectif opérationnel"


class Part(models.TextChoices):
    """What a signatory does on a theme."""

    DECIDES = "decides", "décide"
    FUNDS = "funds", "finance"
    IMPLEMENTS = "implements", "met en œuvre"
    INFORMS = "informs", "informe"


class Stance(models.TextChoices):
    """What a signatory says of a wording."""

    APPROVES = "approves", "d'accord"
    ASKS_CHANGE = "asks_change", "demande un changement"


class BodyKind(models.TextChoices):
    """Bodies that follow a contract; the names that people give them vary."""

    STEERING = "steering", "Comité de pilotage"
    TECHNICAL = "technical", "Comité technique"
    FUNDERS = "funders", "Comité des financeurs"
    PROGRAMMING = "programming", "Comité de programmation"
    THEMATIC = "thematic", "Groupe thématique"
    CITIZENS = "citizens", "Conseil citoyen"
    ASSEMBLY = "assembly", "Assises"
    COUNCIL = "council", "Assemblée élue"
    OTHER = "other", "Autre instance"
