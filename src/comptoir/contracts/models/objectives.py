"""What the contract wants to change. A wording never changes: writing again adds one, with its author and date."""

from typing import Self

from django.db import models
from django.db.models import Q

from comptoir.contracts.enums import Level, Stance
from comptoir.contracts.models.contract import CityContract, Signatory
from comptoir.contracts.themes import THEME_CHOICES
from comptoir.kit.fields import FoldedField
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import OfSpace


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    def shown(self) -> Self:
        return self.filter(withdrawn_at=None)

    def with_words(self) -> Self:
        """Ready to be shown: the wording in force comes along."""
        return self.select_related("wording")


class Objective(OfSpace):
    """An orientation, a strategic or an operational objective. `wording` is the one in force: the last written."""

    contract = models.ForeignKey(CityContract, on_delete=models.PROTECT, related_name="objectives")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    level = models.CharField("niveau", max_length=12, choices=Level.choices)
    theme = models.CharField("thème", max_length=4, choices=THEME_CHOICES, blank=True)
    position = models.PositiveIntegerField(default=0)
    wording = models.ForeignKey("ObjectiveWording", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = ObjectiveQuerySet.as_manager()

    class Meta(OfSpace.Meta):
        ordering = ("position", "id")
        indexes = (models.Index(fields=("contract", "parent", "position"), name="objective_tree"),)
        constraints = (
            *OfSpace.Meta.constraints,
            models.CheckConstraint(
                condition=Q(level=Level.ORIENTATION, parent__isnull=True)
                | (~Q(level=Level.ORIENTATION) & Q(parent__isnull=False)),
                name="objective_orientation_is_a_root",
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The words in force."""
        return self.wording.text if self.wording else ""


class ObjectiveWording(models.Model):
    """A wording as someone wrote it. Statements behind it are cited by a higher room (slots.wording_sources)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="wordings")
    number = models.PositiveSmallIntegerField("version")
    text = models.TextField("rédaction")
    search = FoldedField(source="text")
    reason = models.CharField("pourquoi ce changement", max_length=300, blank=True)
    author_id = models.UUIDField(null=True)
    author_organisation = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("objective", "number"), name="wording_number"),)

    def __str__(self) -> str:
        return self.text


class ObjectiveComment(models.Model):
    """A remark about one wording."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    wording = models.ForeignKey(ObjectiveWording, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField("remarque")
    author_id = models.UUIDField(null=True)
    author_organisation = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text


class ObjectiveOpinion(models.Model):
    """Where a signatory stands on one wording, and since when. A new wording asks everyone again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    wording = models.ForeignKey(ObjectiveWording, on_delete=models.PROTECT, related_name="opinions")
    signatory = models.ForeignKey(Signatory, on_delete=models.PROTECT, related_name="opinions")
    stance = models.CharField("avis", max_length=12, choices=Stance.choices)
    given_on = models.DateField("donné le")
    author_id = models.UUIDField(null=True)
    author_organisation = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("given_on", "id")
        constraints = (
            models.UniqueConstraint(fields=("wording", "signatory"), name="one_opinion_on_a_wording"),
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="opinion_stance"),
        )

    def __str__(self) -> str:
        return f"{self.signatory_id} {self.stance}"
