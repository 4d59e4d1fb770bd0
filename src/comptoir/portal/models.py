"""What a person has seen of a space, and what a space has decided of its public page."""

from typing import Self

from django.db import models
from django.db.models import OuterRef, Subquery

from comptoir.accounts.models import Person
from comptoir.evaluation.models import PlainPage
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import Space


class LastSeen(models.Model):
    """When a person said « j'ai vu » of the dashboard of a space: what came after is what changed since."""

    leaves_with_space = False  # what somebody has read concerns nobody else

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = (models.UniqueConstraint(fields=("space", "person"), name="last_seen_once"),)

    def __str__(self) -> str:
        return f"{self.space_id} {self.at}"


class PublicPageQuerySet(models.QuerySet["PublicPage"]):
    def opened(self) -> Self:
        """Those that everybody may read, in spaces that are open."""
        return self.filter(opened_at__isnull=False, space__closed_at=None)

    def with_plain(self) -> Self:
        """With the code and the name of the last evaluation published in plain words, None where there is none."""
        pages = PlainPage.objects.published().filter(restitution__space=OuterRef("pk"))
        return self.annotate(
            plain_code=Subquery(pages.values("restitution__code")[:1]),
            plain_name=Subquery(pages.values("restitution__name")[:1]),
        )


class PublicPage(models.Model):
    """« Vous avez dit, voici la suite » of a space. Without a row, or closed, nothing of the space is public."""

    space = models.OneToOneField(Space, primary_key=True, on_delete=models.PROTECT, related_name="public_page")
    opened_at = models.DateTimeField(null=True)
    welcome = models.TextField("mot d'accueil", blank=True)
    where_to_speak = models.TextField("où dire quelque chose", blank=True)
    announces = models.BooleanField("annoncer le prochain comptoir", default=False)

    objects = PublicPageQuerySet.as_manager()

    class Meta:
        ordering = ("space",)

    def __str__(self) -> str:
        return str(self.space_id)
