"""« Lire le contrat »: the passages that commit someone, beside what would be written; a person decides each."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.commitments import actions
from comptoir.commitments.actions.readings import READ_JOB
from comptoir.commitments.enums import MeansUnit, ProposalState
from comptoir.commitments.forms import ProposalForm, TextForm
from comptoir.commitments.models import TextProposal, TextReading
from comptoir.commitments.rules import may_read_text
from comptoir.commitments.views.shared import contract_in_force, or_404
from comptoir.contracts.views.shared import attempt
from comptoir.kit.errors import ComptoirError, Conflict
from comptoir.kit.lists import Choice, Column, Listing, Search
from comptoir.spaces.models import Job, JobState

FORM = ["GET", "HEAD", "POST"]
PASTED = "texte collé.txt"


def _url(request: SpaceRequest, reading: TextReading) -> str:
    return reverse("contract_text", args=(request.space.slug, reading.code))


@require_http_methods(FORM)
@in_space(may_read_text)
def texts(request: SpaceRequest) -> HttpResponse:
    """The texts that are being read, each where it was left; and one more to read."""
    contract = contract_in_force(request)
    or_404(contract)
    assert contract is not None
    form = TextForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        file, pasted = form.cleaned_data["file"], form.cleaned_data["text"]
        content, name = (file.read(), file.name) if file else (pasted.encode(), PASTED)
        try:
            made = actions.bring_text(actor=request.actor, contract=contract, content=content, name=name)
        except ComptoirError as error:
            form.add_error("file" if file else "text", str(error))
        else:
            return _to_reading(request, made)
    left = Count("proposals", filter=Q(proposals__state=ProposalState.WAITING))
    readings = TextReading.objects.filter(contract=contract).select_related("file").order_by("-pk")
    context = {
        "contract": contract, "form": form, "readings": readings.annotate(all=Count("proposals"), left=left),
    }  # fmt: skip
    return render(request, "commitments/texts.html", context, status=422 if form.errors else 200)


def _to_reading(request: SpaceRequest, reading: TextReading) -> HttpResponse:
    if reading.read_at is not None:
        return redirect(_url(request, reading))
    job = actions.start_reading(actor=request.actor, reading=reading, back_url=_url(request, reading))
    return redirect("job", request.space.slug, job.code)


def _reading(request: SpaceRequest, code: str) -> TextReading:
    rows = TextReading.objects.select_related("file", "contract")
    return get_object_or_404(rows, space=request.space, code=code)


@require_http_methods(FORM)
@in_space(may_read_text)
def text(request: SpaceRequest, code: str) -> HttpResponse:
    """All the proposals of a text with what became of each. Not read yet: its job, or why it stopped and a way on."""
    reading = _reading(request, code)
    if reading.read_at is None:
        if request.method == "POST":
            return _to_reading(request, reading)
        job = Job.objects.filter(subject_id=reading.pk, kind=READ_JOB).order_by("-created_at", "-pk").first()
        if job and job.state != JobState.FAILED:
            return redirect("job", request.space.slug, job.code)
        return render(request, "commitments/text_stopped.html", {"reading": reading, "job": job})
    if request.method == "POST":
        return redirect(_url(request, reading))
    counted = dict(reading.proposals.values_list("state").annotate(n=Count("pk")).order_by("state"))
    first = reading.proposals.filter(state=ProposalState.WAITING).first()
    context = {
        "reading": reading, "counts": {state.value: counted.get(state.value, 0) for state in ProposalState},
        "next": _at(request, reading, first.number) if first else "",
    }  # fmt: skip
    return _listing(request, reading).respond(request, "commitments/text.html", context)


def _at(request: SpaceRequest, reading: TextReading, number: int) -> str:
    return reverse("text_proposal", args=(request.space.slug, reading.code, number))


def _listing(request: SpaceRequest, reading: TextReading) -> Listing[TextProposal]:
    rows = reading.proposals.select_related("signatory__organisation", "commitment")
    return Listing(
        name="propositions", title="Propositions", queryset=rows, order="rang", per_page=50,
        unit=("proposition", "propositions"),
        columns=(
            Column("rang", "Engagement proposé", lambda p: p.wording, sort="number",
                   link=lambda p: _at(request, reading, p.number)),
            Column("qui", "Qui", _who, sort="signatory__organisation__search"),
            Column("place", "Où dans le texte", lambda p: p.place, sort=("page", "number")),
            Column("etat", "État", lambda p: p.get_state_display(), sort=("state", "number")),
            Column("passage", "Passage", lambda p: p.sentence, only_export=True),
        ),
        filters=(Search(("sentence", "wording")), Choice("etat", "État", ProposalState.choices, lookup="state")),
    )  # fmt: skip


def _who(one: TextProposal) -> str:
    if one.signatory:
        return one.signatory.organisation.name
    return f"« {one.subject} », à reconnaître" if one.subject else "à dire"


@require_http_methods(FORM)
@in_space(may_read_text)
def proposal(request: SpaceRequest, code: str, number: int) -> HttpResponse:
    """A passage and what would be written. `verb`: take, leave. Then on to the next one to read."""
    reading = _reading(request, code)
    found = get_object_or_404(reading.proposals.select_related("signatory", "commitment"), number=number)
    taking = request.method == "POST" and request.POST.get("verb") != "leave"
    form = ProposalForm(request.POST if taking else None, contract=reading.contract, initial=_initial(found))
    if request.method == "POST":
        done = None
        try:
            if not taking:
                actions.leave_proposal(actor=request.actor, proposal=found)
                done = "Laissé de côté."
            elif form.is_valid():
                data = form.cleaned_data
                if attempt(form, lambda: _take(request, found, data)) is not None:
                    done = "Engagement écrit. Il cite sa place dans le contrat."
        except Conflict as error:
            messages.warning(request, str(error))
            return redirect(_at(request, reading, number))
        if done:
            messages.success(request, done)
            return redirect(_next(request, reading, number) or _url(request, reading))
    todo = reading.proposals.filter(state=ProposalState.WAITING).count()
    context = {
        "reading": reading, "proposal": found, "form": form, "todo": todo,
        "total": reading.proposals.count(), "skip": _next(request, reading, number), "list": _url(request, reading),
    }  # fmt: skip
    return render(request, "commitments/proposal.html", context, status=422 if form.errors else 200)


def _initial(found: TextProposal) -> dict[str, Any]:
    amounts = {unit: Decimal(value) for unit, value in reversed(found.amounts)}
    return {
        "signatory": found.signatory, "wording": found.wording, "due_on": found.due_on, "level": found.level,
        "euros": amounts.get(MeansUnit.EURO), "fte": amounts.get(MeansUnit.FTE),
        "neighbourhoods": list(found.reading.contract.neighbourhoods.filter(code__in=found.neighbourhoods)),
    }  # fmt: skip


def _take(request: SpaceRequest, found: TextProposal, data: dict[str, Any]) -> UUID:
    pairs = ((MeansUnit.EURO, data["euros"]), (MeansUnit.FTE, data["fte"]))
    made = actions.take_proposal(
        actor=request.actor, proposal=found, signatory=data["signatory"], wording=data["wording"],
        due_on=data["due_on"], level=data["level"], neighbourhoods=list(data.get("neighbourhoods", ())),
        means=[(unit.value, amount) for unit, amount in pairs if amount],
        **({"means_kind": data["means_kind"]} if data["means_kind"] else {}),
    )  # fmt: skip
    identity: UUID = made.pk
    return identity


def _next(request: SpaceRequest, reading: TextReading, number: int) -> str:
    """The next proposal to read after this one, else the first that was passed over."""
    todo = reading.proposals.filter(state=ProposalState.WAITING).exclude(number=number)
    found = todo.filter(number__gt=number).first() or todo.first()
    return _at(request, reading, found.number) if found else ""
