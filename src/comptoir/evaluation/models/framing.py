"""What an evaluation is for, on what, with whom, with which means, and how."""

from django.db import models

from comptoir.contracts.models import CityContract, Meeting
from comptoir.evaluation.enums import Kit, Point, Scope, UseFate
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import OfSpace

SCOPES = {str(value): str(label) for value, label in Scope.choices}


class Evaluation(OfSpace):
    """An evaluation of one contract. `scope`: what it looks at, among Scope. Money in euros, effort in days."""

    contract = models.ForeignKey(CityContract, on_delete=models.PROTECT, related_name="evaluations")
    name = models.CharField("nom", max_length=160)
    kit = models.CharField("kit", max_length=8, choices=Kit.choices, default=Kit.LIGHT)
    ends_on = models.DateField("rapport attendu le")
    scope = models.JSONField("ce que l'on regarde", default=list)
    budget = models.DecimalField("budget, en euros", max_digits=12, decimal_places=2, null=True, blank=True)
    contract_money = models.DecimalField(
        "argent du contrat sur la période, en euros", max_digits=14, decimal_places=2, null=True, blank=True
    )
    days = models.PositiveSmallIntegerField("jours de travail", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(OfSpace.Meta):
        ordering = ("-ends_on", "-id")

    def __str__(self) -> str:
        return self.name

    @property
    def scope_words(self) -> list[str]:
        return [SCOPES[one] for one in self.scope if one in SCOPES]

    @property
    def money_share(self) -> float | None:
        """The budget over the contract's money; None where one is not known."""
        if not self.budget or not self.contract_money:
            return None
        return float(self.budget / self.contract_money)


class FramingNote(models.Model):
    """What is written under one point. Writing again adds a row: the last one stands."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="notes")
    point = models.CharField(max_length=12, choices=Point.choices)
    text = models.TextField(blank=True)
    author_id = models.UUIDField(null=True)
    author_organisation = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("evaluation", "point", "-id"), name="framing_note_last"),)

    def __str__(self) -> str:
        return self.text


class IntendedUse(models.Model):
    """Who will use the results, for what, by when; later, whether it was so."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="uses")
    user = models.CharField("qui", max_length=160)
    use = models.CharField("pour quoi", max_length=300)
    due_on = models.DateField("pour le")
    fate = models.CharField("a servi ?", max_length=8, choices=UseFate.choices, default=UseFate.OPEN)
    fate_note = models.CharField("précision", max_length=300, blank=True)
    fate_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("due_on", "id")

    def __str__(self) -> str:
        return self.use


class FramingVersion(models.Model):
    """The framing as a body signed it at a meeting. `content`: what the sheet said, point by point, in plain words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    signed_by = models.CharField("signé par", max_length=200)
    signed_on = models.DateField("signé le")
    content = models.JSONField()
    author_id = models.UUIDField(null=True)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("evaluation", "number"), name="framing_version_number"),)

    def __str__(self) -> str:
        return f"{self.number}"
