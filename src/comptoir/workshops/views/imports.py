"""Steps 1 and 2: « Coller ou importer », « Compris, à vérifier »."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.kit.errors import ComptoirError
from comptoir.spaces.models import Job, JobState
from comptoir.voices.enums import Subject
from comptoir.voices.models import Heading
from comptoir.workshops.actions import confirm_import, receive, set_choices, void_import
from comptoir.workshops.actions.imports import PASTED, is_pasted, pasted_text, read_import, twin_of
from comptoir.workshops.actions.placing import Destination, destinations
from comptoir.workshops.actions.undoing import foreseen
from comptoir.workshops.enums import ImportState
from comptoir.workshops.example import EXAMPLE
from comptoir.workshops.forms import ChoicesForm, ReceiveForm
from comptoir.workshops.models import Import, Workshop
from comptoir.workshops.plan import Plan, PlannedColumn, PlannedComptoir, plan_of
from comptoir.workshops.rules import may_import
from comptoir.workshops.steps import steps
from comptoir.workshops.views.shared import import_for

SHOWN_LINES = 6
SHOWN_REMARKS = 30
SHOWN_KEPT = 200
Columns = list[tuple[PlannedColumn, Heading | None]]


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_import)
def import_new(request: SpaceRequest) -> HttpResponse:
    """Paste or choose. What was typed comes back when it cannot be read."""
    into = request.GET.get("comptoir", "")
    form = ReceiveForm(request.POST or None, request.FILES or None, initial={"text": _first_text(request)})
    if request.method == "POST" and form.is_valid():
        file, text = form.cleaned_data["file"], form.cleaned_data["text"]
        try:
            if file:
                source = receive(
                    actor=request.actor, content=file.read(), name=file.name,
                    media_type=(file.content_type or "application/octet-stream")[:100],
                )  # fmt: skip
            else:
                source = receive(actor=request.actor, content=text.encode(), name=PASTED)
        except ComptoirError as error:
            form.add_error("file" if file else "text", str(error))
        else:
            url = reverse("import", args=(request.space.slug, source.code))
            return redirect(f"{url}?{urlencode({'comptoir': into})}" if into else url)
    context = {"form": form, "into": into, "is_empty": not form["text"].value(), "steps": steps(request.actor, 1)}
    return render(request, "workshops/import_new.html", context, status=422 if form.errors else 200)


def _first_text(request: SpaceRequest) -> str:
    """What the box holds at first: the text of an import to correct, an example, or nothing."""
    if "reprendre" in request.GET:
        return pasted_text(import_for(request, request.GET["reprendre"]))
    return EXAMPLE if "exemple" in request.GET else ""


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_import)
def import_preview(request: SpaceRequest, code: str) -> HttpResponse:
    """What was understood and what was not; then one click."""
    source = import_for(request, code)
    if source.state != ImportState.PREVIEW:
        return _after(request, source)
    reading = read_import(source)
    workshops = Workshop.objects.visible_to(request.actor).recent_first()
    wanted = workshops.filter(code=request.GET["comptoir"]).first() if "comptoir" in request.GET else None
    form = ChoicesForm(
        request.POST or None, instance=source, workshops=workshops, reading=reading,
        initial={"workshop": wanted} if wanted else None,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            return _choose(request, source, form)
        except ComptoirError as error:
            now = import_for(request, code)
            if now.state != ImportState.PREVIEW:  # a double click: the first one did it
                return _after(request, now)
            form.add_error(None, str(error))
    target = source.workshop if form.is_bound else wanted or source.workshop
    plan = plan_of(reading, Subject(source.subject))
    context = {
        "source": source, "form": form, "plan": plan, "remarks": reading.remarks[:SHOWN_REMARKS],
        "more_remarks": max(0, len(reading.remarks) - SHOWN_REMARKS), "shown_lines": f":{SHOWN_LINES}",
        "dates": reading.dates, "target": target, "tables": _tables(plan, target),
        "own_title": target is None or bool({"title", "held_on"} & set(form.errors)),
        "twin": twin_of(source, target), "pasted": is_pasted(source), "steps": steps(request.actor, 2),
    }  # fmt: skip
    return render(request, "workshops/import_preview.html", context, status=422 if form.errors else 200)


def _choose(request: SpaceRequest, source: Import, form: ChoicesForm) -> HttpResponse:
    """Keep the choices; then the preview again, or the import."""
    data = form.cleaned_data
    set_choices(
        actor=request.actor, source=source, title=data["title"], held_on=data["held_on"],
        speaker_kind=data["speaker_kind"], workshop=data["workshop"], mapping=form.mapping,
        subject=data.get("subject", source.subject),
    )  # fmt: skip
    if not {"confirm", "again"} & set(request.POST):
        return redirect("import", request.space.slug, source.code)
    return _confirm(request, source)


def _confirm(request: SpaceRequest, source: Import) -> HttpResponse:
    here = reverse("import", args=(request.space.slug, source.code))
    job = confirm_import(actor=request.actor, source=source, back_url=here, again="again" in request.POST)
    return redirect("job", request.space.slug, job.code) if job else redirect(here)


def _tables(plan: Plan, target: Workshop | None) -> list[tuple[PlannedComptoir, Destination, Columns]]:
    """Each planned table with where it goes, column by column."""
    places = (
        destinations(target, plan)
        if target
        else [Destination(None, [None] * len(comptoir.columns)) for comptoir in plan.comptoirs]
    )
    return [
        (comptoir, place, list(zip(comptoir.columns, place.headings, strict=True)))
        for comptoir, place in zip(plan.comptoirs, places, strict=True)
    ]


def _after(request: SpaceRequest, source: Import) -> HttpResponse:
    """Where an import that was confirmed leads: its progress, its suggestions, or what its undoing kept."""
    assert source.workshop is not None
    if source.state == ImportState.RUNNING:
        job = Job.objects.filter(subject_id=source.pk).order_by("-created_at", "-pk").first()
        if job and job.state != JobState.FAILED:
            return redirect("job", request.space.slug, job.code)
        if request.method == "POST":  # it goes on with the choices that it started with
            return _confirm(request, source)
        context = {"source": source, "workshop": source.workshop, "job": job}
        return render(request, "workshops/import_stopped.html", context)
    if source.state == ImportState.VOID:
        messages.info(request, "Cet import a été annulé.")
        if source.workshop.withdrawn_at:
            return redirect("workshops", request.space.slug)
        return redirect("workshop", request.space.slug, source.workshop.code)
    return redirect("resemblances", request.space.slug, source.workshop.code)


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_import)
def import_void(request: SpaceRequest, code: str) -> HttpResponse:
    """Say what undoing an import would take off and keep; then do it."""
    source = import_for(request, code)
    done = request.method == "POST"
    if source.workshop is None or (source.state != ImportState.DONE and not done):
        return redirect("import", request.space.slug, source.code)
    voided = void_import(actor=request.actor, source=source) if done else foreseen(source)
    workshop = Workshop.objects.visible_to(request.actor).filter(pk=source.workshop.pk).first()
    context = {
        "source": source, "workshop": workshop, "voided": voided, "kept": voided.kept[:SHOWN_KEPT],
        "more_kept": max(0, len(voided.kept) - SHOWN_KEPT),
    }  # fmt: skip
    return render(request, "workshops/import_voided.html" if done else "workshops/import_void.html", context)
