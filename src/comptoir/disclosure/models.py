"""The rule of a space on what may be shown about people."""

from django.db import models
from django.db.models import Q

from comptoir.analysis.public_copy.origins import LEAST_THRESHOLD, THRESHOLD
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import Space


class SpaceRule(models.Model):
    """Below `threshold` notes of a group, a published copy does not say who speaks nor at which table."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.OneToOneField(Space, on_delete=models.PROTECT, related_name="disclosure_rule")
    threshold = models.PositiveSmallIntegerField("seuil", default=THRESHOLD)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(threshold__gte=LEAST_THRESHOLD),
                name="disclosure_threshold_least",
                violation_error_message=f"Le seuil est d'au moins {LEAST_THRESHOLD}.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.space_id} {self.threshold}"


def threshold_of(space: Space) -> int:
    """The threshold of a space: its own, or the usual one."""
    found = SpaceRule.objects.filter(space=space).values_list("threshold", flat=True).first()
    return THRESHOLD if found is None else found
