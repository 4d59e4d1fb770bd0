"""The thank-you wall: those who took part, by name where they agreed, otherwise as a group that is counted."""

from django.db import models
from django.db.models import Q

from comptoir.evaluation.models.framing import Evaluation
from comptoir.spaces.models import OfSpace


class Thanks(OfSpace):
    """A line of thanks. `name`: of a person who agreed (`agreed_on`); empty, `number` people of the group are thanked.

    Taken off, the row is deleted: nobody keeps the name of somebody who no longer wants it there.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="thanks")
    group = models.CharField("groupe", max_length=120)
    name = models.CharField("nom", max_length=120, blank=True)
    agreed_on = models.DateField("accord donné le", null=True)
    number = models.PositiveIntegerField("combien de personnes", default=1)
    text = models.CharField("merci pour", max_length=200)
    changed = models.CharField("ce que cela a changé", max_length=300, blank=True)
    thanked_on = models.DateField("remercié le")
    author_id = models.UUIDField(null=True)

    class Meta(OfSpace.Meta):
        ordering = ("id",)
        constraints = (
            *OfSpace.Meta.constraints,
            models.CheckConstraint(
                condition=Q(name="", agreed_on=None) | (~Q(name="") & Q(agreed_on__isnull=False, number=1)),
                name="thanks_name_agreed",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="thanks_number"),
        )

    def __str__(self) -> str:
        return self.text
