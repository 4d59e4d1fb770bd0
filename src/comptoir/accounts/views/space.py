"""The settings of a space, its look, and the progress of its jobs (the lowest room that knows members)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.actions import change_look, open_to_resource_centre
from comptoir.accounts.forms import LookForm
from comptoir.accounts.history import history_of
from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member, is_team, may_change_space
from comptoir.accounts.slots import space_settings
from comptoir.kit import files
from comptoir.kit.colour import accent_css
from comptoir.kit.errors import Invalid
from comptoir.spaces.models import Job


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_change_space)
def settings_page(request: SpaceRequest) -> HttpResponse:
    form = LookForm(request.POST or None, request.FILES or None, instance=request.space)
    if request.method == "POST" and form.is_valid():
        logo = form.cleaned_data["new_logo"]
        try:
            change_look(
                actor=request.actor,
                name=form.cleaned_data["name"],
                colour=form.cleaned_data["colour"],
                footer=form.cleaned_data["footer"],
                logo=logo.read() if logo else None,
                remove_logo=form.cleaned_data["remove_logo"],
            )
        except Invalid as error:
            form.add_error("new_logo", str(error))
        else:
            messages.success(request, "L'apparence de l'espace est enregistrée.")
            return redirect("space_settings", request.space.slug)
    context = {
        "form": form,
        "resource_centre": request.space.open_to_resource_centre,
        "others": space_settings.pieces(request.actor, [request.space])[request.space.pk],
        "history": history_of(request.space, request.space.pk),
    }
    return render(request, "accounts/settings.html", context, status=422 if form.errors else 200)


@require_POST
@in_space(may_change_space)
def resource_centre(request: SpaceRequest) -> HttpResponse:
    """Open the space to the resource centre of the instance, or close it."""
    space = open_to_resource_centre(actor=request.actor, opened=request.POST.get("opened") == "yes")
    said = "Le centre de ressources lit" if space.open_to_resource_centre else "Le centre de ressources ne lit plus"
    messages.success(request, f"{said} cet espace.")
    return redirect("space_settings", space.slug)


@require_safe
@in_space(is_member)
def look(request: SpaceRequest, version: str) -> HttpResponse:
    """The space's colours as a stylesheet: the only way they enter a page under our content policy."""
    response = HttpResponse(accent_css(request.space.colour), content_type="text/css; charset=utf-8")
    patch_cache_control(response, private=True, max_age=31_536_000, immutable=True)  # the address carries the colour
    return response


@require_safe
@in_space(is_member)
def logo(request: SpaceRequest, version: str) -> HttpResponse:
    if request.space.logo is None:
        raise Http404
    response = HttpResponse(files.get(request.space.logo.digest), content_type="image/png")
    patch_cache_control(response, private=True, max_age=31_536_000, immutable=True)  # the address carries the digest
    return response


@require_safe
@in_space(is_team)
def job(request: SpaceRequest, code: str) -> HttpResponse:
    """The progress of a job; it can be left and found again."""
    found = get_object_or_404(Job, space=request.space, code=code)
    template = "accounts/parts/job.html" if request.htmx else "accounts/job.html"
    return render(request, template, {"job": found, "counted": "Lignes écrites", "outcome": ""})
