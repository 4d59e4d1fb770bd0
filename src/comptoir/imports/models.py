"""Imports of tables: what was sent, what each row wrote, and how columns were understood the last time."""

from django.db import models

from comptoir.imports.enums import BatchState, Outcome
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import OfSpace, Space, StoredFile


class Batch(OfSpace):
    """A file of rows for one kind of import. It runs once, however many times it is confirmed.

    `mapping` is field name to column number; `within_id` the thing imported into, for kinds that need one;
    `left_out` the lines that the person chose to leave aside.
    """

    kind = models.CharField(max_length=60)
    within_id = models.UUIDField(null=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sheet = models.PositiveSmallIntegerField(default=0)
    mapping = models.JSONField(default=dict)
    left_out = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=BatchState.choices, default=BatchState.PREVIEW)
    actor_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    class Meta(OfSpace.Meta):
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.file.name


class BatchRow(models.Model):
    """What one row of a batch wrote on which object: the values before and after, as texts, for its undoing.

    `kept` says why undoing has left it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField()
    object_id = models.UUIDField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    label = models.CharField(max_length=200)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    kept = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("line",)
        constraints = (
            models.UniqueConstraint(fields=("batch", "line"), name="batch_row_once"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=(Outcome.CREATED, Outcome.CHANGED)), name="batch_row_wrote"
            ),
        )

    def __str__(self) -> str:
        return f"{self.batch_id} {self.line}"


class RememberedColumns(models.Model):
    """How a space understood these headers for this kind, the last time: folded header to field name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-used_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("space", "kind", "fingerprint"), name="remembered_columns_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.fingerprint[:8]}"
