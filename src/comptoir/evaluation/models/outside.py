"""What an outside reviewer writes beside a frozen state: dated, theirs, added to and never rewritten."""

from django.db import models

from comptoir.evaluation.models.restitution import Restitution
from comptoir.kit.ids import uuid7


class OutsideNote(models.Model):
    """An independent note on a frozen state. Nobody edits it: its author adds another, or says that it no longer
    stands, which shows."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    restitution = models.ForeignKey(Restitution, on_delete=models.PROTECT, related_name="outside_notes")
    text = models.TextField("note")
    written_on = models.DateField("écrite le")
    author_id = models.UUIDField(null=True)
    author_organisation = models.CharField(max_length=120, blank=True)
    disowned_on = models.DateField("ne vaut plus depuis le", null=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text[:60]
