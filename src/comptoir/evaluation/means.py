"""What the chosen methods and the planned sources ask for, against the means of the framing sheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from comptoir.evaluation.enums import QuestionStatus
from comptoir.evaluation.methods import DAY, Method, methods
from comptoir.evaluation.models import ChosenMethod, Evaluation, PlannedSource


@dataclass(frozen=True, slots=True)
class Chosen:
    """A chosen method beside its page, None where the library no longer has it."""

    row: ChosenMethod
    method: Method | None

    @property
    def title(self) -> str:
        return self.method.title if self.method else self.row.method


@dataclass(frozen=True, slots=True)
class Asked:
    """`days`, `euros`: what the methods ask; `sources`: days of the sources. `has_days`, `has_euros`: the means said
    in the framing, None where they are not."""

    methods: int
    days: float
    euros: int
    sources: float
    has_days: int | None
    has_euros: Decimal | None

    @property
    def total(self) -> float:
        return self.days + self.sources

    @property
    def said(self) -> dict[str, str]:
        """The days in words: those of the methods, of the sources, of both."""
        return {"methods": _said(self.days), "sources": _said(self.sources), "total": _said(self.total)}

    @property
    def warnings(self) -> list[str]:
        found = []
        if self.has_days is not None and self.total > self.has_days:
            found.append(f"Il manque {_said(self.total - self.has_days)} de travail : retirez une méthode, ou revoyez"
                         " les moyens.")  # fmt: skip
        if self.has_euros is not None and self.euros > self.has_euros:
            found.append(f"Les méthodes coûtent {self.euros} €, le budget du cadrage est de {self.has_euros:.0f} €.")
        return found


def _said(days: float) -> str:
    rounded = f"{days:.1f}".removesuffix(".0").replace(".", ",")
    return f"{rounded} jour" if days < 2 else f"{rounded} jours"


def chosen_of(rows: Iterable[ChosenMethod]) -> list[Chosen]:
    """Each beside its page."""
    return [Chosen(row, methods().get(row.method)) for row in rows]


def asked_of(evaluation: Evaluation) -> Asked:
    """Two queries. What a parked or withdrawn question planned is not counted."""
    rows = list(ChosenMethod.objects.counted(evaluation).order_by("pk").values_list("hours", "euros"))
    there = PlannedSource.objects.filter(
        question__evaluation=evaluation, question__withdrawn_at=None, withdrawn_at=None
    ).exclude(question__status=QuestionStatus.PARKED)
    sources = there.aggregate(days=Sum("days"))["days"] or Decimal(0)
    return Asked(
        len(rows), sum(hours for hours, _ in rows) / DAY, sum(euros for _, euros in rows), float(sources),
        evaluation.days, evaluation.budget,
    )  # fmt: skip
