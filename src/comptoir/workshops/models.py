"""Workshops, comptoirs, imports, and the frozen versions of a synthesis."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce, TruncDate

from comptoir.accounts.models import Actor
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import OfSpace, Space, StoredFile
from comptoir.voices.enums import SpeakerKind, Subject
from comptoir.voices.models import Heading, Occasion, Rewording, Statement
from comptoir.voices.rules import may_hear_raw
from comptoir.workshops.enums import ImportState, Layout, VersionState


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's space; for a member who does not hear raw notes, those with a published synthesis."""
        shown = self.filter(space=actor.space, withdrawn_at=None)
        if may_hear_raw(actor):
            return shown
        return shown.filter(pk__in=SynthesisVersion.objects.published().values("workshop_id"))

    def recent_first(self) -> Self:
        """By the day held, the day opened where none is said; the same order on every database."""
        day = Coalesce("held_on", TruncDate("created_at"))
        return self.order_by(day.desc(), "-pk")


class Cycle(OfSpace):
    """Several comptoirs held for one purpose, over a season or a year."""

    name = models.CharField("nom", max_length=200)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")

    class Meta(OfSpace.Meta):
        ordering = ("-starts_on", "-id")
        constraints = (
            *OfSpace.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="cycle_ends_after_it_starts",
                violation_error_message="La fin vient après le début.",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Workshop(OfSpace):
    """A meeting where one or several comptoirs were held: what people call « le comptoir du 24 septembre »."""

    title = models.CharField("titre", max_length=200)
    held_on = models.DateField("date", null=True, blank=True)
    place = models.CharField("lieu", max_length=200, blank=True)
    introduction = models.TextField("introduction", blank=True)
    cycle = models.ForeignKey(Cycle, null=True, blank=True, on_delete=models.PROTECT, related_name="workshops")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = WorkshopQuerySet.as_manager()

    class Meta(OfSpace.Meta):
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title


class ComptoirQuerySet(models.QuerySet["Comptoir"]):
    def shown(self) -> Self:
        """Those that have a column to show: an import that is undone takes its tables with it."""
        return self.filter(Exists(Heading.objects.shown().filter(occasion=OuterRef("pk"))))


class Comptoir(models.Model):
    """One table of a workshop, about one subject. What was said hangs on its occasion."""

    occasion = models.OneToOneField(Occasion, primary_key=True, on_delete=models.PROTECT, related_name="comptoir")
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="comptoirs")
    layout = models.CharField(max_length=8, choices=Layout.choices, default=Layout.BOARD)
    position = models.PositiveSmallIntegerField(default=0)

    objects = ComptoirQuerySet.as_manager()

    class Meta:
        ordering = ("position", "occasion_id")

    def __str__(self) -> str:
        return self.occasion.title

    @property
    def code(self) -> str:
        return self.occasion.code


class Import(OfSpace):
    """Something sent to be read: a file or a pasted text, what was chosen for it, what became of it.

    Its identity makes it run once, however many times it is confirmed.
    """

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.PREVIEW)
    workshop = models.ForeignKey(Workshop, null=True, on_delete=models.PROTECT, related_name="imports")
    made_workshop = models.BooleanField(default=False)
    mapping = models.JSONField(default=dict)
    places = models.JSONField(default=list)  # table by table, column by column: see placing.Place
    title = models.CharField("titre", max_length=200, blank=True)
    held_on = models.DateField("date", null=True, blank=True)
    speaker_kind = models.CharField(
        "qui parle", max_length=20, choices=SpeakerKind.choices, default=SpeakerKind.UNKNOWN
    )
    subject = models.CharField("de qui on parle", max_length=20, choices=Subject.choices, default=Subject.OTHER)
    actor_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    class Meta(OfSpace.Meta):
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.file.name


class ImportedLine(models.Model):
    """Which import a statement came from, at which rank; `line` is its line in the person's own file."""

    statement = models.OneToOneField(Statement, primary_key=True, on_delete=models.PROTECT, related_name="imported")
    source = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="lines")
    rank = models.PositiveIntegerField()
    line = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("rank",)
        constraints = (models.UniqueConstraint(fields=("source", "rank"), name="imported_line_rank"),)

    def __str__(self) -> str:
        return f"{self.source_id} {self.rank}"


class VersionQuerySet(models.QuerySet["SynthesisVersion"]):
    def published(self) -> Self:
        return self.filter(state=VersionState.PUBLISHED)

    def visible_to(self, actor: Actor) -> Self:
        """Published versions for every member; those only reread too, for those who hear raw notes."""
        shown = self.filter(space=actor.space, workshop__withdrawn_at=None)
        return shown if may_hear_raw(actor) else shown.published()


class SynthesisVersion(OfSpace):
    """A synthesis as it was when the room reread it. Its counts never move again."""

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=VersionState.choices, default=VersionState.VALIDATED)
    title = models.CharField(max_length=200)
    introduction = models.TextField(blank=True)
    validated_at = models.DateTimeField(auto_now_add=True)
    validated_by_id = models.UUIDField(null=True)
    published_at = models.DateTimeField(null=True)

    objects = VersionQuerySet.as_manager()

    class Meta(OfSpace.Meta):
        ordering = ("-number",)
        constraints = (
            *OfSpace.Meta.constraints,
            models.UniqueConstraint(fields=("workshop", "number"), name="version_number"),
        )

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class SynthesisLine(models.Model):
    """A line of a version. It cites the statement and the rewording in force that day: words stay in their one row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(SynthesisVersion, on_delete=models.PROTECT, related_name="lines")
    heading = models.ForeignKey(Heading, on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="published_lines")
    rewording = models.ForeignKey(Rewording, null=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    occurrences = models.PositiveIntegerField()
    gathered = models.PositiveIntegerField()

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("version", "statement"), name="version_line_once"),)

    def __str__(self) -> str:
        return self.wording

    @property
    def wording(self) -> str:
        return self.rewording.text if self.rewording else self.statement.original


class SynthesisWord(models.Model):
    """What stood under a line of a version: each gathered statement with its count that day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    line = models.ForeignKey(SynthesisLine, on_delete=models.PROTECT, related_name="words")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    occurrences = models.PositiveIntegerField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.line_id} {self.statement_id}"


class Mask(models.Model):
    """What somebody decided of words that may identify, for the public copy. The words themselves never change.

    With `text`, the public copy reads so; without, the words were reread and left as they are. The last row of a
    statement (and of a rewording, where it is the rewording that is shown) is the decision in force.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="masks")
    rewording = models.ForeignKey(Rewording, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("copie publique", blank=True)
    author_id = models.UUIDField(null=True)
    author_organisation = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text


class TemplateQuerySet(models.QuerySet["ComptoirTemplate"]):
    def offered(self, space: Space) -> Self:
        return self.filter(space=space, withdrawn_at=None)


class ComptoirTemplate(OfSpace):
    """A way of holding a comptoir that a space keeps: guiding questions, one a line, and the columns of each subject.

    `columns`: subject -> labels; a subject that is not there has the usual columns. A workshop opened from a template
    takes a copy: changing the template changes nothing of what was opened.
    """

    title = models.CharField("nom du modèle", max_length=200)
    questions = models.TextField("questions", blank=True)
    columns = models.JSONField(default=dict)
    withdrawn_at = models.DateTimeField(null=True)

    objects = TemplateQuerySet.as_manager()

    class Meta(OfSpace.Meta):
        ordering = ("title", "id")

    def __str__(self) -> str:
        return self.title


class SilenceRule(models.Model):
    """After how many months without a new voice a theme of this space is said to be silent."""

    USUAL, MOST = 6, 120

    space = models.OneToOneField(Space, primary_key=True, on_delete=models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField(
        "Sans voix nouvelle depuis, en mois", default=USUAL, validators=[MinValueValidator(1), MaxValueValidator(MOST)],
        help_text="Au-delà, un thème est dit « sans voix nouvelle » dans « Ce qui revient, ce qui se tait ».",
    )  # fmt: skip

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(months__gte=1), name="silence_months"),)

    def __str__(self) -> str:
        return f"{self.space_id} {self.months}"


def silence_of(space: Space) -> int:
    """The months of a space: its own number, or the usual one."""
    found = SilenceRule.objects.filter(space=space).values_list("months", flat=True).first()
    return SilenceRule.USUAL if found is None else found
