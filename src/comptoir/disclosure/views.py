"""The page where the threshold of a space is set."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.disclosure.actions import set_threshold
from comptoir.disclosure.forms import ThresholdForm
from comptoir.disclosure.models import threshold_of
from comptoir.disclosure.rules import may_set_threshold


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_set_threshold)
def threshold(request: SpaceRequest) -> HttpResponse:
    form = ThresholdForm(request.POST or None, initial={"threshold": threshold_of(request.space)})
    if request.method == "POST" and form.is_valid():
        set_threshold(actor=request.actor, threshold=form.cleaned_data["threshold"])
        messages.success(request, "Le seuil est enregistré ; il vaut aussi pour ce qui est déjà publié.")
        return redirect("disclosure_threshold", request.space.slug)
    return render(request, "disclosure/threshold.html", {"form": form}, status=422 if form.errors else 200)
