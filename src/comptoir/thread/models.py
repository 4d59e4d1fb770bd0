"""Links that only the thread knows, and what people refused to link."""

from django.db import models
from django.db.models import Q

from comptoir.commitments.models import Commitment
from comptoir.contracts.models import ObjectiveWording
from comptoir.kit.ids import uuid7
from comptoir.voices.models import Statement


class Citation(models.Model):
    """The wording of an objective cites a line: what the contract wants to change was said. Taking it off keeps the
    row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    wording = models.ForeignKey(ObjectiveWording, on_delete=models.PROTECT, related_name="citations")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="citations")
    author_id = models.UUIDField(null=True)
    author_organisation = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("wording", "statement"), condition=Q(withdrawn_at=None), name="citation_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.wording_id} {self.statement_id}"


class Unrelated(models.Model):
    """« Pas celui-là » : somebody decided that this commitment does not answer that line. It is not suggested again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="unrelated")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="unrelated")
    author_id = models.UUIDField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("commitment", "statement"), name="unrelated_once"),)

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.statement_id}"
