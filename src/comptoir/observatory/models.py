"""Indicators, who supplies them, and their values by territory and vintage.

Public series belong to the instance (`space` is empty), local ones to a space. `Value.value` is what was received;
`Value.released` is what may leave the house, written by `releases.protect` and by nothing else: pages, exports and
charts read that one alone (invariant 5; docs/concepts/observatory.md).
"""

from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comptoir.accounts.models import Actor, Membership
from comptoir.kit.fields import FoldedField
from comptoir.kit.ids import uuid7
from comptoir.observatory.enums import Direction, IndicatorKind, Release, Said, Territory
from comptoir.spaces.models import OfSpace, Space


class SharedQuerySet(models.QuerySet[Any]):
    """Rows of the instance, which everybody sees, and rows of spaces, which their members see."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(Q(space=None) | Q(space=actor.space), withdrawn_at=None)

    def local_to(self, actor: Actor) -> Self:
        return self.filter(space=actor.space, withdrawn_at=None)


class Supplier(models.Model):
    """Who supplies figures, and under which terms: the register that data-protection law asks for.

    `threshold`: fewest people that a shown figure may speak of; empty, that of the space. `dominance`: the share (%) of
    an amount that one contributor may hold. `protected_at_source`: the producer has applied statistical secrecy.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField("code", max_length=40)
    name = models.CharField("nom", max_length=200)
    search = FoldedField(source="name")
    purpose = models.CharField("à quoi servent ces données", max_length=500, blank=True)
    legal_basis = models.CharField("base légale ou convention", max_length=300, blank=True)
    retention = models.CharField("durée de conservation", max_length=200, blank=True)
    contact = models.CharField("contact", max_length=200, blank=True)
    licence = models.CharField("licence", max_length=200, blank=True)
    threshold = models.PositiveSmallIntegerField("seuil", null=True, blank=True, validators=[MinValueValidator(2)])
    dominance = models.PositiveSmallIntegerField("dominance (%)", default=85)
    protected_at_source = models.BooleanField("secret appliqué par le producteur", default=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("search", "id")
        constraints = (
            models.UniqueConstraint(fields=("space", "code"), name="supplier_code"),
            models.UniqueConstraint(fields=("code",), condition=Q(space=None), name="supplier_public_code"),
        )

    def __str__(self) -> str:
        return self.name


class Indicator(models.Model):
    """What is measured. `code`: of a public one, theme and column of the file (`revn.TP60`).

    `family` and `dimensions`: of a count that is a part, the code of the whole and {dimension: modality}: these tie
    tables together when they are protected. `level`: of a growth, the count that grows. `apart`: fewest years between
    two vintages that make a change. `breaks`: vintages from which figures no longer compare with earlier ones.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField("code", max_length=80)
    name = models.CharField("nom", max_length=200)
    search = FoldedField(source="name")
    theme = models.CharField("thème", max_length=40, blank=True)
    definition = models.TextField("définition", max_length=1000, blank=True)
    kind = models.CharField("nature", max_length=8, choices=IndicatorKind.choices)
    unit = models.CharField("unité", max_length=40, blank=True)
    direction = models.CharField("sens", max_length=4, choices=Direction.choices, default=Direction.NONE)
    summable = models.BooleanField("sommable", default=False)
    about_people = models.BooleanField("parle de personnes", default=True)
    family = models.CharField(max_length=80, blank=True)
    dimensions = models.JSONField(default=dict)
    level = models.CharField(max_length=80, blank=True)
    apart = models.PositiveSmallIntegerField(default=1)
    breaks = models.JSONField(default=list)
    base = models.CharField(max_length=80, blank=True)
    headline = models.PositiveSmallIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("search", "id")
        constraints = (
            models.UniqueConstraint(fields=("space", "code"), name="indicator_code"),
            models.UniqueConstraint(fields=("code",), condition=Q(space=None), name="indicator_public_code"),
            models.CheckConstraint(
                condition=Q(summable=False) | Q(kind__in=(IndicatorKind.COUNT, IndicatorKind.AMOUNT)),
                name="indicator_summable",
                violation_error_message="Seuls des nombres et des montants s'additionnent.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_local(self) -> bool:
        return self.space_id is not None


class Place(models.Model):
    """A territory as files name it. `name` is empty for what belongs to a space: it is read where it is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=16, choices=Territory.choices)
    code = models.CharField(max_length=40)
    generation = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=200, blank=True)
    search = FoldedField(source="name")

    class Meta:
        ordering = ("search", "code")
        constraints = (models.UniqueConstraint(fields=("kind", "code", "generation"), name="place_once"),)

    def __str__(self) -> str:
        return self.name or self.code


class Batch(models.Model):
    """A file loaded into the instance: what to undo, what to cite. `remarks`: what was not read of it, in French."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField("fichier", max_length=200)
    digest = models.CharField(max_length=64)
    values_count = models.PositiveIntegerField("valeurs", default=0)
    remarks = models.JSONField(default=list)
    loaded_at = models.DateTimeField("chargé le", default=timezone.now)
    undone_at = models.DateTimeField("annulé le", null=True)

    class Meta:
        ordering = ("-loaded_at", "name")
        constraints = (models.UniqueConstraint(fields=("digest",), condition=Q(undone_at=None), name="batch_once"),)

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """An indicator at one vintage. `published` and `reference` are years, 0 where they are not said: what figures
    speak of is the latter; `period` tells quarters apart (« 2021-T1 »)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="series")
    published = models.PositiveSmallIntegerField("publié en", default=0)
    reference = models.PositiveSmallIntegerField("année", default=0)
    period = models.CharField("période", max_length=10, blank=True)

    class Meta:
        ordering = ("-reference", "-published", "-period", "id")
        verbose_name_plural = "series"
        constraints = (
            models.UniqueConstraint(fields=("indicator", "published", "reference", "period"), name="series_once"),
        )

    def __str__(self) -> str:
        return self.vintage

    @property
    def vintage(self) -> str:
        """« 2019 (publié en 2022) »; what is not known is said."""
        if self.period:
            return self.period
        if not self.reference:
            return f"publié en {self.published}"
        return f"{self.reference} (publié en {self.published})" if self.published else str(self.reference)

    @property
    def year(self) -> int:
        """The year to set figures in order by: that they speak of, else that of their publication."""
        return self.reference or self.published

    @property
    def moment(self) -> tuple[int, str]:
        """What sets the series of one territory in order: publications among themselves, years among themselves."""
        return self.published or self.reference, self.period


class ValueQuerySet(models.QuerySet["Value"]):
    def visible_to(self, actor: Actor) -> Self:
        """Values of public indicators and of the actor's space. Never read `value`: only what may leave."""
        return self.filter(
            Q(series__indicator__space=None) | Q(series__indicator__space=actor.space),
            series__indicator__withdrawn_at=None,
        ).defer("value", "top")


class Value(models.Model):
    """A figure of a territory. `units`: people (or contributors) that it is taken on; `top`: the largest contribution
    to an amount. `threshold`: the one that hid it, to say why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="values")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="values")
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, related_name="values")
    value = models.FloatField("valeur", null=True)
    mark = models.CharField(max_length=16, choices=Said.choices, blank=True, default=Said.NONE)
    units = models.PositiveIntegerField("effectif", null=True)
    top = models.FloatField(null=True)
    released = models.FloatField("valeur diffusée", null=True)
    release = models.CharField(max_length=10, choices=Release.choices, default=Release.NEW)
    threshold = models.PositiveSmallIntegerField(default=0)

    objects = ValueQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("series", "place"), name="value_once"),
            models.CheckConstraint(
                condition=Q(released=None) | Q(release=Release.SHOWN), name="value_released_when_shown"
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Target(OfSpace):
    """Where a space starts from and where it wants to go, for an indicator: public ones are cited by their code.

    `place` empty: for each neighbourhood alike.
    """

    indicator_code = models.CharField(max_length=80)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    baseline = models.FloatField("valeur de départ", null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField("année de départ", null=True, blank=True)
    target = models.FloatField("cible")
    target_year = models.PositiveSmallIntegerField("année de la cible")

    class Meta(OfSpace.Meta):
        ordering = ("indicator_code", "id")
        constraints = (
            *OfSpace.Meta.constraints,
            models.UniqueConstraint(fields=("space", "indicator_code", "place"), name="target_once"),
            models.UniqueConstraint(
                fields=("space", "indicator_code"), condition=Q(place=None), name="target_once_for_all"
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator_code} {self.target_year}"


class Collection(OfSpace):
    """Values of a local indicator that somebody has to give by a day. `closed_at`: they are all in, or given up."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="collections")
    owner = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    year = models.PositiveSmallIntegerField("année")
    due_on = models.DateField("à saisir avant le")
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta(OfSpace.Meta):
        ordering = ("due_on", "id")
        constraints = (
            *OfSpace.Meta.constraints,
            models.UniqueConstraint(fields=("indicator", "year"), name="collection_once"),
        )

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.year}"
