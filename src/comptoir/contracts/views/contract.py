"""The contract on one page, what it covers, what the public sees, its conventions."""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.contracts.actions import (
    change_contract,
    change_convention,
    open_contract,
    open_convention,
    set_perimeter,
    withdraw_convention,
)
from comptoir.contracts.forms import ContractForm, ConventionForm, PerimeterForm, areas_to_choose
from comptoir.contracts.models import CityContract, LocalConvention, Meeting
from comptoir.contracts.overview import (
    completeness,
    missing_kinds,
    next_steps,
    objectives_of,
    orientations,
    places,
    standings,
    tree,
)
from comptoir.contracts.rules import may_edit_contract
from comptoir.contracts.slots import contract_pieces
from comptoir.contracts.views.shared import contract_for, contracts_of, form_page, page, today, url
from comptoir.territories.models import PriorityNeighbourhood

FORM = ["GET", "HEAD", "POST"]
ORIENTATIONS = 12  # on the page of the contract; that of objectives has all of them


@require_safe
@in_space(is_member)
def home(request: SpaceRequest) -> HttpResponse:
    """The contract in force; what to do first where there is none."""
    contracts = contracts_of(request)
    if contracts:
        return redirect("contract", request.space.slug, contracts[0].code)
    return render(request, "contracts/empty.html", {"may_edit": may_edit_contract(request.actor)})


@require_safe
@in_space(is_member)
def contract(request: SpaceRequest, code: str) -> HttpResponse:
    contracts = contracts_of(request)
    found = next((one for one in contracts if one.code == code), None) or contract_for(request, code)
    found.space = request.space
    day = today()
    objectives = objectives_of(found, orientations(found).values("pk")[: ORIENTATIONS + 1])
    roots = tree(objectives)
    shown, standing = places(found), standings(found, day)
    meeting = (
        Meeting.objects.shown()
        .select_related("body")
        .filter(body__contract=found, body__withdrawn_at=None, held_on__gte=day)
        .order_by("held_on", "pk")
        .first()
    )
    editing = may_edit_contract(request.actor)
    others = [one for one in contracts if one.pk != found.pk]
    return page(
        request, "contracts/contract.html", found, "contract",
        places=shown,
        areas=() if shown else list(found.areas.order_by("name")),
        unloaded=sum(not place.name for place in shown),
        local_areas=list(found.local_areas.filter(withdrawn_at=None).order_by("name")),
        conventions=list(found.conventions.filter(withdrawn_at=None).order_by("name", "pk")),
        standings=standing,
        gauge=completeness(standing),
        missing=missing_kinds(standing) if standing else [],
        tree=roots[:ORIENTATIONS], tree_pieces={}, waiting={}, moving=False,
        more=len(roots) > ORIENTATIONS,
        meeting=meeting,
        steps=next_steps(places=shown, found=standing, objectives=objectives, has_meeting=bool(meeting))
        if editing
        else [],
        others=others,
        pieces=contract_pieces.pieces(request.actor, [found])[found.pk] if others else [],
        may_edit=editing,
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_edit_contract)
def contract_new(request: SpaceRequest) -> HttpResponse:
    contracts = CityContract.objects.of(request.space)
    form = ContractForm(request.POST or None, others=contracts)
    return form_page(
        request, form, act=lambda data: open_contract(actor=request.actor, **data), done="Le contrat est ouvert.",
        back=url(request, "contract_home"), title="Décrire le contrat", submit="Ouvrir le contrat",
        lede="Un nom et une génération suffisent pour commencer ; le reste se complète plus tard.",
        goes_to=lambda made: url(request, "contract", made.code),
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_edit_contract)
def contract_edit(request: SpaceRequest, code: str) -> HttpResponse:
    found = contract_for(request, code)
    others = CityContract.objects.of(request.space).exclude(pk=found.pk)
    form = ContractForm(request.POST or None, instance=contract_for(request, code), others=others)
    return form_page(
        request, form, act=lambda data: change_contract(actor=request.actor, contract=found, **data),
        done="C'est corrigé.", back=url(request, "contract", code), title="Modifier le contrat",
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_edit_contract)
def perimeter(request: SpaceRequest, code: str) -> HttpResponse:
    found = contract_for(request, code)
    held = list(found.perimeter.order_by("code").values_list("code", flat=True))
    # A neighbourhood that two contracts share names both, with a semicolon.
    named = PriorityNeighbourhood.objects.filter(published_contract__contains=found.published_code or "-")
    published = named.order_by("code")
    proposed = [] if held else list(published.values_list("code", flat=True))
    areas = areas_to_choose(request.space.pk, found.local_areas.order_by().values("pk"))
    initial = {"codes": "\n".join(held or proposed), "local_areas": found.local_areas.all()}
    form = PerimeterForm(request.POST or None, initial=initial, areas=areas)
    return form_page(
        request, form,
        act=lambda data: set_perimeter(
            actor=request.actor, contract=found, codes=data["codes"], local_areas=list(data.get("local_areas", ()))
        ),
        done="Le périmètre est enregistré.", back=url(request, "contract", code), title="Les quartiers du contrat",
        lede="La liste nationale propose ceux-ci : vérifiez, puis enregistrez." if proposed else "",
    )  # fmt: skip


def convention_for(found: CityContract, item: str) -> LocalConvention:
    convention = get_object_or_404(found.conventions.filter(withdrawn_at=None), code=item)
    convention.contract = found
    return convention


@require_http_methods(FORM)
@in_space(may_edit_contract)
def convention_new(request: SpaceRequest, code: str) -> HttpResponse:
    found = contract_for(request, code)
    form = ConventionForm(request.POST or None, contract=found)
    return form_page(
        request, form, act=lambda data: open_convention(actor=request.actor, contract=found, **data),
        done="La convention est ouverte.", back=url(request, "contract", code), title="Ajouter une convention locale",
        submit="Ajouter", goes_to=lambda made: url(request, "convention", code, made.code),
        lede="Elle applique le contrat à une partie du territoire, avec ses signataires.",
    )  # fmt: skip


@require_safe
@in_space(is_member)
def convention(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found = contract_for(request, code)
    shown = convention_for(found, item)
    communes = Prefetch("communes")
    return page(
        request, "contracts/convention.html", found, "contract",
        convention=shown,
        neighbourhoods=list(
            shown.neighbourhoods.only("code", "name").order_by("name", "code").prefetch_related(communes)
        ),
        local_areas=list(shown.local_areas.filter(withdrawn_at=None).order_by("name")),
        signatories=list(shown.signatories.shown().by_name()),
        may_edit=may_edit_contract(request.actor),
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_edit_contract)
def convention_edit(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found = contract_for(request, code)
    shown = convention_for(found, item)
    form = ConventionForm(request.POST or None, instance=convention_for(found, item), contract=found)

    def act(data: dict[str, object]) -> LocalConvention:
        given = {name: data.get(name, ()) for name in ("neighbourhoods", "local_areas", "signatories")}
        return change_convention(actor=request.actor, convention=shown, **{**data, **given})  # type: ignore[arg-type]  # fields of the form

    return form_page(
        request, form, act=act, done="C'est corrigé.", back=url(request, "convention", code, item),
        back_label=shown.name, title="Modifier la convention",
    )  # fmt: skip


@require_POST
@in_space(may_edit_contract)
def convention_withdraw(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found = contract_for(request, code)
    withdraw_convention(actor=request.actor, convention=convention_for(found, item))
    return redirect("contract", request.space.slug, code)
