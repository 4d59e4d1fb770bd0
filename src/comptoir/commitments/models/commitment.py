"""Who does what, by when, with which means, measured how; and the voices behind it."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from comptoir.accounts.models import Actor
from comptoir.commitments.enums import CommitmentLevel, MeansKind, MeansUnit
from comptoir.contracts.models import CityContract, Contact, Objective, Signatory, SignatoryUnit
from comptoir.kit.fields import FoldedField
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import OfSpace
from comptoir.territories.models import LocalArea, PriorityNeighbourhood
from comptoir.voices.models import Statement


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def shown(self) -> Self:
        return self.filter(withdrawn_at=None)

    def visible_to(self, actor: Actor) -> Self:
        """Every member of the space reads its commitments: one page for all, rights by field."""
        return self.shown().filter(space=actor.space)

    def with_words(self) -> Self:
        """Ready to be shown in a list: wording, signatory, objective, person named come along."""
        return self.select_related(
            "wording", "signatory__organisation", "unit__unit", "objective__wording", "contract", "contact"
        )

    def in_table_order(self) -> Self:
        return self.order_by("position", "pk")


class Commitment(OfSpace):
    """What one accountable signatory committed itself to. It can be saved with a wording and a signatory alone.

    `contact` is the person named for this commitment; without one, the referent of its unit or of its signatory
    answers. `first_year` makes it yearly. `next_step` says what changes within three months.
    """

    contract = models.ForeignKey(CityContract, on_delete=models.PROTECT, related_name="commitments")
    signatory = models.ForeignKey(Signatory, on_delete=models.PROTECT, related_name="commitments")
    associates = models.ManyToManyField(Signatory, related_name="associated_commitments", blank=True)
    unit = models.ForeignKey(
        SignatoryUnit, verbose_name="service", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    contact = models.ForeignKey(
        Contact, verbose_name="référent", null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    objective = models.ForeignKey(
        Objective, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    wording = models.ForeignKey("CommitmentWording", null=True, on_delete=models.PROTECT, related_name="+")
    level = models.CharField("niveau d'engagement", max_length=12, choices=CommitmentLevel.choices, blank=True)
    neighbourhoods = models.ManyToManyField(PriorityNeighbourhood, related_name="commitments", blank=True)
    local_areas = models.ManyToManyField(LocalArea, related_name="commitments", blank=True)
    due_on = models.DateField("échéance", null=True, blank=True)
    first_year = models.PositiveSmallIntegerField("chaque année, à partir de", null=True, blank=True)
    last_year = models.PositiveSmallIntegerField("jusqu'en", null=True, blank=True)
    measure = models.CharField("mesure", max_length=300, blank=True)
    expected_proof = models.CharField("pièce attendue", max_length=300, blank=True)
    next_step = models.CharField("d'ici trois mois", max_length=300, blank=True)
    next_step_on = models.DateField("pour le", null=True, blank=True)
    dauphin_number = models.CharField("numéro Dauphin", max_length=40, blank=True)
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta(OfSpace.Meta):
        ordering = ("position", "id")
        indexes = (
            models.Index(fields=("contract", "position"), name="commitment_table"),
            models.Index(fields=("space", "due_on"), name="commitment_due"),
        )
        constraints = (
            *OfSpace.Meta.constraints,
            models.CheckConstraint(
                condition=Q(last_year=None) | Q(first_year__isnull=False, last_year__gte=F("first_year")),
                name="commitment_years",
                violation_error_message="La dernière année ne peut pas venir avant la première.",
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The words in force."""
        return self.wording.text if self.wording else ""

    @property
    def yearly(self) -> bool:
        return self.first_year is not None


class CommitmentWording(models.Model):
    """A wording as someone wrote it; writing again adds one. `reason` says why it changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="wordings")
    text = models.TextField("engagement")
    search = FoldedField(source="text")
    reason = models.CharField("pourquoi ce changement", max_length=300, blank=True)
    author_id = models.UUIDField(null=True)
    author_organisation = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.text


class Means(models.Model):
    """What the signatory puts in: money, staff or an offer, of mainstream policy or specific."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="means")
    kind = models.CharField("nature", max_length=12, choices=MeansKind.choices)
    unit = models.CharField("unité", max_length=8, choices=MeansUnit.choices)
    amount = models.DecimalField("quantité", max_digits=14, decimal_places=2)
    note = models.CharField("précision", max_length=200, blank=True)

    class Meta:
        ordering = ("kind", "unit", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="means_amount", violation_error_message="Un moyen est plus que zéro."
            ),
        )

    def __str__(self) -> str:
        return f"{self.amount} {self.get_unit_display()}"


class SignOff(models.Model):
    """A signatory read the sheet of its commitments and agreed, on a day, in this wording."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="sign_offs")
    wording = models.ForeignKey(CommitmentWording, on_delete=models.PROTECT, related_name="+")
    agreed_on = models.DateField("d'accord le")
    agreed_by = models.CharField("par", max_length=160)
    author_id = models.UUIDField(null=True)

    class Meta:
        ordering = ("-agreed_on", "-id")
        constraints = (models.UniqueConstraint(fields=("commitment", "wording"), name="sign_off_once"),)

    def __str__(self) -> str:
        return f"{self.agreed_on}"


class StatementLink(models.Model):
    """A commitment answers what was said: a piece of the thread. Taking it off keeps the row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="statement_links")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="commitment_links")
    author_id = models.UUIDField(null=True)
    author_organisation = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("commitment", "statement"), condition=Q(withdrawn_at=None), name="statement_link_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.statement_id}"
