"""Values given by hand: what is waited for, from whom, by when; and the page where they are typed."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.kit.errors import Invalid
from comptoir.kit.lists import Column, Listing
from comptoir.observatory import actions
from comptoir.observatory.actions.figures import Given
from comptoir.observatory.entry import given_before, kept, names_for, territories_of, waiting_for
from comptoir.observatory.forms import CollectionForm, ValuesForm, this_year
from comptoir.observatory.models import Collection, Indicator
from comptoir.observatory.rules import may_give, may_keep_indicators, may_look


@require_safe
@in_space(may_look)
def collections(request: SpaceRequest) -> HttpResponse:
    """What is waited for, the first due first."""
    slug, today = request.space.slug, timezone.localdate()
    listing: Listing[Collection] = Listing(
        name="saisies", title="Saisies attendues", queryset=waiting_for(request.actor),
        columns=(
            Column("indicateur", "Indicateur", lambda one: one.indicator.name, sort="indicator__search",
                   link=lambda one: reverse("observatory_collection", args=(slug, one.code))
                   if may_give(request.actor, one) else ""),
            Column("annee", "Année", lambda one: str(one.year), sort="year"),
            Column("qui", "Qui le renseigne", lambda one: one.owner.person.name if one.owner else "",
                   sort="owner__person__name"),
            Column("avant", "À saisir avant le", lambda one: one.due_on, sort="due_on"),
            Column("etat", "Rappel", lambda one: "échéance passée" if one.due_on < today else ""),
        ),
        order="avant", unit=("saisie attendue", "saisies attendues"),
    )  # fmt: skip
    return listing.respond(
        request, "observatory/collections.html", {"may_keep": may_keep_indicators(request.actor)}
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_keep_indicators)
def collection_new(request: SpaceRequest) -> HttpResponse:
    if not Indicator.objects.local_to(request.actor).exists():
        if request.method == "POST":
            raise Http404  # its form is only shown once there is something to ask for
        messages.info(request, "Ajoutez d'abord l'indicateur dont vous attendez les valeurs.")
        return redirect("observatory_indicator_new", request.space.slug)
    local = Indicator.objects.local_to(request.actor)
    initial = {"year": this_year() - 1, "indicator": local.filter(code=request.GET.get("indicateur", "")).first()}
    form = CollectionForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            one = actions.ask_for_values(actor=request.actor, **form.cleaned_data)
        except Invalid as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, "La saisie est demandée.")
            return redirect("observatory_collection", request.space.slug, one.code)
    back = reverse("observatory_collections", args=(request.space.slug,))
    context = {"form": form, "title": "Demander une saisie", "back": back, "back_label": "Saisies attendues"}
    return render(request, "observatory/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_look)
def collection(request: SpaceRequest, code: str) -> HttpResponse:
    """Values typed by their owner. What was typed is read by those who may type it, and by them alone."""
    one = _one(request, code)
    if not may_give(request.actor, one):
        raise Http404
    places = territories_of(request.actor)
    names = names_for(places, request.space.name)
    known = given_before(one.indicator, one.year)
    form = ValuesForm(
        request.POST or None, indicator=one.indicator, places=places, names=names, known=known
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                given = [Given(**{**row, "place": kept(row["place"])}) for row in form.given]
                actions.give_values(
                    actor=request.actor, indicator=one.indicator, year=one.year, given=given, collection=one
                )
        except Invalid as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Les valeurs sont enregistrées ; les petits nombres sont masqués partout.")
            return redirect("observatory_indicator", request.space.slug, one.indicator.code)
    context = {"form": form, "one": one, "may_keep": may_keep_indicators(request.actor)}
    return render(request, "observatory/collection.html", context, status=422 if form.errors else 200)


@require_POST
@in_space(may_keep_indicators)
def collection_close(request: SpaceRequest, code: str) -> HttpResponse:
    actions.close_collection(actor=request.actor, collection=_one(request, code))
    messages.success(request, "Cette saisie n'est plus attendue.")
    return redirect("observatory_collections", request.space.slug)


def _one(request: SpaceRequest, code: str) -> Collection:
    rows = Collection.objects.select_related("indicator__supplier", "owner__person")
    return get_object_or_404(rows, space=request.space, code=code, indicator__withdrawn_at=None)
