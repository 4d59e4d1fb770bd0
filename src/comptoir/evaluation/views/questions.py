"""Questions: proposed, chosen by college, kept or parked; one question with all that answers it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.contracts.views.shared import form_page, url
from comptoir.evaluation import actions
from comptoir.evaluation.around import around
from comptoir.evaluation.enums import College, Nature, QuestionStatus
from comptoir.evaluation.feelings import feelings_of
from comptoir.evaluation.following import followed_of
from comptoir.evaluation.forms import QuestionForm, SettleForm, SourceForm, SpecifyForm
from comptoir.evaluation.means import chosen_of
from comptoir.evaluation.models import EvaluativeQuestion
from comptoir.evaluation.reading import apart, board_of, evidence_of, side_by_side
from comptoir.evaluation.rules import (
    may_count_hands,
    may_judge_some,
    may_lead,
    may_propose,
    may_read_reviews,
    may_tell_perceived,
    may_vote,
    may_write,
)
from comptoir.evaluation.views.shared import FORM, colleges_of, evaluation_for, page, question_for
from comptoir.kit.errors import Invalid

SHOWN_EARLIER = 10


@require_safe
@in_space(is_member)
def questions(request: SpaceRequest, code: str) -> HttpResponse:
    found = evaluation_for(request, code)
    board = board_of(request.actor, found, timezone.localdate())
    rows = board.rows
    groups = [
        (label, [row for row in rows if row.question.status == status])
        for status, label in (
            (QuestionStatus.KEPT, "Retenues"), (QuestionStatus.PROPOSED, "Proposées"),
            (QuestionStatus.PARKED, "Mises de côté"),
        )
    ]  # fmt: skip
    return page(
        request, "evaluation/questions.html", found, "questions", groups=groups, count=len(rows),
        budget=board.budget, votes=board.votes, colleges=College.choices,
        may_vote=may_vote(request.actor), may_count=may_count_hands(request.actor), may_lead=may_lead(request.actor),
        may_propose=may_propose(request.actor), chosen=sum(row.mine for row in rows),
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_propose)
def question_new(request: SpaceRequest, code: str) -> HttpResponse:
    found = evaluation_for(request, code)
    colleges = colleges_of(request.actor)
    form = QuestionForm(
        request.POST or None, colleges=colleges, initial={"proposed_by": request.actor.organisation}
    )  # fmt: skip
    return form_page(
        request, form, act=lambda data: actions.propose(actor=request.actor, evaluation=found, **data),
        done="Question proposée.", back=url(request, "questions", found.code), back_label="Questions",
        title="Proposer une question", submit="Proposer",
    )  # fmt: skip


@require_safe
@in_space(is_member)
def question(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    """The evidence board of a question, and what each college judges of it, side by side."""
    found = question_for(request, code, item)
    today = timezone.localdate()
    known = around(found)
    judged, sources = known.judgements, known.sources
    judgements = {College(one.college): one for one in judged}
    earlier = [one for one in reversed(judged) if judgements[College(one.college)] is not one]
    evidence = evidence_of(found, today, known)
    followed = followed_of(request.actor, known)
    answered = {one.finding.source_id for one in evidence} | {one.source.pk for one in followed if one.given}
    lacks = [str(nature.label) for nature in Nature if all(one.nature != nature for one in sources)]
    return page(
        request, "evaluation/question.html", found.evaluation, "questions", question=found, evidence=evidence,
        followed=followed, feelings=feelings_of(known, followed), may_tell=may_tell_perceived(request.actor),
        sources=[(one, one.pk in answered, one.due_on < today and one.pk not in answered) for one in sources],
        lacks=lacks, next_step=_next_step(found, bool(lacks), bool(answered or evidence)),
        judgements=side_by_side(judgements),
        apart=[(str(one.label), str(other.label)) for one, other in apart(judgements)],
        chosen_methods=chosen_of(known.methods), earlier=earlier[:SHOWN_EARLIER], history=known.history,
        sheet={"why": known.why},
        may_lead=may_lead(request.actor), may_write=may_write(request.actor),
        may_judge=may_judge_some(request.actor), may_read_reviews=may_read_reviews(request.actor),
    )  # fmt: skip


def _next_step(question: EvaluativeQuestion, lacks: bool, known: bool) -> str:
    """What answering this question asks for first: the one button that stands out for those who write."""
    if not question.criterion or question.leverage is None:
        return "specify"
    if lacks:
        return "plan"
    return "judge" if known else "bring"


@require_POST
@in_space(may_vote)
def question_choose(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    """`on`: choose it; without it, choose it no longer."""
    actions.choose(actor=request.actor, question=question_for(request, code, item), on="on" in request.POST)
    return redirect(url(request, "questions", code))


@require_POST
@in_space(may_count_hands)
def question_hands(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found = question_for(request, code, item)
    said = request.POST.get("number", "").strip()
    if not said.isdecimal():
        raise Invalid("Écrivez combien de mains se sont levées, en chiffres.", field="number")
    actions.count_hands(
        actor=request.actor, question=found, college=request.POST.get("college", ""), number=int(said),
        on=timezone.localdate(),
    )  # fmt: skip
    messages.success(request, "Mains levées comptées.")
    return redirect(url(request, "questions", code))


def _back(request: SpaceRequest, found: EvaluativeQuestion) -> str:
    return url(request, "question", found.evaluation.code, found.code)


@require_http_methods(FORM)
@in_space(may_write)
def question_edit(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found = question_for(request, code, item)
    names = ("criterion", "scope", "leverage", "leverage_note")
    form = SpecifyForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    return form_page(
        request, form, act=lambda data: actions.specify(actor=request.actor, question=found, **data),
        done="Question précisée.", back=_back(request, found), back_label="La question", title="Préciser la question",
        lede=found.text,
    )  # fmt: skip


@require_POST
@in_space(may_lead)
def question_keep(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    """`back`: put it back among the proposals."""
    found = question_for(request, code, item)
    status = QuestionStatus.PROPOSED if "back" in request.POST else QuestionStatus.KEPT
    actions.settle(actor=request.actor, question=found, status=status)
    messages.success(
        request, "Question retenue." if status == QuestionStatus.KEPT else "Question remise aux propositions."
    )
    return redirect(url(request, "questions", code))


@require_http_methods(FORM)
@in_space(may_lead)
def question_park(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found = question_for(request, code, item)
    form = SettleForm(request.POST or None)

    def act(data: dict[str, Any]) -> EvaluativeQuestion:
        return actions.settle(actor=request.actor, question=found, status=QuestionStatus.PARKED, reason=data["reason"])

    return form_page(
        request, form, act=act, done="Question mise de côté, avec sa raison.", back=url(request, "questions", code),
        back_label="Questions", title="Mettre de côté", submit="Mettre de côté", lede=found.text,
    )  # fmt: skip


@require_POST
@in_space(may_lead)
def question_withdraw(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    actions.withdraw_question(actor=request.actor, question=question_for(request, code, item))
    messages.success(request, "Question retirée.")
    return redirect(url(request, "questions", code))


@require_http_methods(FORM)
@in_space(may_write)
def source_new(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found = question_for(request, code, item)
    form = SourceForm(request.POST or None)
    return form_page(
        request, form, act=lambda data: actions.plan(
            actor=request.actor, question=found, on=timezone.localdate(), **data
        ),
        done="Prévu.", back=_back(request, found), back_label="La question",
        title="Prévoir un chiffre ou une parole", submit="Prévoir", lede=found.text,
    )  # fmt: skip


@require_POST
@in_space(may_write)
def source_withdraw(request: SpaceRequest, code: str, item: str, source: UUID) -> HttpResponse:
    found = question_for(request, code, item)
    planned = get_object_or_404(found.sources.filter(withdrawn_at=None), pk=source)
    planned.question = found
    actions.withdraw_source(actor=request.actor, source=planned)
    messages.success(request, "Source retirée.")
    return redirect(_back(request, found))
