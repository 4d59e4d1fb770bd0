"""The space and what belongs to it whatever the room: files, jobs.

Rows that a space owns hold a foreign key to it; PROTECT everywhere, because a space is closed, not dropped.
"""

from typing import Any, ClassVar
from uuid import UUID
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from comptoir.kit.fields import FoldedField
from comptoir.kit.ids import short_code, uuid7

RESERVED_SLUGS = frozenset(
    {"connexion", "deconnexion", "composants", "sante", "static", "compte", "aide", "admin", "instance", "quartiers"}
)


def valid_time_zone(value: str) -> None:
    if value not in available_timezones():
        raise ValidationError("« %(value)s » n'est pas un fuseau horaire connu.", params={"value": value})


class Space(models.Model):
    """The partnership of a territory; it outlives its contracts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.CharField(
        "adresse",
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", "Des minuscules, des chiffres, des tirets.")],
    )
    name = models.CharField("nom", max_length=120)
    search = FoldedField(source="name")
    time_zone = models.CharField("fuseau horaire", max_length=40, default="Europe/Paris", validators=[valid_time_zone])
    colour = models.CharField(
        "couleur",
        max_length=7,
        default="#0b6e69",
        validators=[
            RegexValidator(r"^#[0-9a-fA-F]{6}$", "Une couleur s'écrit # suivi de six chiffres ou lettres a-f.")
        ],
    )
    logo = models.ForeignKey(
        "StoredFile", verbose_name="logo", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    footer = models.CharField("pied de page des documents", max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, editable=False)
    open_to_resource_centre = models.BooleanField("lu par le centre de ressources", default=False)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(slug__in=sorted(RESERVED_SLUGS)),
                name="space_slug_not_reserved",
                violation_error_message="Cette adresse est réservée : choisissez-en une autre.",
            ),
        )

    def __str__(self) -> str:
        return self.name


class OfSpace(models.Model):
    """A row that belongs to one space and has an address of its own in it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=10, editable=False)

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(fields=("space", "code"), name="%(app_label)s_%(class)s_code"),
        )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not vars(self).get("code", "deferred"):  # to look at a deferred one would ask the database, row by row
            identity: UUID = self.id
            self.code = short_code(identity)


class StoredFile(OfSpace):
    """What a file of the store is: its name and type as sent. The content is under `digest`, once."""

    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(OfSpace.Meta):
        ordering = ("created_at", "id")
        indexes = (models.Index(fields=("space", "digest"), name="stored_file_digest"),)

    def __str__(self) -> str:
        return self.name


class JobState(models.TextChoices):
    QUEUED = "queued", "en attente"
    RUNNING = "running", "en cours"
    DONE = "done", "terminé"
    FAILED = "failed", "arrêté"


class Job(OfSpace):
    """Work that outlasts a request, with its progress. A job may be run twice: its body takes up where it stopped."""

    leaves_with_space = False  # of this instance's queue: an export of the space does not take it

    space = models.ForeignKey(  # type: ignore[assignment]  # a job of the instance has no space
        Space, null=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    subject_id = models.UUIDField()
    actor_id = models.UUIDField(null=True)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    back_url = models.CharField(max_length=300)
    worker = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    beat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta(OfSpace.Meta):
        ordering = ("-created_at", "id")
        indexes = (models.Index(fields=("state", "beat_at"), name="job_state_beat"),)

    def __str__(self) -> str:
        return self.label

    @property
    def ended(self) -> bool:
        return self.state in {JobState.DONE, JobState.FAILED}

    @property
    def share(self) -> int:
        """Percentage done, 0 to 100."""
        return min(100, self.done * 100 // self.total) if self.total else 0


class Attempt(models.Model):
    """How often one key has tried one thing since `started_at`. The key is a digest that changes every day."""

    purpose = models.CharField(max_length=40)
    key = models.CharField(max_length=32)
    count = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()

    class Meta:
        ordering = ("started_at", "id")
        constraints = (models.UniqueConstraint(fields=("purpose", "key"), name="attempt_once"),)
        indexes = (models.Index(fields=("started_at",), name="attempt_started"),)

    def __str__(self) -> str:
        return f"{self.purpose} ×{self.count}"


class MailState(models.TextChoices):
    QUEUED = "queued", "à envoyer"
    SENT = "sent", "envoyé"
    FAILED = "failed", "non joint"


class Mail(models.Model):
    """An e-mail to one person. Once it has left, what it said is forgotten: it may hold a code or a link."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, null=True, on_delete=models.PROTECT, related_name="+")
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    reply_to = models.EmailField(blank=True)
    state = models.CharField(max_length=6, choices=MailState.choices, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.subject
