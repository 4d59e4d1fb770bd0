"""Vocabulary of the observatory."""

from django.db import models

from comptoir.analysis.indicators import Direction as _Direction
from comptoir.analysis.indicators import Kind, Mark, PlaceKind


class IndicatorKind(models.TextChoices):
    """What a figure is: only numbers and amounts may add up."""

    COUNT = Kind.COUNT.value, "Nombre"
    AMOUNT = Kind.AMOUNT.value, "Montant"
    RATIO = Kind.RATIO.value, "Part"
    MEDIAN = Kind.MEDIAN.value, "Médiane, quartile ou décile"
    INDEX = Kind.INDEX.value, "Indice"


class Direction(models.TextChoices):
    """Which way is better."""

    UP = _Direction.UP.value, "Mieux quand il monte"
    DOWN = _Direction.DOWN.value, "Mieux quand il baisse"
    NONE = _Direction.NONE.value, "Ni l'un ni l'autre"


class Territory(models.TextChoices):
    """The kinds of territories that figures speak of."""

    NEIGHBOURHOOD = PlaceKind.NEIGHBOURHOOD.value, "Quartier prioritaire"
    COMMUNE = PlaceKind.COMMUNE.value, "Commune"
    EPCI = PlaceKind.EPCI.value, "Intercommunalité"
    DEPARTMENT = PlaceKind.DEPARTMENT.value, "Département"
    REGION = PlaceKind.REGION.value, "Région"
    EMPLOYMENT_ZONE = PlaceKind.EMPLOYMENT_ZONE.value, "Zone d'emploi"
    FRANCE = PlaceKind.FRANCE.value, "France"
    ALL_NEIGHBOURHOODS = PlaceKind.ALL_NEIGHBOURHOODS.value, "Ensemble des quartiers prioritaires"
    LOCAL_AREA = PlaceKind.LOCAL_AREA.value, "Secteur de l'espace"
    SPACE = PlaceKind.SPACE.value, "Ensemble du territoire"


class Said(models.TextChoices):
    """What a source says of a value besides its number."""

    NONE = Mark.NONE.value, ""
    ESTIMATED = Mark.ESTIMATED.value, "estimé"
    PROVISIONAL = Mark.PROVISIONAL.value, "provisoire"
    SECRET = Mark.SECRET.value, "secret statistique de la source"
    NOT_AVAILABLE = Mark.NOT_AVAILABLE.value, "non disponible"
    NOT_SIGNIFICANT = Mark.NOT_SIGNIFICANT.value, "non significatif"
    UNSAID = Mark.UNSAID.value, "non publié par la source"


class Release(models.TextChoices):
    """Why a value may leave, or not. NEW: not protected yet, so it does not leave. See docs/concepts/observatory.md."""

    NEW = "new", "en cours de vérification"
    SHOWN = "shown", ""
    NOTHING = "nothing", ""
    SMALL = "small", "moins de {threshold} {unit}"
    PROTECTS = "protects", "masqué pour protéger une autre case"
    DOMINATED = "dominated", "un contributeur domine ce montant"
    NO_BASE = "no_base", "l'effectif n'est pas donné : on ne peut pas vérifier le secret"
    WHOLE = "whole", "ventilation retirée : elle permettrait de retrouver un petit nombre"
