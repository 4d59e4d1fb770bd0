"""« Revue du tableau »: that it took place, and which signatory presented it."""

from django.db import models

from comptoir.contracts.models import CityContract, Signatory
from comptoir.spaces.models import OfSpace


class TableReview(OfSpace):
    """Thirty minutes on the table of a contract, presented by one signatory. `decided`: what came of it, in words."""

    contract = models.ForeignKey(CityContract, on_delete=models.PROTECT, related_name="table_reviews")
    held_on = models.DateField("date")
    presenter = models.ForeignKey(
        Signatory, verbose_name="présentée par", on_delete=models.PROTECT, related_name="table_reviews"
    )
    decided = models.TextField("ce qui en est sorti", blank=True)
    author_id = models.UUIDField(null=True)

    class Meta(OfSpace.Meta):
        ordering = ("-held_on", "-id")

    def __str__(self) -> str:
        return f"{self.held_on}"
