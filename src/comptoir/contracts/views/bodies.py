"""The bodies of the contract and their meetings."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.contracts.actions import change_body, change_meeting, open_body, plan_meeting
from comptoir.contracts.forms import BodyForm, MeetingForm
from comptoir.contracts.models import Meeting
from comptoir.contracts.rules import may_edit_contract
from comptoir.contracts.slots import meeting_agenda
from comptoir.contracts.views.shared import body_for, contract_for, form_page, meeting_for, page, today, url

FORM = ["GET", "HEAD", "POST"]
LATEST = 12  # meetings of a body, where all of them are not asked for
PER_PAGE = 50


@require_safe
@in_space(is_member)
def bodies(request: SpaceRequest, code: str) -> HttpResponse:
    """Each with its latest meetings; `instance`: one of them (its code), with all of its meetings, by pages."""
    found, day = contract_for(request, code), today()
    meetings = Meeting.objects.shown().order_by("-held_on", "-pk")
    rows, only, shown = found.bodies.shown().order_by("name", "pk"), request.GET.get("instance", ""), None
    if only:
        body = get_object_or_404(rows, code=only)
        shown = Paginator(meetings.filter(body=body), PER_PAGE).get_page(request.GET.get("page"))
        body.__dict__["dated"] = list(shown)
        bodies, coming = [body], []
    else:
        bodies = list(rows.prefetch_related(Prefetch("meetings", meetings[: LATEST + 1], to_attr="dated")))
        ours = Meeting.objects.shown().filter(body__in=bodies, held_on__gte=day)
        coming = list(ours.select_related("body").order_by("held_on", "pk")[:LATEST])
    return page(
        request, "contracts/bodies.html", found, "bodies",
        bodies=bodies, coming=coming, day=day, shown=shown, latest=LATEST, may_edit=may_edit_contract(request.actor),
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_edit_contract)
def body_new(request: SpaceRequest, code: str) -> HttpResponse:
    found = contract_for(request, code)
    return form_page(
        request, BodyForm(request.POST or None),
        act=lambda data: open_body(actor=request.actor, contract=found, **data), done="L'instance est ajoutée.",
        back=url(request, "bodies", code), back_label="Instances", title="Ajouter une instance", submit="Ajouter",
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_edit_contract)
def body_edit(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found = contract_for(request, code)
    body = body_for(found, item)
    return form_page(
        request, BodyForm(request.POST or None, instance=body_for(found, item)),
        act=lambda data: change_body(actor=request.actor, body=body, **data), done="C'est corrigé.",
        back=url(request, "bodies", code), back_label="Instances", title="Modifier l'instance",
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_edit_contract)
def meeting_new(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    body = body_for(contract_for(request, code), item)
    return form_page(
        request, MeetingForm(request.POST or None, new=True),
        act=lambda data: plan_meeting(actor=request.actor, body=body, **data), done="La réunion est notée.",
        back=url(request, "bodies", code), back_label="Instances", title=f"Noter une réunion : {body.name}",
        submit="Noter", lede="À venir ou déjà tenue.",
    )  # fmt: skip


@require_safe
@in_space(is_member)
def meeting(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found = contract_for(request, code)
    shown = meeting_for(found, item)
    return page(
        request, "contracts/meeting.html", found, "bodies",
        meeting=shown, pieces=meeting_agenda.pieces(request.actor, [shown])[shown.pk], day=today(),
        may_edit=may_edit_contract(request.actor),
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_edit_contract)
def meeting_edit(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found = contract_for(request, code)
    shown = meeting_for(found, item)
    return form_page(
        request, MeetingForm(request.POST or None, instance=meeting_for(found, item), new=False),
        act=lambda data: change_meeting(actor=request.actor, meeting=shown, **data), done="C'est corrigé.",
        back=url(request, "meeting", code, item), back_label=shown.body.name, title="Modifier la réunion",
    )  # fmt: skip
