"""« Accords »: a sheet per signatory, what is still to be said, to which words it agreed, when and by whom."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.commitments import actions, slots
from comptoir.commitments.advice import advice_while_writing
from comptoir.commitments.forms import AgreementForm
from comptoir.commitments.rules import may_edit, may_write_commitments
from comptoir.commitments.sheets import SignatorySheet, sheets_of
from comptoir.commitments.views.shared import BADGES, contract_in_force, or_404
from comptoir.contracts.models import Signatory
from comptoir.contracts.views.shared import attempt


@require_safe
@in_space(is_member)
def agreements(request: SpaceRequest) -> HttpResponse:
    """The signatories that have commitments: how many, to specify, agreed, written again since."""
    contract = contract_in_force(request)
    or_404(contract)
    assert contract is not None
    sheets = sheets_of(contract, on=timezone.localdate())
    context = {
        "contract": contract, "sheets": sheets,
        "pieces": slots.contract_documents.pieces(request.actor, [contract])[contract.pk] if sheets else [],
    }  # fmt: skip
    return render(request, "commitments/agreements.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(is_member)
def agreement(request: SpaceRequest, code: str) -> HttpResponse:
    """The sheet of a signatory; its agreement, for those who may write its commitments."""
    rows = Signatory.objects.shown().filter(space=request.space).select_related("organisation", "contract")
    signatory = get_object_or_404(rows, code=code)
    (sheet,) = sheets_of(signatory.contract, on=timezone.localdate(), signatory=signatory) or (
        SignatorySheet(signatory, ()),
    )
    may = bool(sheet.rows) and may_edit(request.actor, sheet.rows[0].commitment)
    form: AgreementForm | None = None
    if may:
        initial = {
            "agreed_on": timezone.localdate(),
            "commitments": [r.commitment for r in sheet.rows if not r.missing],
        }
        form = AgreementForm(request.POST or None, initial=initial, sheet=sheet)
    if request.method == "POST":
        or_404(form)
        if form is not None and form.is_valid():
            answer = _agree(request, form, signatory)
            if answer is not None:
                return answer
    context = {
        "signatory": signatory, "sheet": sheet, "form": form, "contract": signatory.contract,
        "rows": [(row, BADGES[row.label]) for row in sheet.rows], "today": timezone.localdate(),
        "pieces": slots.signatory_documents.pieces(request.actor, [signatory])[signatory.pk] if sheet.rows else [],
    }  # fmt: skip
    return render(request, "commitments/agreement.html", context, status=422 if form and form.errors else 200)


def _agree(request: SpaceRequest, form: AgreementForm, signatory: Signatory) -> HttpResponse | None:
    data: dict[str, Any] = form.cleaned_data
    new = attempt(form, lambda: str(actions.sign_off(actor=request.actor, signatory=signatory, **data)))
    if new is None:
        return None
    told = "Accord noté." if new != "0" else "Cet accord était déjà noté."
    messages.success(request, told)
    return redirect(reverse("agreement", args=(request.space.slug, signatory.code)))


@require_safe
@in_space(may_write_commitments)
def advice(request: SpaceRequest) -> HttpResponse:
    """The advice on what is being typed: the fragment that the page itself includes."""
    if not request.htmx:
        return redirect("commitment_new", request.space.slug)
    found = advice_while_writing(request.GET, who=True)
    return render(request, "commitments/parts/advice.html", {"advice": found, "typed": True})
