"""Vocabulary of territories."""

from django.db import models

from comptoir.analysis.comparison.lineage import Quality

WHOLE = 0.95


class AreaKind(models.TextChoices):
    """Administrative areas of the code officiel géographique. FORMER_COMMUNE: merged since, still named by files."""

    COMMUNE = "commune", "Commune"
    FORMER_COMMUNE = "former_commune", "Ancienne commune"
    EPCI = "epci", "Intercommunalité"
    EPT = "ept", "Établissement public territorial"
    DEPARTMENT = "department", "Département"
    REGION = "region", "Région"


class Generation(models.IntegerChoices):
    """The year of the list that a priority neighbourhood belongs to."""

    G2015 = 2015, "2015"
    G2024 = 2024, "2024"


class Relation(models.TextChoices):
    """What a 2024 perimeter is to a 2015 one that shares its ground (docs/concepts/comparison.md, « Filiation »)."""

    SAME = "same", "Même périmètre"
    ENLARGED = "enlarged", "Agrandi"
    REDUCED = "reduced", "Réduit"
    PARTLY = "partly", "En partie"

    @classmethod
    def of(cls, share_of_former: float, share_of_latter: float, margin: float, quality: str) -> "Relation":
        if quality == Quality.GOOD:
            return cls.SAME
        if share_of_former >= WHOLE - margin:
            return cls.ENLARGED
        return cls.REDUCED if share_of_latter >= WHOLE - margin else cls.PARTLY


class LocalAreaKind(models.TextChoices):
    """Areas that a territory names for itself."""

    LIVED = "lived", "Quartier vécu"
    POCKET = "pocket", "Poche de pauvreté"
    METROPOLITAN = "metropolitan", "Quartier populaire métropolitain"
    WATCH = "watch", "Quartier en veille active"
    OTHER = "other", "Autre secteur"
