"""The page on which a space says how long it keeps things, and sees what has had its time."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.keeping.actions import set_retention
from comptoir.keeping.forms import RetentionForm
from comptoir.keeping.retention import choices_of, expire
from comptoir.keeping.rules import may_set_retention


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_set_retention)
def retention(request: SpaceRequest) -> HttpResponse:
    form = RetentionForm(request.POST or None, instance=choices_of(request.space))
    if request.method == "POST" and form.is_valid():
        set_retention(actor=request.actor, **form.cleaned_data)
        messages.success(request, "C'est enregistré. La commande de conservation l'appliquera à son prochain passage.")
        return redirect("retention", request.space.slug)
    context = {"form": form, "expired": expire(request.space, do=False)}
    return render(request, "keeping/retention.html", context, status=422 if form.errors else 200)
