"""What is made of a frozen evaluation, to take away."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.analysis.documents import DECK_FORMATS, FORMATS
from comptoir.disclosure.models import threshold_of
from comptoir.evaluation import actions
from comptoir.evaluation.frozen_reading import content_in
from comptoir.evaluation.models import Restitution
from comptoir.evaluation.rules import may_take_extract
from comptoir.reports.deck import deck_of
from comptoir.reports.evaluation import evaluation_document
from comptoir.reports.extract import extract_of
from comptoir.reports.look import look_of
from comptoir.reports.offers import SHEETS
from comptoir.reports.sending import as_file, download


def restitution_of(request: SpaceRequest, code: str) -> Restitution:
    found = get_object_or_404(
        Restitution.objects.select_related("evaluation__contract"), space=request.space, code=code
    )
    found.space = request.space
    return found


def stem(found: Restitution) -> str:
    return f"{slugify(found.evaluation.name)[:60] or 'evaluation'}-etat-{found.number}"


@require_safe
@in_space(is_member)
def restitution_document(request: SpaceRequest, code: str, suffix: str) -> HttpResponse:
    """The report of a frozen state, in one format."""
    if suffix not in FORMATS or suffix in SHEETS:
        raise Http404
    found = restitution_of(request, code)
    document = evaluation_document(
        content_in(found), slug=request.space.slug, look=look_of(request.space), state=found.name
    )
    return as_file(document, stem(found), suffix)


@require_safe
@in_space(is_member)
def restitution_deck(request: SpaceRequest, code: str, kind: str) -> HttpResponse:
    """The slides or the poster of a frozen state."""
    chosen = DECK_FORMATS.get(kind)
    if chosen is None:
        raise Http404
    found = restitution_of(request, code)
    deck = deck_of(content_in(found), look=look_of(request.space), state=found.name, seal=found.seal)
    return download(chosen.write(deck), f"{stem(found)}-{kind}.{chosen.suffix}", chosen.media_type)


@require_POST
@in_space(may_take_extract)
def restitution_extract(request: SpaceRequest, code: str) -> HttpResponse:
    """What a frozen state rests on, without names, as data. A POST: that it left is in the journal."""
    found = restitution_of(request, code)
    content = extract_of(content_in(found), threshold=threshold_of(request.space))
    actions.take_extract(actor=request.actor, restitution=found)
    return download(content, f"{stem(found)}-extrait.zip", "application/zip")
