"""How views find their objects: through the rule, in the actor's space, or 404."""

import json
from uuid import UUID

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from comptoir.accounts.http import SpaceRequest
from comptoir.kit.errors import Conflict
from comptoir.voices.enums import StatementState
from comptoir.voices.models import Heading, Occasion, Statement
from comptoir.workshops.models import Import, SynthesisVersion, Workshop


def workshop_for(request: SpaceRequest, code: str) -> Workshop:
    """404 unless this workshop is visible to the actor."""
    return get_object_or_404(Workshop.objects.visible_to(request.actor), code=code)


def occasion_for(request: SpaceRequest, workshop: Workshop, code: str) -> Occasion:
    columns = Prefetch("headings", Heading.objects.shown().order_by("position", "pk"))
    found = Occasion.objects.prefetch_related(columns).filter(comptoir__workshop=workshop)
    return get_object_or_404(found, space=request.space, code=code)


def line_for(request: SpaceRequest, workshop: Workshop, code: str) -> Statement:
    """A live statement of this workshop, with its words."""
    found = (
        Statement.objects.live()
        .with_words()
        .select_related("heading__occasion", "root__rewording", "root__verbatim")
        .filter(space=request.space, heading__occasion__comptoir__workshop=workshop)
    )
    return get_object_or_404(found, code=code)


def workshop_and_line(request: SpaceRequest, code: str, line_code: str) -> tuple[Workshop, Statement]:
    """A live statement and its workshop, in one query; 404 unless this workshop is visible to the actor."""
    found = (
        Statement.objects.live()
        .with_words()
        .select_related("heading__occasion__comptoir__workshop", "root__rewording", "root__verbatim")
        .filter(space=request.space, heading__occasion__comptoir__workshop__code=code)
        .filter(heading__occasion__comptoir__workshop__in=Workshop.objects.visible_to(request.actor))
    )
    line = get_object_or_404(found, code=line_code)
    return line.heading.occasion.comptoir.workshop, line


def line_by_id(request: SpaceRequest, workshop: Workshop, value: str) -> Statement:
    """The same from an identity sent by a form. 404 when it is not one, one sentence when the line was withdrawn."""
    try:
        identity = UUID(value)
    except ValueError:
        raise Http404 from None
    lines = Statement.objects.filter(space=request.space, heading__occasion__comptoir__workshop=workshop)
    found = get_object_or_404(lines, pk=identity)
    if found.state != StatementState.LIVE:
        raise Conflict("Cette ligne n'est plus là : quelqu'un l'a retirée entre-temps. Rechargez la page.")
    return found


def import_for(request: SpaceRequest, code: str) -> Import:
    found = Import.objects.select_related("file", "workshop").filter(space=request.space)
    return get_object_or_404(found, code=code)


def version_for(request: SpaceRequest, workshop: Workshop, number: int) -> SynthesisVersion:
    found = SynthesisVersion.objects.visible_to(request.actor).select_related("workshop")
    return get_object_or_404(found, workshop=workshop, number=number)


def identity(value: str) -> UUID | None:
    """An identity sent in an address or by a form; None when nothing was sent, 404 when it is not one."""
    try:
        return UUID(value) if value else None
    except ValueError:
        raise Http404 from None


def board_url(request: SpaceRequest, workshop: Workshop, occasion: Occasion) -> str:
    return reverse("board", args=(request.space.slug, workshop.code, occasion.code))


def back_or(request: SpaceRequest, url: str) -> str:
    """Where the form asked to go back to, if that is one of our own addresses; else `url`."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if wanted.startswith("/") and safe else url


def announce(response: HttpResponse, sentence: str) -> HttpResponse:
    """Have the page say this sentence (kit's live region) after a fragment was swapped."""
    response.headers["HX-Trigger"] = json.dumps({"announce": sentence})  # ASCII escapes: headers are not UTF-8
    return response
