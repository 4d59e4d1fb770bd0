"""Public geography, shared by the whole instance; local areas, which belong to a space.

Outlines are GeoJSON in WGS84 (longitude, latitude) in a plain column, with their bounding box in four floats: no
geographic database is needed at this size (docs/concepts/territories.md). They stand in tables of their own, so that
a list of neighbourhoods never reads them unasked.
"""

from typing import Self

from django.db import models
from django.utils import timezone

from comptoir.accounts.models import Actor
from comptoir.analysis.comparison.lineage import Quality
from comptoir.analysis.text import fold
from comptoir.kit.fields import FoldedField
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import OfSpace
from comptoir.territories.enums import AreaKind, Generation, LocalAreaKind, Relation


class Area(models.Model):
    """A commune, an EPCI… as published. `code` is the INSEE code, or the SIREN of an EPCI or EPT.

    `successor`: of a former commune, the one that it is part of now.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField("nature", max_length=16, choices=AreaKind.choices)
    code = models.CharField("code", max_length=9)
    name = models.CharField("nom", max_length=200)
    search = FoldedField(source="name")
    department = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    epci = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ept = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    population = models.PositiveIntegerField("population municipale", null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ("search", "code")
        constraints = (models.UniqueConstraint(fields=("kind", "code"), name="area_code"),)

    def __str__(self) -> str:
        return self.name


class Outline(models.Model):
    """An outline and its bounding box, in degrees. `geometry` and `sketch` are GeoJSON Polygons or MultiPolygons.

    `sketch` is light enough for a map of the country; `digest` says whether the outline has changed.
    """

    geometry = models.JSONField(null=True, blank=True)
    sketch = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=16, blank=True)
    west = models.FloatField(null=True, blank=True)
    south = models.FloatField(null=True, blank=True)
    east = models.FloatField(null=True, blank=True)
    north = models.FloatField(null=True, blank=True)

    class Meta:
        abstract = True


class AreaOutline(Outline):
    """The outline of an area: departments and regions, under the map of the country."""

    area = models.OneToOneField(Area, primary_key=True, on_delete=models.CASCADE, related_name="outline")

    def __str__(self) -> str:
        return str(self.pk)


class NeighbourhoodQuerySet(models.QuerySet["PriorityNeighbourhood"]):
    def of(self, generation: int) -> Self:
        return self.filter(generation=generation)

    def matching(self, words: str) -> Self:
        """Those whose name, code or commune holds each of the words, whatever accents and case."""
        found = self
        for word in fold(words).split()[:8]:
            communes = PriorityNeighbourhood.communes.through.objects.filter(
                area__search__contains=word, priorityneighbourhood=models.OuterRef("pk")
            )
            found = found.filter(
                models.Q(search__contains=word) | models.Q(code__icontains=word) | models.Exists(communes)
            )
        return found


class PriorityNeighbourhood(models.Model):
    """A quartier prioritaire of one generation. `published_contract` is the contract's code in the national file,
    two codes with « ; » between for a neighbourhood that two contracts share.

    `epci` is that of its first commune, where it has communes of several.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField("code", max_length=12, unique=True)
    generation = models.PositiveSmallIntegerField("génération", choices=Generation.choices)
    name = models.CharField("nom", max_length=200)
    search = FoldedField(source="name")
    communes = models.ManyToManyField(Area, related_name="neighbourhoods")
    epci = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ept = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_contract = models.CharField("contrat de ville", max_length=60, blank=True)
    surface_km2 = models.FloatField("superficie", null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = NeighbourhoodQuerySet.as_manager()

    class Meta:
        ordering = ("search", "code")
        indexes = (models.Index(fields=("generation", "search"), name="neighbourhood_generation"),)

    def __str__(self) -> str:
        return self.name


class NeighbourhoodOutline(Outline):
    """The outline of a neighbourhood."""

    neighbourhood = models.OneToOneField(
        PriorityNeighbourhood, primary_key=True, on_delete=models.CASCADE, related_name="outline"
    )

    def __str__(self) -> str:
        return str(self.pk)


class PerimeterLineage(models.Model):
    """How much of a 2015 neighbourhood is in a 2024 one, by area: shares from 0 to 1 of each.

    `margin`: how far the shares may be from the truth, because outlines are published rounded. `quality`: how far
    figures of one perimeter speak of the other.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    former = models.ForeignKey(PriorityNeighbourhood, on_delete=models.CASCADE, related_name="descendants")
    latter = models.ForeignKey(PriorityNeighbourhood, on_delete=models.CASCADE, related_name="ancestors")
    share_of_former = models.FloatField()
    share_of_latter = models.FloatField()
    margin = models.FloatField(default=0.0)
    quality = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Quality])

    class Meta:
        ordering = ("-share_of_latter", "id")
        constraints = (models.UniqueConstraint(fields=("former", "latter"), name="lineage_once"),)

    def __str__(self) -> str:
        return f"{self.former_id} {self.latter_id}"

    @property
    def relation(self) -> Relation:
        return Relation.of(self.share_of_former, self.share_of_latter, self.margin, self.quality)


class OfficialSource(models.Model):
    """An official file that was loaded, last time: what people cite under a map, and what a second load is told of."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField("fichier", max_length=200)
    level = models.CharField("contenu", max_length=16)
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField("lignes")
    remarks = models.JSONField(default=list)
    loaded_at = models.DateTimeField("chargé le", default=timezone.now)

    class Meta:
        ordering = ("-loaded_at", "name")
        constraints = (models.UniqueConstraint(fields=("name", "level"), name="official_source_once"),)

    def __str__(self) -> str:
        return self.name


class ReceivedFile(models.Model):
    """An official file that the host has sent and looked at, and that a job loads: the content is in the file store."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField("fichier", max_length=200)
    digest = models.CharField(max_length=64)
    person_id = models.UUIDField()
    sent_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField("résultat", max_length=200, blank=True)

    class Meta:
        ordering = ("-sent_at", "id")

    def __str__(self) -> str:
        return self.name


class LocalAreaQuerySet(models.QuerySet["LocalArea"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's space: local areas are shown to every member."""
        return self.filter(space=actor.space, withdrawn_at=None)


class LocalArea(OfSpace, Outline):
    """An area that a space draws or imports for itself: lived neighbourhood, pocket of poverty…

    Drawn or imported it has an outline; chosen, it has communes and neighbourhoods, and the outline of the latter.
    """

    kind = models.CharField("nature", max_length=16, choices=LocalAreaKind.choices, default=LocalAreaKind.OTHER)
    name = models.CharField("nom", max_length=200)
    search = FoldedField(source="name")
    communes = models.ManyToManyField(Area, related_name="+")
    neighbourhoods = models.ManyToManyField(PriorityNeighbourhood, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = LocalAreaQuerySet.as_manager()

    class Meta(OfSpace.Meta):
        ordering = ("search", "id")

    def __str__(self) -> str:
        return self.name
