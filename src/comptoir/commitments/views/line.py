"""A line of the table, kept up to date in place by its owner: a page without JavaScript, a fragment with it."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.commitments import actions
from comptoir.commitments.forms_promises import LineForm
from comptoir.commitments.models import Commitment
from comptoir.commitments.rules import may_write_commitments
from comptoir.commitments.views.shared import editable
from comptoir.commitments.views.table import results
from comptoir.contracts.views.shared import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_write_commitments)
def commitment_line(request: SpaceRequest, code: str) -> HttpResponse:
    found = editable(request, code)
    initial = {"next_step": found.next_step, "next_step_on": found.next_step_on, "due_on": found.due_on}
    form = LineForm(request.POST or None, commitment=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = attempt(
            form,
            lambda: (
                actions.update_line(actor=request.actor, commitment=found, on=timezone.localdate(), **data) or found
            ),
        )
        if done is not None:
            return _done(request, found)
    context = {"commitment": found, "form": form}
    template = "commitments/parts/line_form.html" if request.htmx else "commitments/line.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _done(request: SpaceRequest, commitment: Commitment) -> HttpResponse:
    """The table as it is now, under the filters that the person has on; else back to the table."""
    table = reverse("commitments", args=(request.space.slug,))
    came_from = urlsplit(request.htmx.current_url or "") if request.htmx else None
    if came_from is not None and came_from.path == table:
        return results(request, QueryDict(came_from.query), commitment.contract)
    messages.success(request, "Ligne mise à jour.")
    back = f"{table}?contrat={commitment.contract.code}"
    return HttpResponse(headers={"HX-Redirect": back}) if request.htmx else redirect(back)
