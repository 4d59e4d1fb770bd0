"""The tree of objectives, and one of them with all its wordings."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.analysis.wordings import differences, share_kept
from comptoir.contracts.actions import (
    add_objective,
    adopt_wording,
    comment,
    give_opinion,
    move_objective,
    withdraw_objective,
    write_wording,
)
from comptoir.contracts.actions.objectives import level_under
from comptoir.contracts.forms import CommentForm, ObjectiveForm, OpinionForm, WordingForm
from comptoir.contracts.models import Objective, ObjectiveOpinion, ObjectiveWording
from comptoir.contracts.overview import objectives_of, orientations, tree
from comptoir.contracts.rules import (
    may_comment,
    may_draft,
    may_edit_cards,
    may_edit_contract,
    speaks_for,
)
from comptoir.contracts.slots import objective_pieces, wording_sources
from comptoir.contracts.themes import BY_CODE
from comptoir.contracts.views.shared import contract_for, form_page, objective_for, page, today, url
from comptoir.kit.errors import Refused

FORM = ["GET", "HEAD", "POST"]
PER_PAGE = 12  # orientations, with all that hangs under them


@require_safe
@in_space(is_member)
def objectives(request: SpaceRequest, code: str) -> HttpResponse:
    found = contract_for(request, code)
    shown = Paginator(orientations(found).values_list("pk", flat=True), PER_PAGE).get_page(request.GET.get("page"))
    rows = objectives_of(found, list(shown))
    waiting = dict(
        ObjectiveWording.objects.filter(objective__in=[one.pk for one in rows], number__gt=1)
        .exclude(pk__in=[one.wording_id for one in rows])
        .values_list("objective")
        .annotate(n=Count("pk"))
        .order_by("objective")
    )
    pieces = objective_pieces.pieces(request.actor, rows)
    return page(
        request, "contracts/objectives.html", found, "objectives",
        shown=shown, tree=tree(rows), tree_pieces=pieces, waiting=waiting, may_edit=may_edit_contract(request.actor),
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_edit_contract)
def objective_new(request: SpaceRequest, code: str) -> HttpResponse:
    """`?under=` says what it hangs on; an orientation where nothing is said."""
    found = contract_for(request, code)
    under = request.GET.get("under", "")
    parent = objective_for(request, found, under) if under else None
    level = level_under(parent)
    if level is None:
        raise Http404
    form = ObjectiveForm(request.POST or None, initial={"theme": parent.theme if parent else ""})
    return form_page(
        request, form,
        act=lambda data: add_objective(actor=request.actor, contract=found, parent=parent, **data),
        done="C'est ajouté.", back=url(request, "objectives", code), back_label="Objectifs", submit="Ajouter",
        title={"orientation": "Nouvelle orientation"}.get(level, f"Nouvel {level.label.lower()}"),
        lede=f"Sous « {parent.text} »" if parent else "Une grande direction ; les objectifs se rangent dessous.",
    )  # fmt: skip


@require_safe
@in_space(is_member)
def objective(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found = contract_for(request, code)
    shown = objective_for(request, found, item)
    wordings = list(shown.wordings.prefetch_related("comments").order_by("-number"))
    opinions = list(
        ObjectiveOpinion.objects.select_related("signatory__organisation")
        .filter(wording__objective=shown, signatory__withdrawn_at=None)
        .order_by("given_on", "pk")
    )
    signatories = list(found.signatories.shown().by_name())
    speaking = [one for one in signatories if speaks_for(request.actor, one)]
    if may_edit_contract(request.actor):
        speaking = signatories
    sources = wording_sources.pieces(request.actor, wordings)
    entries = [
        {
            "wording": wording,
            "in_force": wording.pk == shown.wording_id,
            "opinions": [one for one in opinions if one.wording_id == wording.pk],
            "agreed": sum(one.wording_id == wording.pk and one.stance == "approves" for one in opinions),
            "sources": sources[wording.pk],
            "changes": differences(before.text, wording.text) if before else (),
        }
        for wording, before in zip(wordings, [*wordings[1:], None], strict=True)
    ]
    return page(
        request, "contracts/objective.html", found, "objectives",
        objective=shown, theme=BY_CODE.get(shown.theme), entries=entries, signatory_count=len(signatories),
                may_comment=may_comment(request.actor), may_draft=may_draft(request.actor), may_answer=bool(speaking),
        pieces=objective_pieces.pieces(request.actor, [shown])[shown.pk],
        may_edit=may_edit_contract(request.actor), may_add=level_under(shown),
        children=list(Objective.objects.shown().with_words().filter(parent=shown).order_by("position", "pk")),
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_draft)
def wording_new(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    shown = objective_for(request, contract_for(request, code), item)
    last = shown.wordings.order_by("-number")[0]
    form = WordingForm(
        request.POST or None, initial={"text": last.text, "based_on": last.number},
        may_adopt=may_edit_contract(request.actor),
    )  # fmt: skip
    return form_page(
        request, form, act=lambda data: write_wording(actor=request.actor, objective=shown, **data),
        done="La rédaction est proposée : chacun peut la lire, la commenter, donner son accord.",
        back=url(request, "objective", code, item), back_label="L'objectif", title="Proposer une rédaction",
        submit="Proposer", lede="Les rédactions précédentes sont gardées, avec les avis donnés sur chacune.",
    )  # fmt: skip


def _wording(shown: Objective, number: int) -> ObjectiveWording:
    wording = get_object_or_404(shown.wordings, number=number)
    wording.objective = shown
    return wording


@require_POST
@in_space(may_edit_contract)
def wording_adopt(request: SpaceRequest, code: str, item: str, number: int) -> HttpResponse:
    shown = objective_for(request, contract_for(request, code), item)
    adopt_wording(actor=request.actor, wording=_wording(shown, number))
    messages.success(request, "Cette rédaction est en vigueur.")
    return redirect("objective", request.space.slug, code, item)


@require_http_methods(FORM)
@in_space(may_comment)
def wording_comment(request: SpaceRequest, code: str, item: str, number: int) -> HttpResponse:
    shown = objective_for(request, contract_for(request, code), item)
    wording = _wording(shown, number)
    return form_page(
        request, CommentForm(request.POST or None),
        act=lambda data: comment(actor=request.actor, wording=wording, text=data["text"]),
        done="La remarque est ajoutée.", back=url(request, "objective", code, item), back_label="L'objectif",
        title=f"Commenter la version {number}", submit="Ajouter la remarque", lede=wording.text,
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_edit_cards)
def wording_opinion(request: SpaceRequest, code: str, item: str, number: int) -> HttpResponse:
    found = contract_for(request, code)
    shown = objective_for(request, found, item)
    wording = _wording(shown, number)
    rows = found.signatories.shown().by_name()
    if not may_edit_contract(request.actor):
        rows = rows.filter(pk__in=[one.pk for one in rows if speaks_for(request.actor, one)])
        if not rows:
            raise Refused("Votre organisme n'est pas signataire de ce contrat.")
    form = OpinionForm(request.POST or None, signatories=rows, initial={"given_on": today()})
    return form_page(
        request, form, act=lambda data: give_opinion(actor=request.actor, wording=wording, **data),
        done="L'avis est noté.", back=url(request, "objective", code, item), back_label="L'objectif",
        title=f"Avis sur la version {number}", submit="Noter l'avis", lede=wording.text,
    )  # fmt: skip


@require_safe
@in_space(is_member)
def wording_differences(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    """`?from=1&to=3`; by default what was proposed last against what is in force, or against the one before it."""
    found = contract_for(request, code)
    shown = objective_for(request, found, item)
    wordings = {wording.number: wording for wording in shown.wordings.order_by("number")}
    numbers = list(wordings)
    first, second = _number(request.GET.get("from", "")), _number(request.GET.get("to", ""))
    before = wordings.get(first) or wordings[numbers[-2] if len(numbers) > 1 else numbers[0]]
    after = wordings.get(second) or wordings[numbers[-1]]
    return page(
        request, "contracts/differences.html", found, "objectives",
        objective=shown, before=before, after=after, wordings=list(wordings.values()),
        pieces=differences(before.text, after.text), kept=round(100 * share_kept(before.text, after.text)),
    )  # fmt: skip


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 0


@require_POST
@in_space(may_edit_contract)
def objective_move(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    shown = objective_for(request, contract_for(request, code), item)
    move_objective(actor=request.actor, objective=shown, up=request.POST.get("way") == "up")
    return redirect(f"{url(request, 'objectives', code)}#{item}")


@require_POST
@in_space(may_edit_contract)
def objective_withdraw(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    shown = objective_for(request, contract_for(request, code), item)
    withdraw_objective(actor=request.actor, objective=shown)
    messages.success(request, "L'objectif est retiré. Ses rédactions restent au journal.")
    return redirect("objectives", request.space.slug, code)
