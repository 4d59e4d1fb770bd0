"""« Revue du tableau, 30 minutes »: the script, on screen, projected or on paper; writing down that it took place."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.commitments import actions
from comptoir.commitments.enums import LABELS, CheckInAnswer
from comptoir.commitments.forms_promises import ReviewForm
from comptoir.commitments.models import TableReview
from comptoir.commitments.review import is_stuck, next_presenter, script
from comptoir.commitments.rules import may_hold_review
from comptoir.commitments.shape import is_soon
from comptoir.commitments.since import Since
from comptoir.commitments.since import What as Change
from comptoir.commitments.state import Label
from comptoir.commitments.table import Row, Whole, every_row, since_last_snapshot, whole_table
from comptoir.commitments.told import What, told_of
from comptoir.commitments.views.shared import BADGES, contract_in_force, or_404
from comptoir.contracts.models import CityContract, Signatory
from comptoir.contracts.views.shared import form_page

Shown = dict[str, Any]
_CHANGES = {Change.DUE: "échéance changée", Change.WORDING: "récrit", Change.NEW: "nouveau", Change.GONE: "retiré"}


def _next(whole: Whole, reviews: Iterable[TableReview]) -> Signatory | None:
    """Among the signatories that have a commitment, in order of name; `reviews` in any order."""
    engaged = {one.signatory for one in whole.commitments}
    signatories = sorted(engaged, key=lambda one: (one.organisation.search, one.pk))
    presented: dict[UUID, date] = {}
    for held in reviews:
        presented[held.presenter_id] = max(held.held_on, presented.get(held.presenter_id, date.min))
    chosen = next_presenter([one.pk for one in signatories], presented)
    return next((one for one in signatories if one.pk == chosen), None)


def _reviews(contract: CityContract) -> list[TableReview]:
    return list(TableReview.objects.filter(contract=contract).select_related("presenter__organisation"))


@require_safe
@in_space(is_member)
def review(request: SpaceRequest) -> HttpResponse:
    contract = contract_in_force(request)
    if contract is None:
        return render(request, "commitments/no_contract.html", {"may_write": False})
    whole, reviews = whole_table(contract, on=timezone.localdate()), _reviews(contract)
    presenter = _next(whole, reviews)
    steps = _steps(request, contract, whole, presenter.organisation.name if presenter else "")
    context = {
        "contract": contract, "presenter": presenter, "steps": steps, "total": sum(step.minutes for step in steps),
        "reviews": reviews[:6], "may_hold": may_hold_review(request.actor) and presenter is not None,
        "projected": "projeter" in request.GET,
    }  # fmt: skip
    return render(request, "commitments/review.html", context)


def _steps(request: SpaceRequest, contract: CityContract, whole: Whole, presenter: str) -> list[Any]:
    today = timezone.localdate()
    rows = every_row(contract, whole)
    told = told_of(contract, request.actor, on=today)
    flagged = {one.commitment: one.text for one in told if one.what == What.FLAG and one.done_on is None}
    undecided = {one.commitment for one in told if one.what in {What.PROOF, What.DECISION}}
    _, since = since_last_snapshot(contract, whole=whole)
    stuck = [
        row for row in rows
        if is_stuck(row.state, said_stuck=_said(row) == CheckInAnswer.STUCK, flagged=row.commitment.pk in flagged)
    ]  # fmt: skip
    deciding = [
        row for row in rows
        if row.commitment.pk in undecided or row.state.label == Label.OVERDUE or _said(row) == CheckInAnswer.OBSOLETE
    ]  # fmt: skip
    soon = [
        row for row in rows if row.commitment.next_step and is_soon(row.commitment.next_step_on, on=today)
    ]  # fmt: skip
    return script(
        presenter=presenter, changed=[_changed(one) for one in since],
        stuck=[_shown(row, flagged.get(row.commitment.pk) or _line(row)) for row in stuck],
        to_decide=[_shown(row, _question(row, undecided)) for row in deciding],
        soon=[_shown(row, row.commitment.next_step) for row in sorted(soon, key=_step_day)],
    )  # fmt: skip


def _said(row: Row) -> str:
    return row.latest.answer if row.latest else ""


def _line(row: Row) -> str:
    return row.latest.line if row.latest else ""


def _step_day(row: Row) -> date:
    return row.commitment.next_step_on or date.max


def _question(row: Row, undecided: set[Any]) -> str:
    if _said(row) == CheckInAnswer.OBSOLETE:
        return "Le signataire dit que ce n'est plus d'actualité : l'abandonner d'un commun accord ?"
    if row.state.label == Label.OVERDUE:
        return "Échéance passée : la déplacer, la tenir autrement, ou dire qu'elle n'est pas tenue ?"
    return "Une pièce est à confirmer, ou une décision attend une réponse." if row.commitment.pk in undecided else ""


def _shown(row: Row, note: str) -> Shown:
    label = row.state.label
    return {
        "commitment": row.commitment, "who": row.commitment.signatory.organisation.name, "word": LABELS[label],
        "kind": BADGES[label], "note": note, "day": row.commitment.due_on,
    }  # fmt: skip


def _changed(change: Since) -> Shown:
    commitment = change.commitment
    note = _CHANGES.get(change.what, "")
    if isinstance(change.before, Label) and isinstance(change.after, Label):
        note = f"{LABELS[change.before]} → {LABELS[change.after]}"
    return {
        "commitment": commitment, "who": commitment.signatory.organisation.name, "word": "", "kind": "",
        "note": note, "day": None,
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_hold_review)
def review_new(request: SpaceRequest) -> HttpResponse:
    contract = contract_in_force(request)
    or_404(contract)
    assert contract is not None
    today = timezone.localdate()
    presenter = _next(whole_table(contract, on=today), _reviews(contract))
    form = ReviewForm(
        request.POST or None, signatories=contract.signatories.shown().by_name(),
        initial={"presenter": presenter, "held_on": today},
    )  # fmt: skip

    def act(data: dict[str, Any]) -> TableReview:
        return actions.hold_review(actor=request.actor, contract=contract, on=today, **data)

    return form_page(
        request, form, act=act, done="Revue notée : le tour passe au suivant.",
        back=reverse("review", args=(request.space.slug,)), back_label="Revue du tableau", title="Noter la revue",
        lede="Qui l'a présentée, quand, et ce qui en est sorti.",
    )  # fmt: skip
