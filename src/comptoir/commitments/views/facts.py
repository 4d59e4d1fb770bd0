"""Joining and confirming a proof; writing down what a body decided; linking what was said."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_team
from comptoir.analysis.text import fold
from comptoir.commitments import actions
from comptoir.commitments.enums import ProofKind
from comptoir.commitments.forms import DecisionForm, EvidenceForm, ReplyForm
from comptoir.commitments.models import Commitment, Decision, Evidence
from comptoir.commitments.rules import may_decide, may_link, may_tell_some, may_write_commitments
from comptoir.commitments.thread import lines_of
from comptoir.commitments.views.shared import (
    commitment_for,
    deciding_meetings,
    editable,
    or_404,
    say_where_meetings_are,
    tellable,
)
from comptoir.contracts.models import Meeting
from comptoir.contracts.views.shared import form_page
from comptoir.spaces import files
from comptoir.spaces.models import StoredFile
from comptoir.voices.models import Statement
from comptoir.workshops.sheets import lines_of as sheet_lines

FORM = ["GET", "HEAD", "POST"]
CANDIDATES = 30


def _back(request: SpaceRequest, commitment: Commitment) -> str:
    return reverse("commitment", args=(request.space.slug, commitment.code))


@require_http_methods(FORM)
@in_space(may_tell_some)
def evidence_new(request: SpaceRequest, code: str) -> HttpResponse:
    found = tellable(request, code)
    form = EvidenceForm(request.POST or None, request.FILES or None, yearly=found.yearly)

    def act(data: dict[str, Any]) -> Evidence:
        file: StoredFile | None = None
        if data["file"] and data["kind"] in {ProofKind.DOCUMENT, ProofKind.PHOTO}:
            sent = data["file"]
            file = files.keep_upload(space=request.space, content=sent.read(), name=sent.name)
        return actions.give_evidence(
            actor=request.actor, commitment=found, kind=data["kind"], label=data["label"],
            given_on=timezone.localdate(), file=file, url=data["url"], figure=data["figure"], unit=data["unit"],
            whole=not data["partial"], year=data.get("year"),
        )  # fmt: skip

    return form_page(
        request, form, act=act, done="Pièce jointe. Elle comptera une fois confirmée par une autre personne.",
        back=_back(request, found), back_label="L'engagement", title="Joindre une pièce", submit="Joindre",
        lede=found.text,
    )  # fmt: skip


def _evidence(request: SpaceRequest, code: str, item: str) -> Evidence:
    found = commitment_for(request, code)
    rows = Evidence.objects.filter(commitment=found, withdrawn_at=None)
    return get_object_or_404(rows.select_related("commitment__signatory__organisation"), code=item)


@require_POST
@in_space(is_team)
def evidence_confirm(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    """`meeting`: the meeting at which a body confirmed it."""
    evidence = _evidence(request, code, item)
    asked = request.POST.get("meeting", "")
    meeting: Meeting | None = None
    if asked:
        meeting = get_object_or_404(deciding_meetings(evidence.commitment.contract), code=asked)
    actions.confirm(actor=request.actor, evidence=evidence, on=timezone.localdate(), meeting=meeting)
    messages.success(request, "Pièce confirmée.")
    return redirect(_back(request, evidence.commitment))


@require_POST
@in_space(may_tell_some)
def evidence_withdraw(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    tellable(request, code)
    evidence = _evidence(request, code, item)
    actions.withdraw_evidence(actor=request.actor, evidence=evidence)
    messages.success(request, "Pièce retirée : elle ne compte plus, et reste dans l'historique.")
    return redirect(_back(request, evidence.commitment))


@require_http_methods(FORM)
@in_space(may_decide)
def decision_new(request: SpaceRequest, code: str) -> HttpResponse:
    found = commitment_for(request, code)
    meetings = deciding_meetings(found.contract)
    form = DecisionForm(request.POST or None, meetings=meetings, yearly=found.yearly)
    say_where_meetings_are(request, form, found.contract)

    def act(data: dict[str, Any]) -> Decision:
        return actions.decide(
            actor=request.actor, commitment=found, meeting=data["meeting"], outcome=data["outcome"],
            reason=data["reason"], year=data.get("year"),
        )  # fmt: skip

    return form_page(
        request, form, act=act, done="Décision écrite. Le signataire peut y répondre.", back=_back(request, found),
        back_label="L'engagement", title="Écrire une décision",
        lede="Ce qu'une instance qui valide a décidé. « Tenu » demande une pièce confirmée, pas une décision.",
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_write_commitments)
def decision_reply(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found = editable(request, code)
    decision = get_object_or_404(found.decisions.filter(withdrawn_at=None), pk=_identity(item))
    decision.commitment = found
    form = ReplyForm(request.POST or None, initial={"reply": decision.reply})
    today: date = timezone.localdate()
    return form_page(
        request, form,
        act=lambda data: actions.reply_to_decision(
            actor=request.actor, decision=decision, reply=data["reply"], on=today
        ),
        done="Réponse enregistrée : elle se lit à côté de la décision.", back=_back(request, found),
        back_label="L'engagement", title="Répondre à la décision", lede=decision.reason,
    )  # fmt: skip


def _identity(text: str) -> str:
    from uuid import UUID

    try:
        return str(UUID(text))
    except ValueError:
        or_404(False)
        raise


@require_http_methods(["GET", "HEAD"])
@in_space(may_link)
def link_choose(request: SpaceRequest, code: str) -> HttpResponse:
    """The lines that a commitment may answer: search, then one click on each."""
    found = commitment_for(request, code)
    query = request.GET.get("q", "").strip()
    linked = [line.pk for line, _ in lines_of(found)]
    pool = Statement.objects.roots().filter(space=request.space).exclude(pk__in=linked)
    pool = pool.filter(heading__kind__in=("interest", "try", "pitfall", "invention", "other"))
    near = pool.matching(fold(query)) if query else pool
    chosen = list(near.order_by("-pk").values_list("pk", flat=True)[:CANDIDATES])
    lines = sorted(sheet_lines(Statement.objects.filter(pk__in=chosen)), key=lambda line: -line.occurrences)
    context = {"commitment": found, "query": query, "lines": lines}
    return render(request, "commitments/link.html", context)


@require_POST
@in_space(may_link)
def link_act(request: SpaceRequest, code: str) -> HttpResponse:
    """« Relier » or « Enlever le lien » with a line."""
    found = commitment_for(request, code)
    rows = Statement.objects.live().filter(space=request.space)
    statement = get_object_or_404(rows, code=request.POST.get("line", ""))
    if request.POST.get("verb") == "off":
        for linked in rows.filter(root=statement.root_id, commitment_links__commitment=found):
            actions.unlink(actor=request.actor, commitment=found, statement=linked)
        messages.success(request, "Lien enlevé.")
    else:
        actions.link(actor=request.actor, commitment=found, statement=statement)
        messages.success(request, "Relié.")
    return redirect(_back(request, found))
