"""Signatories side by side, as each sees itself; and the five sentences that each answers."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.contracts.models import Signatory
from comptoir.contracts.views.shared import form_page, url
from comptoir.evaluation import actions
from comptoir.evaluation.compared import Spread, spread
from comptoir.evaluation.enums import SHORT, Item, Step
from comptoir.evaluation.evidence_forms import SelfForm
from comptoir.evaluation.models import Evaluation, SelfAnswer
from comptoir.evaluation.rules import may_self_assess, may_self_assess_some
from comptoir.evaluation.views.shared import FORM, evaluation_for, page
from comptoir.kit.errors import Refused

KINDS = {Step.YES: "success", Step.RATHER_YES: "success", Step.RATHER_NO: "warning", Step.NO: "danger"}


@dataclass(frozen=True, slots=True)
class Said:
    """An answer on the page: the short name of its question, its words, the badge that carries them."""

    short: str
    answer: SelfAnswer | None

    @property
    def kind(self) -> str:
        return KINDS[Step(self.answer.step)] if self.answer else "neutral"


@dataclass(frozen=True, slots=True)
class Row:
    """A signatory, its answers in the order of the questions, whether the reader may answer for it."""

    signatory: Signatory
    said: tuple[Said, ...]
    mine: bool

    @property
    def answered(self) -> bool:
        return any(one.answer for one in self.said)

    @property
    def by_team(self) -> bool:
        return any(one.answer.by_team for one in self.said if one.answer)


@dataclass(frozen=True, slots=True)
class Column:
    short: str
    sentence: str
    spread: Spread | None

    @property
    def median(self) -> str:
        return self.spread.median if self.spread else ""

    @property
    def gap(self) -> str:
        return self.spread.gap if self.spread else ""

    @property
    def apart(self) -> bool:
        return self.spread is not None and self.spread.apart


def _table(request: SpaceRequest, found: Evaluation, year: int, answers: list[SelfAnswer]) -> dict[str, Any]:
    given = {(one.signatory_id, one.item): one for one in answers if one.year == year}
    signatories = list(found.contract.signatories.shown().by_name())
    rows = [
        Row(one, tuple(Said(SHORT[item], given.get((one.pk, item))) for item in Item),
            may_self_assess(request.actor, one))
        for one in signatories
    ]  # fmt: skip
    columns = []
    for item in Item:
        steps = [Step(one.step) for (_, asked), one in given.items() if asked == item]
        columns.append(Column(SHORT[item], str(item.label), spread(steps)))
    return {"rows": rows, "columns": columns, "answered": len({one.signatory_id for one in given.values()})}


@require_safe
@in_space(is_member)
def self_assessments(request: SpaceRequest, code: str) -> HttpResponse:
    found = evaluation_for(request, code)
    now = timezone.localdate().year
    rows = SelfAnswer.objects.filter(signatory__contract=found.contract_id, signatory__withdrawn_at=None)
    answers = list(rows.order_by("pk"))
    years = sorted({one.year for one in answers} | {now}, reverse=True)
    asked = request.GET.get("annee", "")
    year = int(asked) if asked in map(str, years) else now
    return page(
        request, "evaluation/self_assessments.html", found, "self_assessments", year=year, years=years, now=now,
        may_answer=may_self_assess_some(request.actor) and year == now, **_table(request, found, year, answers),
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_self_assess_some)
def self_assess(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    """The five sentences, for the year that it is."""
    found = evaluation_for(request, code)
    signatory = get_object_or_404(found.contract.signatories.shown().select_related("organisation"), code=item)
    if not may_self_assess(request.actor, signatory):
        raise Refused("Vous répondez pour votre organisme seulement.")
    today = timezone.localdate()
    form = SelfForm(request.POST or None, known=signatory.self_answers.filter(year=today.year))
    return form_page(
        request, form, act=lambda data: actions.assess(
            actor=request.actor, signatory=signatory, answers=form.answers, on=today
        ),
        done="Réponses enregistrées.", back=url(request, "self_assessments", found.code), back_label="Signataires",
        title=f"{signatory.organisation.name}, en {today.year}",
        lede="Cinq phrases, dites en votre nom. Tout le monde les lit, côte à côte ; il n'y a pas de classement.",
    )  # fmt: skip
