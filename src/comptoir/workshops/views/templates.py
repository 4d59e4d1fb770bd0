"""Templates of comptoirs: those offered to all, those of the space."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.kit.errors import Invalid
from comptoir.voices.enums import Subject
from comptoir.workshops.actions import save_template, withdraw_template
from comptoir.workshops.forms import TemplateForm
from comptoir.workshops.models import ComptoirTemplate
from comptoir.workshops.rules import may_import
from comptoir.workshops.templates_offered import SHIPPED, Offered, of_space
from comptoir.workshops.templates_offered import offered as as_offered

PER_PAGE = 24


@require_safe
@in_space(may_import)
def templates(request: SpaceRequest) -> HttpResponse:
    """Those of the space by pages, those that everyone has after the last."""
    page = Paginator(ComptoirTemplate.objects.offered(request.space), PER_PAGE).get_page(request.GET.get("page"))
    shown = [*(as_offered(own) for own in page), *(() if page.has_next() else SHIPPED)]
    return render(request, "workshops/templates.html", {"templates": shown, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_import)
def template_new(request: SpaceRequest) -> HttpResponse:
    """A template of one's own, from nothing or from one of those offered."""
    key = request.GET.get("depuis", "")
    start = next((one for one in of_space(request.space, key) if one.key == key), None)
    return _edit(request, None, start)


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_import)
def template_edit(request: SpaceRequest, code: str) -> HttpResponse:
    found = get_object_or_404(ComptoirTemplate.objects.offered(request.space), code=code)
    return _edit(request, found, as_offered(found))


def _edit(request: SpaceRequest, found: ComptoirTemplate | None, start: Offered | None) -> HttpResponse:
    form = TemplateForm(request.POST or None, initial=_initial(start) if start else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            save_template(
                actor=request.actor, title=data["title"], questions=data["questions"], columns=form.columns,
                template=found,
            )  # fmt: skip
        except Invalid as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, "Le modèle est enregistré.")
            return redirect("templates", request.space.slug)
    context = {"form": form, "template": found}
    return render(request, "workshops/template_edit.html", context, status=422 if form.errors else 200)


def _initial(start: Offered) -> dict[str, str]:
    columns = {f"columns_{value}": "\n".join(start.columns.get(value, ())) for value in Subject.values}
    return {"title": start.title, "questions": "\n".join(start.questions), **columns}


@require_POST
@in_space(may_import)
def template_withdraw(request: SpaceRequest, code: str) -> HttpResponse:
    found = get_object_or_404(ComptoirTemplate, space=request.space, code=code)
    withdraw_template(actor=request.actor, template=found)
    messages.success(request, "Le modèle est retiré ; les comptoirs ouverts avec lui restent comme ils sont.")
    return redirect("templates", request.space.slug)
