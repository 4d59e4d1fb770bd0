"""The bodies that follow a contract, and their meetings."""

from typing import Self

from django.db import models

from comptoir.contracts.enums import BodyKind
from comptoir.contracts.models.contract import CityContract
from comptoir.spaces.models import OfSpace


class BodyQuerySet(models.QuerySet["GoverningBody"]):
    def shown(self) -> Self:
        return self.filter(withdrawn_at=None)


class GoverningBody(OfSpace):
    """COPIL, COTECH, conseil citoyen… `validates`: what it has seen may be shown as settled (snapshots, outcomes)."""

    contract = models.ForeignKey(CityContract, on_delete=models.PROTECT, related_name="bodies")
    kind = models.CharField("nature", max_length=12, choices=BodyKind.choices, default=BodyKind.STEERING)
    name = models.CharField("nom", max_length=160)
    chaired_by = models.CharField("présidée par", max_length=200, blank=True)
    rhythm = models.CharField("rythme", max_length=120, blank=True)
    validates = models.BooleanField("cette instance valide", default=False)
    withdrawn_at = models.DateTimeField(null=True)

    objects = BodyQuerySet.as_manager()

    class Meta(OfSpace.Meta):
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def shown(self) -> Self:
        return self.filter(withdrawn_at=None)


class Meeting(OfSpace):
    """A meeting of a body, planned or held. `validated_by`: who says that its record is right (a function, a name)."""

    body = models.ForeignKey(GoverningBody, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField("date")
    place = models.CharField("lieu", max_length=200, blank=True)
    subject = models.CharField("objet", max_length=200, blank=True)
    validated_by = models.CharField("relevé validé par", max_length=200, blank=True)
    validated_on = models.DateField("validé le", null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = MeetingQuerySet.as_manager()

    class Meta(OfSpace.Meta):
        ordering = ("-held_on", "-id")

    def __str__(self) -> str:
        return f"{self.held_on}"
