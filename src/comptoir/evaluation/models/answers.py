"""What answers a question, what each college judges of it, and what is recommended."""

from django.db import models
from django.db.models import Q

from comptoir.commitments.models import Commitment
from comptoir.contracts.models import Signatory
from comptoir.evaluation.enums import College, Confidence, FindingKind, Verdict
from comptoir.evaluation.models.bilans import ActionReview
from comptoir.evaluation.models.framing import Evaluation
from comptoir.evaluation.models.questions import EvaluativeQuestion, PlannedSource
from comptoir.participation.models import SurveyQuestion
from comptoir.spaces.models import OfSpace, StoredFile
from comptoir.workshops.models import SynthesisLine


class Finding(OfSpace):
    """A piece of evidence for a question: a figure, answers to a survey, a published line, a commitment, a document,
    an observation.
    """

    question = models.ForeignKey(EvaluativeQuestion, on_delete=models.PROTECT, related_name="findings")
    kind = models.CharField("c'est", max_length=10, choices=FindingKind.choices)
    text = models.CharField("ce que cela montre", max_length=400, blank=True)
    figure = models.DecimalField("chiffre", max_digits=16, decimal_places=2, null=True, blank=True)
    unit = models.CharField("unité", max_length=60, blank=True)
    period = models.CharField("période", max_length=60, blank=True)
    whence = models.CharField("source", max_length=200, blank=True)
    source = models.ForeignKey(
        PlannedSource, verbose_name="répond à", null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    line = models.ForeignKey(SynthesisLine, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    commitment = models.ForeignKey(Commitment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    survey_question = models.ForeignKey(
        SurveyQuestion, verbose_name="question d'une enquête", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    url = models.URLField("adresse", max_length=500, blank=True)
    review = models.ForeignKey(
        ActionReview, verbose_name="bilan", null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    author_id = models.UUIDField(null=True)
    author_organisation = models.CharField(max_length=120, blank=True)
    given_on = models.DateField("versé le")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(OfSpace.Meta):
        ordering = ("kind", "id")
        constraints = (
            *OfSpace.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind=FindingKind.FIGURE, figure__isnull=False)
                | Q(kind=FindingKind.VOICE, line__isnull=False)
                | Q(kind=FindingKind.SURVEY, survey_question__isnull=False)
                | Q(kind=FindingKind.COMMITMENT, commitment__isnull=False)
                | Q(kind=FindingKind.DOCUMENT) & (Q(file__isnull=False) | ~Q(url=""))
                | Q(kind=FindingKind.NOTE) & ~Q(text=""),
                name="finding_has_its_matter",
            ),
        )

    def __str__(self) -> str:
        return self.text


class Judgement(OfSpace):
    """What a college judges. The last one of a college is its own; the others are its history."""

    question = models.ForeignKey(EvaluativeQuestion, on_delete=models.PROTECT, related_name="judgements")
    college = models.CharField("collège", max_length=12, choices=College.choices)
    verdict = models.CharField("réponse", max_length=12, choices=Verdict.choices)
    reasons = models.TextField("pourquoi")
    confidence = models.CharField("confiance", max_length=8, choices=Confidence.choices)
    given_by = models.CharField("rendu par", max_length=200)
    given_on = models.DateField("rendu le")
    author_id = models.UUIDField(null=True)

    class Meta(OfSpace.Meta):
        ordering = ("-id",)
        constraints = (
            *OfSpace.Meta.constraints,
            models.CheckConstraint(condition=~Q(reasons=""), name="judgement_reasons"),
        )

    def __str__(self) -> str:
        return self.get_verdict_display()


class Recommendation(OfSpace):
    """What should be done: by whom, by when. Become a commitment, it is followed as one."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="recommendations")
    question = models.ForeignKey(
        EvaluativeQuestion, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations"
    )
    text = models.CharField("recommandation", max_length=600)
    signatory = models.ForeignKey(
        Signatory, verbose_name="à qui", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField("pour le", null=True, blank=True)
    commitment = models.OneToOneField(
        Commitment, verbose_name="devenue l'engagement", null=True, blank=True, on_delete=models.PROTECT,
        related_name="recommendation",
    )  # fmt: skip
    author_id = models.UUIDField(null=True)
    author_organisation = models.CharField(max_length=120, blank=True)
    made_on = models.DateField("faite le")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(OfSpace.Meta):
        ordering = ("made_on", "id")

    def __str__(self) -> str:
        return self.text
