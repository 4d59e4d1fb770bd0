"""The list of comptoirs, and one of them seen from above."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.accounts.history import history_of
from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.models import Actor
from comptoir.accounts.rules import is_member
from comptoir.accounts.slots import listening
from comptoir.voices.enums import Subject
from comptoir.voices.rules import may_hear_raw
from comptoir.workshops.actions import add_comptoir, change_workshop, open_workshop
from comptoir.workshops.calendar import table_of
from comptoir.workshops.enums import ImportState
from comptoir.workshops.forms import NewWorkshopForm, WorkshopForm
from comptoir.workshops.models import SynthesisVersion, Workshop
from comptoir.workshops.plan import TITLES
from comptoir.workshops.rules import may_import
from comptoir.workshops.sheets import totals
from comptoir.workshops.slots import workshop_pieces
from comptoir.workshops.steps import next_step, steps
from comptoir.workshops.summaries import summaries
from comptoir.workshops.templates_offered import of_space
from comptoir.workshops.views.shared import workshop_for

PER_PAGE = 20


def seen_by(actor: Actor) -> dict[str, bool]:
    """What the templates of lists ask of the actor."""
    return {"may_import": may_import(actor), "hears_raw": may_hear_raw(actor)}


@require_safe
@in_space(is_member)
def workshops(request: SpaceRequest) -> HttpResponse:
    found = Workshop.objects.visible_to(request.actor).recent_first()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "summaries": summaries(page), **seen_by(request.actor)}
    context["ways"] = listening.pieces(request.actor, [request.space])[request.space.pk]
    return render(request, "workshops/workshops.html", context)


@require_safe
@in_space(is_member)
def workshops_table(request: SpaceRequest) -> HttpResponse:
    """The same as a table: to filter, sort, take away, and bring back corrected."""
    return table_of(request.actor).respond(request, "workshops/workshops_table.html", seen_by(request.actor))


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_import)
def workshop_new(request: SpaceRequest) -> HttpResponse:
    offered = of_space(request.space, request.POST.get("template") or request.GET.get("modele", ""))
    initial = {"template": request.GET.get("modele", "")}
    form = NewWorkshopForm(request.POST or None, templates=offered, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        template = next((one for one in offered if one.key == data["template"]), None)
        questions = template.questions if template else ()
        workshop = open_workshop(
            actor=request.actor, title=data["title"], held_on=data["held_on"], place=data["place"],
            introduction="\n".join([data["introduction"], *questions]),
        )  # fmt: skip
        for value in data["subjects"]:
            subject = Subject(value)
            add_comptoir(
                actor=request.actor, workshop=workshop, title=TITLES[subject], subject=subject,
                speaker_kind=data["speaker_kind"], columns=template.columns_for(subject) if template else (),
            )  # fmt: skip
        return redirect("boards", request.space.slug, workshop.code)
    return render(request, "workshops/workshop_new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@in_space(is_member)
def workshop(request: SpaceRequest, code: str) -> HttpResponse:
    found = workshop_for(request, code)
    versions = list(SynthesisVersion.objects.visible_to(request.actor).filter(workshop=found).order_by("-number"))
    if not may_hear_raw(request.actor):
        return redirect("version", request.space.slug, found.code, versions[0].number)
    sums = totals(found)
    imports = list(found.imports.select_related("file").order_by("-pk"))
    context = {
        "workshop": found,
        "totals": sums,
        "versions": versions,
        "imports": imports,
        "history": history_of(request.space, found.pk, within="workshops"),
        "running": [source for source in imports if source.state == ImportState.RUNNING],
        "steps": steps(request.actor, next_step(sums, frozen=bool(versions)), workshop=found, here=False),
        "may_import": may_import(request.actor),
        "pieces": workshop_pieces.pieces(request.actor, [found])[found.pk],
    }
    return render(request, "workshops/workshop.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_import)
def workshop_edit(request: SpaceRequest, code: str) -> HttpResponse:
    found = workshop_for(request, code)
    first = found.comptoirs.shown().select_related("occasion").first()
    initial = {"speaker_kind": first.occasion.speaker_kind if first else ""}
    form = WorkshopForm(request.POST or None, instance=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        change_workshop(
            actor=request.actor, workshop=found, title=data["title"], held_on=data["held_on"], place=data["place"],
            introduction=data["introduction"], speaker_kind=data["speaker_kind"],
        )  # fmt: skip
        messages.success(request, "C'est corrigé.")
        return redirect("workshop", request.space.slug, found.code)
    context = {"form": form, "workshop": found, "here": reverse("workshop", args=(request.space.slug, found.code))}
    return render(request, "workshops/workshop_edit.html", context, status=422 if form.errors else 200)
