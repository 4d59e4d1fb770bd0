"""The page in plain words: written by people, read again with those concerned, or saying that it was not."""

from typing import Self

from django.db import models

from comptoir.evaluation.models.restitution import Restitution
from comptoir.kit.ids import uuid7


class PlainPageQuerySet(models.QuerySet["PlainPage"]):
    def published(self) -> Self:
        """Those that the team published, the last frozen first."""
        return self.filter(published_on__isnull=False).order_by("-restitution__frozen_on", "-pk")


class PlainPage(models.Model):
    """The plain page of a frozen state. Not published: those who write it alone see it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    restitution = models.OneToOneField(Restitution, on_delete=models.PROTECT, related_name="plain_page")
    reread_with = models.CharField("relue avec", max_length=200, blank=True)
    reread_on = models.DateField("relue le", null=True)
    published_on = models.DateField("publiée le", null=True)
    published_by = models.CharField("publiée par", max_length=120, blank=True)

    objects = PlainPageQuerySet.as_manager()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.restitution_id}"


class PlainWording(models.Model):
    """A question and its answer in plain words. Writing again adds a row: the last one stands. `asked`: the identity
    of the question in the frozen content."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    page = models.ForeignKey(PlainPage, on_delete=models.PROTECT, related_name="wordings")
    asked = models.UUIDField()
    left_out = models.BooleanField("ne pas montrer cette question", default=False)
    question = models.CharField("la question, en clair", max_length=200, blank=True)
    answer = models.TextField("la réponse, en clair", blank=True)
    author_id = models.UUIDField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.question
