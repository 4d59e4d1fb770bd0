"""What is given back: the frozen states of an evaluation, read from what was frozen and nothing else."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.contracts.views.shared import form_page, url
from comptoir.evaluation import actions
from comptoir.evaluation.forms_restitution import AnswerForm, FreezeForm
from comptoir.evaluation.frozen import intact, written_answers
from comptoir.evaluation.frozen_changes import changes
from comptoir.evaluation.frozen_reading import content_in
from comptoir.evaluation.models import OutsideNote, Restitution
from comptoir.evaluation.plain import page_of
from comptoir.evaluation.rules import may_lead, may_review, may_write
from comptoir.evaluation.slots import restitution_documents
from comptoir.evaluation.views.shared import FORM, evaluation_for, page, question_for


def restitution_for(request: SpaceRequest, code: str, number: int) -> Restitution:
    evaluation = evaluation_for(request, code)
    found = get_object_or_404(Restitution, evaluation=evaluation, number=number)
    found.evaluation, found.space = evaluation, request.space
    return found


@require_safe
@in_space(is_member)
def restitutions(request: SpaceRequest, code: str) -> HttpResponse:
    """The frozen states, the last first; and the answers that are still to be written."""
    found = evaluation_for(request, code)
    kept = list(found.questions.kept().order_by("pk"))
    answers = written_answers([question.pk for question in kept])
    return page(
        request, "evaluation/restitutions.html", found, "restitutions",
        restitutions=found.restitutions.defer("content").order_by("-number"),
        answers=[(question, answers.get(question.pk, "")) for question in kept],
        may_lead=may_lead(request.actor), may_write=may_write(request.actor),
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_write)
def answer_write(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found = question_for(request, code, item)
    last = found.answers.order_by("-id").first()
    form = AnswerForm(request.POST or None, initial={"text": last.text if last else ""})
    return form_page(
        request, form, act=lambda data: actions.write_answer(actor=request.actor, question=found, text=data["text"]),
        done="Réponse écrite.", back=url(request, "restitutions", code), back_label="Restitution",
        title="Répondre à la question", lede=found.text,
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_lead)
def restitution_new(request: SpaceRequest, code: str) -> HttpResponse:
    found = evaluation_for(request, code)
    form = FreezeForm(request.POST or None)

    def act(data: dict[str, Any]) -> Restitution:
        return actions.freeze(
            actor=request.actor, evaluation=found, moment=data["moment"], name=data["name"], on=timezone.localdate()
        )

    return form_page(
        request, form, act=act, done="L'évaluation est figée : cet état ne bougera plus.",
        back=url(request, "restitutions", code), back_label="Restitution", title="Figer l'évaluation", submit="Figer",
        lede="Questions, réponses, pièces, jugements et recommandations, tels qu'ils sont aujourd'hui.",
        goes_to=lambda made: url(request, "restitution", code, str(made.number)),
    )  # fmt: skip


@require_safe
@in_space(is_member)
def restitution(request: SpaceRequest, code: str, number: int) -> HttpResponse:
    """A frozen state: what it says, and what changed since the one before."""
    found = restitution_for(request, code, number)
    content = content_in(found)
    documents = restitution_documents.pieces(request.actor, [found])[found.pk]
    plain = page_of(found)
    published = plain is not None and plain.published_on is not None
    before = found.evaluation.restitutions.filter(number__lt=number).order_by("-number").first()
    if before:
        before.space = request.space
    return page(
        request, "evaluation/restitution.html", found.evaluation, "restitutions", restitution=found, content=content,
        before=before, changes=changes(content_in(before), content) if before else [],
        intact=intact(found.content, found.seal), documents=documents,
        plain_published=published, plain_open=published or may_write(request.actor),
        notes=OutsideNote.objects.filter(restitution=found).order_by("pk"), 
        may_review=may_review(request.actor), me=request.actor.person_id,
    )  # fmt: skip
