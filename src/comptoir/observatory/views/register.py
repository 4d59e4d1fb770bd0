"""Suppliers, local indicators and targets."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.kit.errors import Invalid
from comptoir.kit.lists import Column, Listing, Search
from comptoir.observatory import actions
from comptoir.observatory.forms import IndicatorForm, SupplierForm, TargetForm
from comptoir.observatory.models import Indicator, Supplier, Target
from comptoir.observatory.rules import may_keep_indicators, may_look

TERMS = actions.register.SUPPLIER_FIELDS


@require_safe
@in_space(may_look)
def suppliers(request: SpaceRequest) -> HttpResponse:
    """The register of data suppliers: who, for what, on what ground, under which threshold, until when."""
    slug, keeps = request.space.slug, may_keep_indicators(request.actor)

    def page(one: Supplier) -> str:
        return reverse("observatory_supplier_edit", args=(slug, one.code)) if keeps and one.space_id else ""

    listing = Listing(
        name="fournisseurs", title="Fournisseurs de données", queryset=Supplier.objects.visible_to(request.actor),
        columns=(
            Column("nom", "Fournisseur", lambda one: one.name, sort="search", link=page),
            Column("finalite", "À quoi servent ces données", lambda one: one.purpose),
            Column("base", "Base légale ou convention", lambda one: one.legal_basis),
            Column("seuil", "Seuil", lambda one: one.threshold or "celui de l'espace", sort="threshold"),
            Column("duree", "Conservation", lambda one: one.retention),
            Column("contact", "Contact", lambda one: one.contact),
            Column("licence", "Licence", lambda one: one.licence, only_export=True),
            Column("portee", "Portée", lambda one: "cet espace" if one.space_id else "l'instance", only_export=True),
        ),
        filters=(Search(("search",), label="Nom du fournisseur"),),
        order="nom", unit=("fournisseur", "fournisseurs"),
    )  # fmt: skip
    return listing.respond(request, "observatory/suppliers.html", {"may_keep": keeps})


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_keep_indicators)
def supplier_new(request: SpaceRequest) -> HttpResponse:
    return _supplier(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_keep_indicators)
def supplier_edit(request: SpaceRequest, code: str) -> HttpResponse:
    return _supplier(request, get_object_or_404(Supplier.objects.local_to(request.actor), code=code))


def _supplier(request: SpaceRequest, one: Supplier | None) -> HttpResponse:
    form = SupplierForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        terms = {name: form.cleaned_data[name] for name in TERMS}
        if one is None:
            actions.add_supplier(actor=request.actor, **terms)
        else:
            actions.change_supplier(actor=request.actor, supplier=one, **terms)
        if one is None and not Indicator.objects.local_to(request.actor).exists():
            messages.success(request, "Le fournisseur est au registre. L'indicateur, maintenant :")
            return redirect("observatory_indicator_new", request.space.slug)
        messages.success(request, "Le registre est à jour.")
        return redirect("observatory_suppliers", request.space.slug)
    title = "Corriger un fournisseur" if one else "Ajouter un fournisseur"
    context = {"form": form, "title": title, "back": reverse("observatory_suppliers", args=(request.space.slug,)),
               "back_label": "Fournisseurs de données"}  # fmt: skip
    return render(request, "observatory/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_keep_indicators)
def indicator_new(request: SpaceRequest) -> HttpResponse:
    return _indicator(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_keep_indicators)
def indicator_edit(request: SpaceRequest, code: str) -> HttpResponse:
    return _indicator(request, _local(request, code))


def _indicator(request: SpaceRequest, one: Indicator | None) -> HttpResponse:
    slug = request.space.slug
    if one is None and not Supplier.objects.local_to(request.actor).exists():
        if request.method == "POST":
            raise Http404  # its form is only shown once there is a supplier
        messages.info(request, "Dites d'abord d'où viennent les chiffres : ajoutez leur fournisseur.")
        return redirect("observatory_supplier_new", slug)
    form = IndicatorForm(request.POST or None, instance=one, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            if one is None:
                one = actions.add_indicator(actor=request.actor, **form.what)
            else:
                one = actions.change_indicator(actor=request.actor, indicator=one, **form.what)
        except Invalid as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, f"« {one.name} » est enregistré.")
            return redirect("observatory_indicator", slug, one.code)
    title = "Corriger un indicateur" if one and one.pk and not one._state.adding else "Ajouter un indicateur"
    context = {"form": form, "title": title, "back": reverse("observatory", args=(slug,)), "back_label": "Observatoire"}
    return render(request, "observatory/form.html", context, status=422 if form.errors else 200)


@require_POST
@in_space(may_keep_indicators)
def indicator_withdraw(request: SpaceRequest, code: str) -> HttpResponse:
    one = _local(request, code)
    actions.withdraw_indicator(actor=request.actor, indicator=one)
    messages.success(request, f"« {one.name} » est retiré.")
    return redirect("observatory", request.space.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_keep_indicators)
def target(request: SpaceRequest, code: str) -> HttpResponse:
    """Where the space starts from and wants to go, for any indicator that it sees."""
    slug = request.space.slug
    one = get_object_or_404(Indicator.objects.visible_to(request.actor), code=code)
    there = Target.objects.filter(space=request.space, indicator_code=one.code, place=None).first()
    names = ("baseline", "baseline_year", "target", "target_year")
    form = TargetForm(request.POST or None, initial={name: getattr(there, name) for name in names} if there else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_target(actor=request.actor, indicator=one, **form.cleaned_data)
        except Invalid as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, "La cible est fixée.")
            return redirect("observatory_indicator", slug, one.code)
    back = reverse("observatory_indicator", args=(slug, one.code))
    context = {"form": form, "title": f"Cible : {one.name}", "back": back, "back_label": one.name}
    return render(request, "observatory/form.html", context, status=422 if form.errors else 200)


def _local(request: SpaceRequest, code: str) -> Indicator:
    found: Indicator = get_object_or_404(Indicator.objects.local_to(request.actor), code=code)
    return found
