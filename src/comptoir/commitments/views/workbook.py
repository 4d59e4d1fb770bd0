"""« Classeur »: the table of commitments that leaves as a spreadsheet, and the way back in."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.analysis.tables.writing import MAX_SHEET_ROWS, csv_pieces, ods_table, xlsx_table
from comptoir.commitments.enums import LABELS
from comptoir.commitments.reading import states_of
from comptoir.commitments.rules import may_write_commitments
from comptoir.commitments.views.shared import contract_in_force, or_404, own_signatories
from comptoir.commitments.workbook import HEADERS, NAME, cells_of, for_workbook, values_of
from comptoir.contracts.models import CityContract, Signatory
from comptoir.contracts.rules import may_edit_contract
from comptoir.imports.enums import BatchState
from comptoir.imports.models import Batch

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
}
LATEST = 5


@require_safe
@in_space(is_member)
def workbook(request: SpaceRequest) -> HttpResponse:
    """Take the workbook, whole or for one signatory; bring it back, filled."""
    contract = contract_in_force(request)
    or_404(contract)
    assert contract is not None
    writes = may_write_commitments(request.actor) and own_signatories(request.actor, contract)
    brought = Batch.objects.filter(space=request.space, kind=NAME, within_id=contract.pk).exclude(
        state=BatchState.PREVIEW
    )
    context = {
        "contract": contract, "signatories": list(contract.signatories.shown().by_name()),
        "count": for_workbook(contract).count(), "formats": [("xlsx", "Excel"), ("ods", "LibreOffice"), ("csv", "CSV")],
        "writes": writes, "own": writes[0] if writes and not may_edit_contract(request.actor) else None,
        "new_url": f"{reverse('batch_new', args=(request.space.slug, NAME))}?dans={contract.pk}",
        "latest": brought.select_related("file")[:LATEST] if writes else (), "most": MAX_SHEET_ROWS,
    }  # fmt: skip
    return render(request, "commitments/workbook.html", context)


@require_safe
@in_space(is_member)
def workbook_file(request: SpaceRequest) -> HttpResponse:
    """The workbook in one format. `?qui=`: of one signatory."""
    contract = contract_in_force(request)
    kind = request.GET.get("format", "xlsx")
    or_404(contract and kind in TYPES)
    assert contract is not None
    signatory: Signatory | None = None
    if asked := request.GET.get("qui", ""):
        signatory = get_object_or_404(contract.signatories.shown().select_related("organisation"), code=asked)
    rows = rows_of(contract, signatory)
    name = f"engagements-{signatory.code if signatory else request.space.slug}-{timezone.localdate():%Y-%m-%d}.{kind}"
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    if kind == "csv":
        return HttpResponse(b"".join(csv_pieces(HEADERS, rows)), content_type=TYPES[kind], headers=headers)
    write = xlsx_table if kind == "xlsx" else ods_table
    return HttpResponse(write("Engagements", HEADERS, rows), content_type=TYPES[kind], headers=headers)


def rows_of(contract: CityContract, signatory: Signatory | None = None) -> list[Any]:
    """The rows of the workbook, in the order of the table."""
    found = for_workbook(contract)
    found = found.filter(signatory=signatory) if signatory else found
    states = states_of(list(found.select_related("contact")), on=timezone.localdate())
    return [cells_of(values, LABELS[states[pk].label]) for pk, values in values_of(found).items()]
