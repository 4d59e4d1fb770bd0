"""The table as a body validated it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.commitments import actions
from comptoir.commitments.enums import LABELS
from comptoir.commitments.forms import SnapshotForm
from comptoir.commitments.models import Snapshot
from comptoir.commitments.rules import may_decide
from comptoir.commitments.state import Label
from comptoir.commitments.views.shared import (
    BADGES,
    contract_in_force,
    deciding_meetings,
    or_404,
    say_where_meetings_are,
)
from comptoir.contracts.views.shared import form_page


@require_safe
@in_space(is_member)
def snapshots(request: SpaceRequest) -> HttpResponse:
    contract = contract_in_force(request)
    or_404(contract)
    found = Snapshot.objects.filter(contract=contract).select_related("meeting__body").recent_first()
    context = {"contract": contract, "snapshots": found, "may_decide": may_decide(request.actor)}
    return render(request, "commitments/snapshots.html", context)


@require_safe
@in_space(is_member)
def snapshot(request: SpaceRequest, code: str) -> HttpResponse:
    found = get_object_or_404(
        Snapshot.objects.select_related("meeting__body", "contract"), space=request.space, code=code
    )
    lines = found.lines.select_related("wording", "commitment__signatory__organisation", "contact")
    rows = [(line, LABELS[Label(line.label)], BADGES[Label(line.label)]) for line in lines]
    return render(request, "commitments/snapshot.html", {"snapshot": found, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_decide)
def snapshot_new(request: SpaceRequest) -> HttpResponse:
    contract = contract_in_force(request)
    or_404(contract)
    assert contract is not None
    meetings = deciding_meetings(contract)
    form = SnapshotForm(request.POST or None, meetings=meetings)
    say_where_meetings_are(request, form, contract)

    def act(data: dict[str, Any]) -> Snapshot:
        return actions.take_snapshot(
            actor=request.actor, contract=contract, meeting=data["meeting"], validated_by=data["validated_by"],
            taken_on=timezone.localdate(),
        )  # fmt: skip

    slug = request.space.slug
    return form_page(
        request, form, act=act, done="Le tableau est arrêté : cette version ne bougera plus.",
        back=reverse("commitments", args=(slug,)), back_label="Engagements", title="Arrêter le tableau",
        submit="Arrêter le tableau",
        lede="Ce que l'instance a vu et validé aujourd'hui. C'est ce que le public verra, la même règle pour tous.",
        goes_to=lambda made: reverse("snapshot", args=(slug, made.code)),
    )  # fmt: skip
