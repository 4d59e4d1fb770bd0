"""The journal. It cites identities, never people's words, so that an erasure reaches everywhere."""

from collections.abc import Iterable
from typing import Any, NoReturn
from uuid import UUID

from django.db import models

from comptoir.kit.ids import uuid7
from comptoir.spaces.models import Space


class EntryQuerySet(models.QuerySet["Entry"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("the journal is append-only")

    def delete(self) -> NoReturn:
        raise TypeError("the journal is append-only")

    def of(self, space: Space) -> "EntryQuerySet":
        return self.filter(space=space).order_by("-id")


class Entry(models.Model):
    """One named action. `actor_id` outlives the person: no foreign key. `organisation` is shown, names are not."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.UUIDField(null=True)
    organisation = models.CharField(max_length=120, blank=True)
    action = models.CharField(max_length=60)
    label = models.CharField(max_length=120)
    object_id = models.UUIDField()
    within_id = models.UUIDField(null=True)
    details = models.JSONField(default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("space", "-id"), name="journal_space"),
            models.Index(fields=("object_id", "-id"), name="journal_object"),
            models.Index(fields=("within_id", "-id"), name="journal_within"),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("the journal is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("the journal is append-only")


def record(
    *,
    space: Space | None,
    actor_id: UUID | None,
    organisation: str = "",
    action: str,
    label: str,
    object_id: UUID,
    within_id: UUID | None = None,
    **details: Any,
) -> Entry:
    """Write one line of the journal, in the action's own transaction.

    `action` is the dotted name of the action (« voices.gather »), `label` its French name; `within_id` is the larger
    thing that the object belongs to (the comptoir of a line); `details` holds identities and numbers, never words.
    """
    return Entry.objects.create(
        space=space,
        actor_id=actor_id,
        organisation=organisation,
        action=action,
        label=label,
        object_id=object_id,
        within_id=within_id,
        details={key: str(value) if isinstance(value, UUID) else value for key, value in details.items()},
    )


def record_many(
    *, space: Space, actor_id: UUID | None, organisation: str = "", action: str, label: str, object_ids: Iterable[UUID],
    within_id: UUID | None = None,
) -> None:  # fmt: skip
    """One line of the journal for each of these things, to which the same has just been done: one query for 500.

    `within_id`: the larger thing that they all belong to; without one, each stands for itself.
    """
    Entry.objects.bulk_create(
        (
            Entry(
                space_id=space.pk, actor_id=actor_id, organisation=organisation, action=action, label=label,
                object_id=one, within_id=within_id or one,
            )
            for one in object_ids
        ),
        batch_size=500,
    )  # fmt: skip
