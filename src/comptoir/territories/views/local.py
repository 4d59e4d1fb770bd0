"""Neighbourhoods and local areas of one space."""

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.analysis.errors import InputError
from comptoir.analysis.territories import named_outlines
from comptoir.kit import files
from comptoir.kit.errors import Invalid
from comptoir.kit.french import plural
from comptoir.territories import actions, maps, slots
from comptoir.territories.drawing import draw
from comptoir.territories.enums import LocalAreaKind
from comptoir.territories.forms import LocalAreaForm, LocalFileForm
from comptoir.territories.listing import PER_PAGE, rows
from comptoir.territories.local_areas import chosen, find_members, overlapped, read_outline, surface_km2
from comptoir.territories.models import LocalArea
from comptoir.territories.rules import may_draw, may_see
from comptoir.territories.sheet import sheet_of
from comptoir.territories.views.national import one_by_code

SALT = "territories.local"
HOURS = 24


@require_safe
@in_space(may_see)
def space_neighbourhoods(request: SpaceRequest) -> HttpResponse:
    """The neighbourhoods of the space's contracts and its local areas, on one map and in two lists."""
    ours = slots.neighbourhoods_of(request.space)
    page = Paginator(rows(ours), PER_PAGE).get_page(request.GET.get("page"))
    areas = LocalArea.objects.visible_to(request.actor).defer("geometry", "sketch")
    context = {
        "page": page,
        "areas": Paginator(areas, PER_PAGE).get_page(request.GET.get("secteurs")),
        "tiles": maps.tiles(),
        "may_draw": may_draw(request.actor),
    }
    return render(request, "territories/space_neighbourhoods.html", context)


@require_safe
@in_space(may_see)
def space_map(request: SpaceRequest) -> HttpResponse:
    """What the two lists hold, for the map."""
    ours = slots.neighbourhoods_of(request.space)
    areas = list(LocalArea.objects.visible_to(request.actor).only("code", "name", "sketch", "digest"))
    marks = [f"{area.code} {area.name} {area.digest}" for area in areas]
    state = f"{list(ours.order_by('code').values_list('code', 'changed_at'))} {marks}"
    return maps.served(
        request,
        f"espace {request.space.pk}",
        state,
        lambda: [*maps.of_neighbourhoods(ours), *maps.of_local_areas(areas)],
        keep=False,
    )


@require_safe
@in_space(may_see)
def space_neighbourhood(request: SpaceRequest, code: str) -> HttpResponse:
    """The page of a neighbourhood with what this space knows of it."""
    found = one_by_code(code)
    context = {
        "sheet": sheet_of(found),
        "pieces": slots.space_pieces.pieces(request.actor, [found])[found.pk],
        "areas": LocalArea.objects.visible_to(request.actor).filter(neighbourhoods=found).defer("geometry", "sketch"),
        "source": None,
    }
    return render(request, "territories/neighbourhood.html", context)


@require_safe
@in_space(may_see)
def local_area(request: SpaceRequest, code: str) -> HttpResponse:
    area = area_for(request, code)
    shared = overlapped(area)
    context = {
        "area": area,
        "surface": surface_km2(area),
        "shared": shared,
        "communes": area.communes.order_by("search"),
        "chosen": area.neighbourhoods.order_by("search"),
        "drawing": draw([(area.geometry, area.name, "here")]) if area.geometry else None,
        "may_draw": may_draw(request.actor),
    }
    return render(request, "territories/local_area.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_draw)
def local_area_new(request: SpaceRequest) -> HttpResponse:
    return _edit(request, LocalAreaForm(request.POST or None, initial={"kind": LocalAreaKind.LIVED}), None)


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_draw)
def local_area_edit(request: SpaceRequest, code: str) -> HttpResponse:
    area = area_for(request, code)
    members = "\n".join(chosen(area))
    initial = {"name": area.name, "kind": area.kind, "members": members}
    if area.geometry and not members:
        initial["geometry"] = maps.compact(area.geometry)
    return _edit(request, LocalAreaForm(request.POST or None, initial=initial), area)


def _edit(request: SpaceRequest, form: LocalAreaForm, area: LocalArea | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            shape = read_outline(data["geometry"]) if data["geometry"].strip() else None
            members = find_members(data["members"])
            kept = {"name": data["name"], "kind": LocalAreaKind(data["kind"]), "shape": shape, "members": members}
            if area is None:
                area = actions.add_local_area(actor=request.actor, **kept)
            else:
                area = actions.change_local_area(actor=request.actor, area=area, **kept)
        except Invalid as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, f"« {area.name} » est enregistré.")
            return redirect("local_area", request.space.slug, area.code)
    context = {"form": form, "area": area, "tiles": maps.tiles()}
    return render(request, "territories/local_area_form.html", context, status=422 if form.errors else 200)


@require_POST
@in_space(may_draw)
def local_area_withdraw(request: SpaceRequest, code: str) -> HttpResponse:
    area = area_for(request, code)
    actions.withdraw_local_area(actor=request.actor, area=area)
    messages.success(request, f"« {area.name} » est retiré.")
    return redirect("space_neighbourhoods", request.space.slug)


@require_safe
@in_space(may_draw)
def local_areas_import(request: SpaceRequest) -> HttpResponse:
    return _choose_file(request, LocalFileForm(initial={"kind": LocalAreaKind.LIVED}))


@require_POST
@in_space(may_draw)
def local_areas_load(request: SpaceRequest) -> HttpResponse:
    """A file that is sent is shown first; sent again by the form that shows it (its token), its areas are added."""
    if "seen" not in request.POST:
        return _look_at_file(request)
    try:
        sent = signing.loads(request.POST["seen"], salt=_salt(request), max_age=HOURS * 3600)
        content = files.get(sent["digest"])
        kind = LocalAreaKind(request.POST.get("kind", ""))
    except (signing.SignatureExpired, FileNotFoundError) as error:
        raise Invalid("Ce fichier n'est plus là : choisissez-le de nouveau.") from error
    except (signing.BadSignature, ValueError):  # of another space, or made up
        raise Http404 from None
    _, found = named_outlines(content, sent["name"], request.POST.get("key", ""))
    new, known = actions.import_local_areas(actor=request.actor, kind=kind, outlines=found)
    already = f" ; {known} y étaient déjà" if known else ""
    messages.success(request, f"{plural(new, 'secteur ajouté', 'secteurs ajoutés')}{already}.")
    return redirect("space_neighbourhoods", request.space.slug)


def _look_at_file(request: SpaceRequest) -> HttpResponse:
    form = LocalFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _choose_file(request, form)
    sent = form.cleaned_data["file"]
    content = sent.read()
    try:
        keys, found = named_outlines(content, sent.name)
    except InputError as error:
        form.add_error("file", str(error))
        return _choose_file(request, form)
    context = {
        "name": sent.name,
        "keys": keys,
        "names": [name for name, _ in found],
        "token": signing.dumps({"name": sent.name, "digest": files.put(content)}, salt=_salt(request)),
        "kind": form.cleaned_data["kind"],
    }
    return render(request, "territories/local_areas_preview.html", context)


def _choose_file(request: SpaceRequest, form: LocalFileForm) -> HttpResponse:
    return render(request, "territories/local_areas_import.html", {"form": form}, status=422 if form.errors else 200)


def _salt(request: SpaceRequest) -> str:
    """A file shown in one space cannot be loaded in another."""
    return f"{SALT}.{request.space.pk}"


def area_for(request: SpaceRequest, code: str) -> LocalArea:
    return get_object_or_404(LocalArea.objects.visible_to(request.actor), code=code)
