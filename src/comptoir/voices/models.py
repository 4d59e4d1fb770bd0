"""Verbatims, statements and their history.

A **verbatim** is someone's words, in one row, never edited. Each verbatim arrives under a **statement** of its own:
a line. Saying that two lines say the same (« rapprocher ») gives them the same `root`; nothing else moves, so
nothing can be lost and everything can be undone. A line without words is one that an imported synthesis reports,
with a *reported* count. See docs/concepts/occurrences.md.
"""

from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from comptoir.kit.fields import FoldedField
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import OfSpace, Space
from comptoir.voices.enums import AnswerKind, ChangeKind, HeadingKind, SpeakerKind, StatementState, Subject


class Occasion(OfSpace):
    """A moment when people were listened to about one subject: a comptoir, later a walk, a permanence."""

    title = models.CharField("titre", max_length=200)
    held_on = models.DateField("date", null=True, blank=True)
    speaker_kind = models.CharField(
        "qui parle", max_length=20, choices=SpeakerKind.choices, default=SpeakerKind.UNKNOWN
    )
    subject = models.CharField("de qui on parle", max_length=20, choices=Subject.choices, default=Subject.OTHER)

    class Meta(OfSpace.Meta):
        ordering = ("held_on", "id")

    def __str__(self) -> str:
        return self.title


class HeadingQuerySet(models.QuerySet["Heading"]):
    def shown(self) -> Self:
        """Without the withdrawn columns, unless a line stands in one: nothing said is ever out of sight."""
        return self.filter(Q(withdrawn_at=None) | Exists(Statement.objects.live().filter(heading=OuterRef("pk"))))


class Heading(models.Model):
    """A column of an occasion: what its lines answer to. `label` is as the people of the room wrote it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="headings")
    kind = models.CharField(max_length=10, choices=HeadingKind.choices, default=HeadingKind.OTHER)
    label = models.CharField("colonne", max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True)
    searched_at = models.DateTimeField(null=True)  # when its suggestions were computed
    searched_with = models.CharField(max_length=64, blank=True)  # the digest of the words known then

    objects = HeadingQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.label

    @property
    def counted(self) -> bool:
        return HeadingKind(self.kind).counted


class StatementQuerySet(models.QuerySet["Statement"]):
    def live(self) -> Self:
        return self.filter(state=StatementState.LIVE)

    def roots(self) -> Self:
        """The lines of a synthesis: live statements that stand for themselves and for those gathered under them."""
        return self.live().filter(root_id=F("id"))

    def with_words(self) -> Self:
        """Ready to be shown: the words and the current rewording come along."""
        return self.select_related("verbatim", "rewording")

    def matching(self, folded: str) -> Self:
        """Lines of which the words or the rewording, or those of a line under them, contain this folded text."""
        hit = Q(search__contains=folded) | Q(verbatim__search__contains=folded) | Q(rewording__search__contains=folded)
        return self.filter(Exists(Statement.objects.live().filter(hit, root=OuterRef("root"))))

    def in_reading_order(self) -> Self:
        return self.order_by("heading__position", "heading_id", "position", "id")


class Statement(OfSpace):
    """A line: said N times. `reported_*` are for a line of an imported synthesis whose words were not provided."""

    heading = models.ForeignKey(Heading, on_delete=models.PROTECT, related_name="statements")
    root = models.ForeignKey("self", on_delete=models.PROTECT, related_name="gathered")
    state = models.CharField(max_length=8, choices=StatementState.choices, default=StatementState.LIVE)
    position = models.PositiveIntegerField(default=0)
    reported_wording = models.TextField(blank=True)
    reported_occurrences = models.PositiveIntegerField(null=True)
    rewording = models.ForeignKey("Rewording", null=True, on_delete=models.PROTECT, related_name="+")
    search = FoldedField(source="reported_wording")

    objects = StatementQuerySet.as_manager()

    class Meta(OfSpace.Meta):
        ordering = ("position", "id")
        indexes = (
            models.Index(fields=("heading", "state", "position"), name="statement_column"),
            models.Index(fields=("root", "state"), name="statement_root"),
        )
        constraints = (
            *OfSpace.Meta.constraints,
            models.CheckConstraint(
                condition=Q(reported_occurrences__isnull=True) | ~Q(reported_wording=""),
                name="statement_reported_has_wording",
                violation_error_message="Un compte déclaré va avec la ligne qui le porte.",
            ),
        )

    def __str__(self) -> str:
        return self.wording

    @property
    def own_words(self) -> "Verbatim | None":
        return getattr(self, "verbatim", None)

    @property
    def original(self) -> str:
        """The line as it came: the words, or the reported wording."""
        words = self.own_words
        return words.words if words else self.reported_wording

    @property
    def wording(self) -> str:
        """The line as it is shown: its rewording if somebody wrote one, else as it came."""
        return self.rewording.text if self.rewording else self.original

    @property
    def is_root(self) -> bool:
        return self.root_id == self.id

    @property
    def is_reported(self) -> bool:
        return self.reported_occurrences is not None


class Verbatim(models.Model):
    """Someone's words. They never change; an erasure empties them and leaves `erased_at`, and the count stays."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="verbatims")
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="verbatim")
    words = models.TextField("parole")
    search = FoldedField(source="words")
    speaker_kind = models.CharField("qui parle", max_length=20, choices=SpeakerKind.choices)
    subject = models.CharField("de qui on parle", max_length=20, choices=Subject.choices)
    table = models.CharField("table", max_length=60, blank=True)
    tally = models.PositiveIntegerField("dit combien de fois", default=1)
    said_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=Q(tally__gte=1), name="verbatim_tally"),)

    def __str__(self) -> str:
        return self.words

    @property
    def speaker(self) -> str:
        """Who speaks, in words; empty when nobody said."""
        return "" if self.speaker_kind == SpeakerKind.UNKNOWN else f"par {self.get_speaker_kind_display()}"

    @property
    def about(self) -> str:
        """Whom it is about, in words; empty when it is none of the usual subjects."""
        return "" if self.subject == Subject.OTHER else self.get_subject_display()


class Rewording(models.Model):
    """A professional wording that stands beside the words, with author and date. The last one is the current one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="rewordings")
    text = models.TextField("reformulation")
    search = FoldedField(source="text")
    author_id = models.UUIDField(null=True)
    author_organisation = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.text


class ChangeQuerySet(models.QuerySet["Change"]):
    def touching(self, line: Statement) -> Self:
        """What was done to a line, or brought another under it. Two looks in two indexes: an OR of joins reads all."""
        steps = ChangeStep.objects.order_by()
        of_line, under = steps.filter(statement=line).values("change"), steps.filter(root_after=line).values("change")
        return self.filter(Q(pk__in=of_line) | Q(pk__in=under))


class Change(models.Model):
    """Something done to lines, with what is needed to undo it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=8, choices=ChangeKind.choices)
    actor_id = models.UUIDField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("occasion", "-id"), name="change_recent"),)

    def __str__(self) -> str:
        return self.get_kind_display()


class ChangeStep(models.Model):
    """What one statement was and became. Only the columns that the change touched are filled."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="steps")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    root_before = models.ForeignKey(Statement, null=True, on_delete=models.PROTECT, related_name="+")
    root_after = models.ForeignKey(Statement, null=True, on_delete=models.PROTECT, related_name="+")
    heading_before = models.ForeignKey(Heading, null=True, on_delete=models.PROTECT, related_name="+")
    heading_after = models.ForeignKey(Heading, null=True, on_delete=models.PROTECT, related_name="+")
    rewording_before = models.ForeignKey(Rewording, null=True, on_delete=models.PROTECT, related_name="+")
    rewording_after = models.ForeignKey(Rewording, null=True, on_delete=models.PROTECT, related_name="+")
    state_before = models.CharField(max_length=8, blank=True)
    state_after = models.CharField(max_length=8, blank=True)
    tally_added = models.SmallIntegerField(default=0)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.change_id} {self.statement_id}"


class Verdict(models.Model):
    """Someone decided that two lines do not say the same. Remembered: a refused suggestion does not come back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    first = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    actor_id = models.UUIDField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("first", "second"), name="verdict_pair"),
            models.CheckConstraint(condition=Q(first_id__lt=F("second_id")), name="verdict_ordered"),
        )

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


class Resemblance(models.Model):
    """A suggestion that two lines may say the same, with its reason. Rebuilt whole for a heading; never a decision.

    `use` orders the questions: docs/concepts/grouping.md, « La question la plus utile d'abord ».
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    heading = models.ForeignKey(Heading, on_delete=models.CASCADE, related_name="resemblances")
    first = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    use = models.FloatField(default=0)
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ("-use", "id")
        constraints = (models.UniqueConstraint(fields=("first", "second"), name="resemblance_pair"),)

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


class Answer(OfSpace):
    """What is answered to those who said a line: decided by whom, for what reason. Seen by all once published.

    Answering again adds a row: the last one is the answer, the others are its history.
    """

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField("réponse", max_length=8, choices=AnswerKind.choices)
    reasons = models.TextField("pourquoi")
    decided_by = models.CharField("décidé par", max_length=200)
    decided_on = models.DateField("le")
    author_id = models.UUIDField(null=True)
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(OfSpace.Meta):
        ordering = ("-decided_on", "-id")
        indexes = (models.Index(fields=("statement", "-decided_on"), name="answer_of_statement"),)
        constraints = (
            *OfSpace.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(reasons=""), name="answer_reasons",
                violation_error_message="Une réponse dit pourquoi.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.get_kind_display()


class FollowUp(models.Model):
    """A code of six letters with which somebody who said something finds what became of it. No link to a person.

    One of its kind in its space: a space brought in beside its original keeps the codes that were printed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    verbatim = models.OneToOneField(Verbatim, on_delete=models.CASCADE, related_name="follow_up")
    code = models.CharField(max_length=6)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("space", "code"), name="follow_up_code"),)

    def __str__(self) -> str:
        return self.code


class SetAside(models.Model):
    """« Pas maintenant » : a person put this question aside for later. It says nothing of the two lines."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    first = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+")
    actor_id = models.UUIDField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("first", "second", "actor_id"), name="set_aside_once"),
            models.CheckConstraint(condition=Q(first_id__lt=F("second_id")), name="set_aside_ordered"),
        )

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


class TeamLexicon(models.Model):
    """The words that a team adds, and what its decisions taught: docs/concepts/grouping.md, « Le lexique ».

    `text` is the file of `comptoir group --lexicon`, as the team wrote it. `taught` is rebuilt whole from the decisions
    (`taught_from`: their digest), in the lines of that same file.
    """

    space = models.OneToOneField(Space, primary_key=True, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    taught = models.TextField(blank=True)
    taught_from = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.space_id)


def counts(roots: "models.QuerySet[Statement, Any] | list[UUID]") -> dict[UUID, tuple[int, int]]:
    """Occurrences and number of gathered lines of each root, in one query: root id -> (occurrences, lines).

    Occurrences are the tallies of the verbatims plus the reported counts, over all lines gathered under the root.
    """
    rows = (
        Statement.objects.live()
        .filter(root__in=roots)
        .values("root_id")
        .annotate(
            occurrences=Sum(Coalesce(F("verbatim__tally"), 0) + Coalesce(F("reported_occurrences"), 0)),
            lines=Count("id"),
        )
        .order_by("root_id")
    )
    return {row["root_id"]: (row["occurrences"], row["lines"]) for row in rows}
