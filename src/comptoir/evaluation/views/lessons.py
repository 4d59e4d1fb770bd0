"""What is kept: lessons for the next contract, skills gained step by step."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.contracts.views.shared import form_page, url
from comptoir.evaluation import actions
from comptoir.evaluation.enums import LearningStep, LessonKind
from comptoir.evaluation.forms_restitution import LessonForm, SkillForm
from comptoir.evaluation.models import Lesson, Skill
from comptoir.evaluation.rules import may_propose, may_write
from comptoir.evaluation.views.shared import FORM, evaluation_for, page


@require_safe
@in_space(is_member)
def lessons(request: SpaceRequest, code: str) -> HttpResponse:
    found = evaluation_for(request, code)
    kept = list(Lesson.objects.shown().filter(evaluation=found).order_by("pk"))
    gained = list(Skill.objects.filter(evaluation=found, withdrawn_at=None).order_by("gained_on", "pk"))
    return page(
        request, "evaluation/lessons.html", found, "restitutions",
        lessons=[(kind.label, rows) for kind in LessonKind if (rows := [one for one in kept if one.kind == kind])],
        skills=[(step.label, steps) for step in LearningStep if (steps := [one for one in gained if one.step == step])],
        may_propose=may_propose(request.actor), may_write=may_write(request.actor),
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_propose)
def lesson_new(request: SpaceRequest, code: str) -> HttpResponse:
    found = evaluation_for(request, code)

    def act(data: dict[str, Any]) -> Lesson:
        return actions.keep_lesson(actor=request.actor, evaluation=found, on=timezone.localdate(), **data)

    return form_page(
        request, LessonForm(request.POST or None), act=act, done="Gardée : elle sera proposée au contrat suivant.",
        back=url(request, "lessons", code), back_label="Ce que l'on garde", title="Garder une leçon",
        lede="Pour ceux qui écriront le prochain contrat : une phrase qu'ils comprendront sans vous.",
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_propose)
def skill_new(request: SpaceRequest, code: str) -> HttpResponse:
    found = evaluation_for(request, code)

    def act(data: dict[str, Any]) -> Skill:
        return actions.log_skill(actor=request.actor, evaluation=found, on=timezone.localdate(), **data)

    return form_page(
        request, SkillForm(request.POST or None), act=act, done="Noté.", back=url(request, "lessons", code),
        back_label="Ce que l'on garde", title="Noter une compétence gagnée",
        lede="Évaluer apprend : mener un entretien, lire un tableau, animer une restitution.",
    )  # fmt: skip


@require_POST
@in_space(may_write)
def learnt_withdraw(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    """A lesson or a skill, whichever has this code."""
    found = evaluation_for(request, code)
    rows = [*Lesson.objects.shown().filter(evaluation=found, code=item)]
    learnt = rows[0] if rows else Skill.objects.filter(evaluation=found, code=item, withdrawn_at=None).first()
    if learnt is None:
        raise Http404
    learnt.evaluation = found
    actions.withdraw_learnt(actor=request.actor, learnt=learnt)
    messages.success(request, "Retiré de la liste.")
    return redirect(url(request, "lessons", code))
