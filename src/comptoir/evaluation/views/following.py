"""Choosing the indicator of the observatory that will answer a question."""

from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.contracts.views.shared import form_page, url
from comptoir.evaluation import actions
from comptoir.evaluation.evidence_forms import FollowForm
from comptoir.evaluation.rules import may_write
from comptoir.evaluation.views.shared import FORM, question_for

COLLECTED = timedelta(days=75)  # before the report: see « Le calendrier à rebours »


@require_http_methods(FORM)
@in_space(may_write)
def source_follow(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found = question_for(request, code, item)
    form = FollowForm(
        request.POST or None, actor=request.actor, question=found,
        initial={"due_on": found.evaluation.ends_on - COLLECTED},
    )  # fmt: skip
    return form_page(
        request, form, act=lambda data: actions.follow(
            actor=request.actor, question=found, on=timezone.localdate(), **data
        ),
        done="Suivi : sa dernière valeur est au tableau des pièces.",
        back=url(request, "question", found.evaluation.code, found.code), back_label="La question",
        title="Suivre un indicateur", submit="Suivre", lede=found.text,
    )  # fmt: skip
