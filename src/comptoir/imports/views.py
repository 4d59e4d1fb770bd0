"""The steps of an import, for every kind: send, columns, preview, once, undo. The rule is that of the kind."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.accounts.history import history_of
from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.analysis.tables.writing import csv_pieces, xlsx_table
from comptoir.imports.actions import confirm, ground_of, leave_out, plan_of, receive, set_columns, table_of
from comptoir.imports.enums import BatchState, Outcome
from comptoir.imports.forms import PASTED, ColumnsForm, ReceiveForm
from comptoir.imports.kinds import Ground, Kind, allowed, kind_of
from comptoir.imports.models import Batch
from comptoir.imports.past import batches_of
from comptoir.imports.plan import Plan
from comptoir.imports.reading import Table
from comptoir.imports.undoing import Undone, foreseen, void
from comptoir.kit.errors import ComptoirError, Conflict, Invalid
from comptoir.spaces.models import Job, JobState

SHOWN = 100
STEPS = ("Choisir le fichier", "Ce que dit chaque colonne", "Compris, à vérifier", "C'est importé")


def steps(now: int, batch: Batch | None = None) -> list[dict[str, str]]:
    """The four steps; those that are done lead back while nothing is written."""
    found = []
    for number, label in enumerate(STEPS, 1):
        state = "done" if number < now else "current" if number == now else "todo"
        url = ""
        if batch and number == 2 and now == 3:
            url = reverse("batch_columns", args=(batch.space.slug, batch.code))
        found.append({"label": label, "state": state, "url": url})
    return found


def _kind(request: SpaceRequest, name: str) -> Kind:
    """404 for a kind that the actor may not import: nothing says that it exists."""
    kind = kind_of(name)
    if kind is None or not kind.rule(request.actor):
        raise Http404
    return kind


def _batch(request: SpaceRequest, code: str) -> tuple[Batch, Kind]:
    found = get_object_or_404(Batch.objects.select_related("file", "space"), space=request.space, code=code)
    return found, _kind(request, found.kind)


def _within(request: SpaceRequest, kind: Kind) -> tuple[UUID | None, str]:
    """The thing imported into, named by the address, and what it is called; 404 when there should be one."""
    if kind.within is None:
        return None, ""
    usual = kind.usual(request.actor) if kind.usual and "dans" not in request.GET else None
    try:
        identity = usual or UUID(request.GET.get("dans", ""))
    except ValueError:
        raise Http404 from None
    return identity, kind.within(request.actor, identity)


@require_safe
@in_space(is_member)
def batches(request: SpaceRequest) -> HttpResponse:
    """The imports that the actor may make, and those made before."""
    kinds = allowed(request.actor)
    if not kinds:
        raise Http404
    listing = batches_of(request.space, kinds)
    return listing.respond(request, "imports/batches.html", {"kinds": [one for one in kinds if one.within is None]})


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(is_member)
def batch_new(request: SpaceRequest, name: str) -> HttpResponse:
    """Choose a file or paste lines. What cannot be read is told, and nothing is kept of it."""
    kind = _kind(request, name)
    within_id, into = _within(request, kind)
    form = ReceiveForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, text = form.cleaned_data["file"], form.cleaned_data["text"]
        try:
            made = receive(
                actor=request.actor, kind=kind, content=file.read() if file else text.encode(),
                name=file.name if file else PASTED, within_id=within_id,
                media_type=(file.content_type or "application/octet-stream") if file else "text/csv",
            )  # fmt: skip
        except ComptoirError as error:
            form.add_error("file" if file else "text", str(error))
        else:
            return redirect("batch_columns", request.space.slug, made.code)
    template_url = reverse("batch_template", args=(request.space.slug, kind.name))
    context = {"kind": kind, "form": form, "into": into, "steps": steps(1), "back": _back(request, kind, within_id)}
    return render(
        request, "imports/new.html", {**context, "template_url": template_url}, status=422 if form.errors else 200
    )


def _back(request: SpaceRequest, kind: Kind, within_id: UUID | None) -> str:
    return kind.back_url(Ground(request.actor, within_id))


@require_safe
@in_space(is_member)
def batch_template(request: SpaceRequest, name: str) -> HttpResponse:
    """An empty workbook with the headers that are known."""
    kind = _kind(request, name)
    headers = [one.label for one in kind.fields]
    response = HttpResponse(
        xlsx_table(kind.title, headers, []),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{kind.name}.xlsx") or ""
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(is_member)
def batch_columns(request: SpaceRequest, code: str) -> HttpResponse:
    """Which column is which: guessed from the headers, or as they were understood the last time."""
    found, kind = _batch(request, code)
    if found.state != BatchState.PREVIEW:
        return redirect("batch", request.space.slug, found.code)
    table = table_of(found, kind)
    form = ColumnsForm(request.POST or None, kind=kind, table=table, mapping=found.mapping)
    if request.method == "POST" and form.is_valid():
        sheet = form.cleaned_data.get("sheet")
        set_columns(actor=request.actor, batch=found, mapping=form.mapping, sheet=sheet)
        other = sheet is not None and sheet != table.sheet
        return redirect("batch_columns" if other else "batch", request.space.slug, found.code)
    used = set(found.mapping.values())
    left = [header for number, header in enumerate(table.headers) if number not in used]
    context = {"kind": kind, "batch": found, "table": table, "form": form, "left": left, "steps": steps(2)}
    return render(request, "imports/columns.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(is_member)
def batch(request: SpaceRequest, code: str) -> HttpResponse:
    """Before: what would be created, changed, refused. After: what was done."""
    found, kind = _batch(request, code)
    here = reverse("batch", args=(request.space.slug, found.code))
    if request.method == "POST":
        try:
            shown, taken = (_lines(request.POST.getlist(name)) for name in ("shown", "taken"))
            if found.state == BatchState.PREVIEW and shown:
                found = leave_out(actor=request.actor, batch=found, shown=shown, taken=taken)
            if "go" in request.POST:
                return redirect(f"{here}?page={_page(request.POST['go'])}")
            job = confirm(actor=request.actor, batch=found, seen=request.POST.get("seen", ""), back_url=here)
        except (Conflict, Invalid) as error:  # shown above the preview as it is now
            messages.warning(request, str(error))
            return redirect(here)
        return redirect("job", request.space.slug, job.code) if job else redirect(here)
    if found.state != BatchState.PREVIEW:
        return _after(request, found, kind)
    return render(request, "imports/preview.html", _preview(request, found, kind))


def _preview(request: SpaceRequest, found: Batch, kind: Kind) -> dict[str, object]:
    made = plan_of(request.actor, found)
    longest = max(made.counts[one] for one in (Outcome.CREATED, Outcome.CHANGED, Outcome.REFUSED))
    pages = max(1, -(-longest // SHOWN))
    page = min(_page(request.GET.get("page", "")), pages)
    part = slice((page - 1) * SHOWN, page * SHOWN)
    shown = {outcome.value: made.of(outcome)[part] for outcome in Outcome}
    shown["same_noted"] = [row for row in made.of(Outcome.SAME) if row.notes][part]
    return {
        "kind": kind, "batch": found, "plan": made, "steps": steps(3, found), "page": page, "pages": pages,
        "shown": shown, "left_out": set(found.left_out),
        "writes": len(made.written), "back": kind.back_url(ground_of(request.actor, found)),
    }  # fmt: skip


def _lines(texts: Sequence[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdigit()]


def _page(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _after(request: SpaceRequest, found: Batch, kind: Kind) -> HttpResponse:
    back = kind.back_url(ground_of(request.actor, found))
    if found.state == BatchState.RUNNING:
        job = Job.objects.filter(subject_id=found.pk).order_by("-created_at", "-pk").first()
        if job and job.state != JobState.FAILED:
            return redirect("job", request.space.slug, job.code)
        return render(request, "imports/stopped.html", {"batch": found, "kind": kind, "job": job, "back": back})
    counts = {
        outcome.value: found.rows.filter(outcome=outcome).count() for outcome in (Outcome.CREATED, Outcome.CHANGED)
    }
    kept = list(found.rows.exclude(kept="").order_by("line").values_list("label", "kept")[:SHOWN])
    context = {
        "batch": found, "kind": kind, "counts": counts, "kept": kept, "back": back, "steps": steps(4),
        "history": history_of(request.space, found.pk),
    }  # fmt: skip
    return render(request, "imports/done.html", context)


@require_safe
@in_space(is_member)
def batch_refused(request: SpaceRequest, code: str) -> HttpResponse:
    """The refused rows as they were sent, with the reason: to correct and send again."""
    found, kind = _batch(request, code)
    if found.state != BatchState.PREVIEW:
        raise Http404
    header, rows = refused_rows(plan_of(request.actor, found), table_of(found, kind))
    response = HttpResponse(b"".join(csv_pieces(header, rows)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, "lignes-refusees.csv") or ""
    return response


def refused_rows(made: Plan, table: Table) -> tuple[list[str], list[list[str]]]:
    """Headers and cells of the file, then why."""
    cells = {row.line: row.cells for row in table.rows}
    width = len(table.headers)
    rows = []
    for row in made.of(Outcome.REFUSED):
        why = " ".join(f"{one.column} : {one.message}" if one.column else one.message for one in row.reasons)
        sent = list(cells[row.line])[:width]
        rows.append([*sent, *[""] * (width - len(sent)), why])
    return [*table.headers, "Pourquoi refusée"], rows


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(is_member)
def batch_void(request: SpaceRequest, code: str) -> HttpResponse:
    """Say what undoing would take off, put back and keep; then do it."""
    found, kind = _batch(request, code)
    if request.method == "POST":
        told = void(actor=request.actor, batch=found)
        messages.success(request, _said(told))
        return redirect("batch", request.space.slug, found.code)
    if found.state != BatchState.DONE:
        return redirect("batch", request.space.slug, found.code)
    told = foreseen(request.actor, found)
    context = {"batch": found, "kind": kind, "told": told, "kept": told.kept[:SHOWN]}
    return render(request, "imports/void.html", context)


def _said(told: Undone) -> str:
    return "Import annulé : ce qui a servi depuis est gardé." if told.kept else "Import annulé."
