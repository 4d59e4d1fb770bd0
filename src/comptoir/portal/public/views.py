"""The public pages: what was said and what came of it, the table, one's own words by a code, the poster."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.commitments.public_table import last_snapshot
from comptoir.kit import files
from comptoir.kit.colour import accent_css
from comptoir.kit.errors import TooMany
from comptoir.kit.qr import qr
from comptoir.portal.models import PublicPage
from comptoir.portal.public import lists
from comptoir.portal.public.frame import address_of, frame_of, in_public, show
from comptoir.portal.public.reading import follow, read, where_to_speak
from comptoir.spaces.limits import Limit, address, spend
from comptoir.voices.follow_ups import find

BY_ADDRESS = Limit("follow-up", 20, timedelta(minutes=15))
BY_SPACE = Limit("follow-up-space", 500, timedelta(hours=1))
ON_POSTER = 4


@require_safe
@in_public
def public_page(request: HttpRequest, page: PublicPage) -> HttpResponse:
    """« Vous avez dit, voici la suite »."""
    reading = read(page.space, neighbourhood=request.GET.get("quartier", ""))
    known = dict(reading.neighbourhoods)
    chosen = request.GET.get("quartier", "")
    if chosen and chosen not in known:
        raise Http404
    context = {"reading": reading, "chosen": chosen, "here": known.get(chosen, ""), "place": where_to_speak(page)}
    return show(request, page, "portal/public/page.html", context)


@require_safe
@in_public
def public_said(request: HttpRequest, page: PublicPage) -> HttpResponse:
    """All that was said and published."""
    return lists.said_of(page.space).respond(request, "portal/public/said.html", frame_of(request, page))


@require_safe
@in_public
def public_commitments(request: HttpRequest, page: PublicPage) -> HttpResponse:
    """The last table that a body validated."""
    snapshot = last_snapshot(page.space)
    if snapshot is None:
        return show(request, page, "portal/public/no_table.html", {})
    context = frame_of(request, page) | {"snapshot": snapshot}
    return lists.commitments_of(snapshot).respond(request, "portal/public/commitments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_public
def public_follow_up(request: HttpRequest, page: PublicPage) -> HttpResponse:
    """« Où en est ma demande ? ». Asking is a POST: the code is then in no address, and tries are counted."""
    context: dict[str, object] = {"typed": "", "refusal": "", "found": None}
    status = 200
    if request.method == "POST":
        context["typed"] = typed = request.POST.get("code", "")[:40]
        try:
            spend(BY_ADDRESS, address(request))
            spend(BY_SPACE, str(page.space_id))
        except TooMany:
            context["refusal"] = _(
                "Trop d'essais depuis ici : réessayez dans un quart d'heure, ou demandez à l'équipe."
            )
            status = 429
        else:
            follow_up = find(page.space, typed)
            if follow_up is None:
                context["refusal"] = _("Ce code n'ouvre rien ici : relisez les six lettres sur votre papier.")
                status = 422
            else:
                context["found"] = follow(follow_up)
    response = show(request, page, "portal/public/follow_up.html", context, status=status)
    patch_cache_control(response, no_store=True)
    return response


@require_safe
@in_public
def public_poster(request: HttpRequest, page: PublicPage) -> HttpResponse:
    """A sheet of A4 for the hall of a building."""
    reading = read(page.space)
    where = address_of(page.space, "public_page")
    lines = reading.said[: ON_POSTER - 1] + reading.refused[:1]
    context = {
        "lines": lines or reading.waiting[:ON_POSTER],
        "address": where,
        "qr": qr(where),
        "place": where_to_speak(page),
    }
    return show(request, page, "portal/public/poster.html", context)


@require_safe
@in_public
def public_look(request: HttpRequest, page: PublicPage, version: str) -> HttpResponse:
    """The colours of the space; its address carries them."""
    return HttpResponse(accent_css(page.space.colour), content_type="text/css; charset=utf-8")


@require_safe
@in_public
def public_logo(request: HttpRequest, page: PublicPage, version: str) -> HttpResponse:
    if page.space.logo is None:
        raise Http404
    return HttpResponse(files.get(page.space.logo.digest), content_type="image/png")
