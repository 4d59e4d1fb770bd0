"""Documents to download."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import formats, timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.analysis.documents import FORMATS, write
from comptoir.analysis.documents.synthesis import synthesis_document
from comptoir.commitments.sheets import sheets_of
from comptoir.contracts.models import CityContract, Signatory
from comptoir.evaluation.frozen import content_of
from comptoir.evaluation.models import Evaluation
from comptoir.kit.errors import Refused
from comptoir.reports.evaluation import evaluation_document
from comptoir.reports.look import look_of
from comptoir.reports.offers import SHEETS, may_take_draft
from comptoir.reports.sending import as_file, download
from comptoir.reports.signatory_sheets import SUFFIXES, name_of, sheet_document, zip_of
from comptoir.workshops.enums import VersionState
from comptoir.workshops.models import SynthesisVersion, Workshop
from comptoir.workshops.sheets import as_synthesis, draft, frozen


@require_safe
@in_space(is_member)
def signatory_sheet(request: SpaceRequest, code: str, suffix: str) -> HttpResponse:
    """The sheet of a signatory, to print and sign."""
    rows = Signatory.objects.shown().filter(space=request.space).select_related("contract")
    signatory = get_object_or_404(rows, code=code)
    sheets = sheets_of(signatory.contract, on=timezone.localdate(), signatory=signatory)
    if suffix not in SUFFIXES or not sheets:
        raise Http404
    document = sheet_document(sheets[0], signatory.contract, look=look_of(request.space), on=timezone.localdate())
    return download(write(document, suffix), name_of(sheets[0], suffix), FORMATS[suffix].media_type)


@require_safe
@in_space(is_member)
def signatory_sheets(request: SpaceRequest, code: str, suffix: str) -> HttpResponse:
    """The sheets of all the signatories of a contract, in one archive."""
    contract = get_object_or_404(CityContract, space=request.space, code=code)
    today = timezone.localdate()
    sheets = sheets_of(contract, on=today)
    if suffix not in SUFFIXES or not sheets:
        raise Http404
    content = zip_of(sheets, contract, suffix, look=look_of(request.space), on=today)
    return download(content, f"engagements-{request.space.slug}-{suffix}.zip", "application/zip")


@require_safe
@in_space(is_member)
def synthesis_document_view(request: SpaceRequest, code: str, version: str, suffix: str) -> HttpResponse:
    """A synthesis in one format. `version` is « brouillon » or a number."""
    if suffix not in FORMATS:
        raise Http404
    workshop = get_object_or_404(Workshop.objects.visible_to(request.actor), code=code)
    when = formats.date_format(workshop.held_on, "j F Y") if workshop.held_on else ""
    if version == "brouillon":
        if not may_take_draft(request.actor, workshop):
            raise Refused("Seule l'équipe peut télécharger une synthèse qui n'est pas encore publiée.")
        today = formats.date_format(timezone.localdate(), "j F Y")
        synthesis = as_synthesis(workshop.title, workshop.introduction, draft(workshop))
        state = f"Brouillon du {today}"
    else:
        found = get_object_or_404(
            SynthesisVersion.objects.visible_to(request.actor),
            workshop=workshop, number=version if version.isdecimal() else 0,
        )  # fmt: skip
        synthesis = as_synthesis(found.title, found.introduction, frozen(found, public=True))  # it will be handed on
        published = found.state == VersionState.PUBLISHED and found.published_at
        day = formats.date_format(timezone.localtime(found.published_at or found.validated_at), "j F Y")
        state = f"Version {found.number}, {'publiée' if published else 'relue'} le {day}"
    subtitle = " · ".join(part for part in (when, workshop.place, state) if part)
    document = synthesis_document(synthesis, look=look_of(request.space), subtitle=subtitle, for_people=True)
    return as_file(document, f"{slugify(workshop.title)[:60] or 'synthese'}-{version}", suffix)


@require_safe
@in_space(is_member)
def evaluation_document_view(request: SpaceRequest, code: str, suffix: str) -> HttpResponse:
    """The report of an evaluation as it stands today, in one format."""
    if suffix not in FORMATS or suffix in SHEETS:
        raise Http404
    found = get_object_or_404(Evaluation.objects.select_related("contract"), space=request.space, code=code)
    content = content_of(request.actor, found, timezone.localdate())
    document = evaluation_document(content, slug=request.space.slug, look=look_of(request.space))
    return as_file(document, slugify(found.name)[:60] or "evaluation", suffix)
