"""How a public page is opened: an open page of an open space, or nothing at all; its language; its frame; its cache."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from comptoir.kit import languages
from comptoir.portal.models import PublicPage
from comptoir.spaces.models import Space

P = ParamSpec("P")
KEPT = 300  # seconds during which a cache may serve a page without asking again


@dataclass(frozen=True, slots=True)
class PublicFrame:
    """A space as the frame of a public page shows it: its look, by addresses that ask for no sign-in."""

    name: str
    slug: str
    look_url: str
    logo_url: str

    @classmethod
    def of(cls, space: Space) -> "PublicFrame":
        look = reverse("public_look", args=(space.slug, space.colour.lstrip("#")))
        logo = reverse("public_logo", args=(space.slug, space.logo.digest[:12])) if space.logo else ""
        return cls(space.name, space.slug, look, logo)


def in_public(
    view: Callable[Concatenate[HttpRequest, PublicPage, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Open a view to everybody when the space has opened its public page; 404 otherwise, as if nothing were there."""

    @login_not_required
    @wraps(view)
    def opened(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        page = PublicPage.objects.opened().with_plain().select_related("space__logo").filter(space__slug=slug).first()
        if page is None:
            raise Http404
        language = languages.asked(request)
        with timezone.override(page.space.time_zone), translation.override(language):
            response = view(request, page, *args, **kwargs)
        response.headers.setdefault("Content-Language", language)
        if response.status_code == 200 and "Cache-Control" not in response.headers:
            patch_cache_control(response, public=True, max_age=KEPT)
        return response

    return opened


def frame_of(request: HttpRequest, page: PublicPage) -> dict[str, Any]:
    """What the frame shows: the same for everybody, signed in or not, so that a cache may keep it."""
    slug, carried = page.space.slug, languages.suffix(request)
    entries = (
        (_("Vous avez dit, voici la suite"), "public_page"),
        (_("Tableau des engagements"), "public_commitments"),
        (_("Où en est ma demande ?"), "public_follow_up"),
    )
    nav = []
    for label, name in entries:
        url = reverse(name, args=(slug,))
        nav.append({"label": label, "url": url + carried, "current": request.path == url})
    return {
        "page": page, "space": PublicFrame.of(page.space), "person": None, "actor": None, "nav": nav,
        "account_links": [], "home_url": reverse("public_page", args=(slug,)) + carried, "sign_in_url": "",
        "language": languages.asked(request), "languages": languages.links(request), "carried": carried,
        "messages": [],
    }  # fmt: skip


def show(
    request: HttpRequest, page: PublicPage, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return render(request, template, frame_of(request, page) | context, status=status)


def address_of(space: Space, name: str) -> str:
    """A whole address, as it stands in a QR code or on paper."""
    return f"{settings.COMPTOIR_URL.rstrip('/')}{reverse(name, args=(space.slug,))}"
