"""What a body saw and validated: it never moves. The public sees the last one."""

from typing import Self

from django.db import models

from comptoir.commitments.models.commitment import Commitment, CommitmentWording
from comptoir.contracts.models import CityContract, Contact, Meeting
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import OfSpace


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def recent_first(self) -> Self:
        return self.order_by("-number")


class Snapshot(OfSpace):
    """The table of a contract as a body validated it at a meeting."""

    contract = models.ForeignKey(CityContract, on_delete=models.PROTECT, related_name="snapshots")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveSmallIntegerField()
    taken_on = models.DateField("arrêté au")
    taken_at = models.DateTimeField(auto_now_add=True)
    validated_by = models.CharField("validé par", max_length=200)
    author_id = models.UUIDField(null=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta(OfSpace.Meta):
        ordering = ("-number",)
        constraints = (
            *OfSpace.Meta.constraints,
            models.UniqueConstraint(fields=("contract", "number"), name="snapshot_number"),
        )

    def __str__(self) -> str:
        return f"{self.taken_on}"


class SnapshotLine(models.Model):
    """A commitment as it was that day. It cites identities (wording, person), so that an erasure reaches it too."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="lines")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="snapshot_lines")
    wording = models.ForeignKey(CommitmentWording, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=12)
    outcome = models.CharField(max_length=12, blank=True)
    outcome_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    first_year = models.PositiveSmallIntegerField(null=True)
    last_year = models.PositiveSmallIntegerField(null=True)
    proofs = models.PositiveSmallIntegerField(default=0)
    next_step = models.CharField(max_length=300, blank=True)
    next_step_on = models.DateField(null=True)
    neighbourhoods = models.JSONField(default=list)  # codes: what the public filters by does not move either

    class Meta:
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=("snapshot", "commitment"), name="snapshot_line_once"),)

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.commitment_id}"
