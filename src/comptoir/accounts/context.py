"""What the frame of every page needs: the space, the menu, the person."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from comptoir.accounts.models import Actor
from comptoir.accounts.rules import may_change_space
from comptoir.kit import navigation
from comptoir.spaces.models import Space


@dataclass(frozen=True, slots=True)
class SpaceFrame:
    """A space as the frame of a page shows it. Addresses carry a digest of what they serve, so they never go stale."""

    name: str
    slug: str
    look_url: str
    logo_url: str

    @classmethod
    def of(cls, space: Space) -> "SpaceFrame":
        look = reverse("look", args=(space.slug, space.colour.lstrip("#")))
        logo = reverse("logo", args=(space.slug, space.logo.digest[:12])) if space.logo else ""
        return cls(space.name, space.slug, look, logo)


def frame(request: HttpRequest) -> dict[str, Any]:
    """`space`, `actor`, `person`, `nav` (label, url, current), links of the account menu; absent: None or empty."""
    actor: Actor | None = getattr(request, "actor", None)
    user = getattr(request, "user", None)
    nav, links = [], []
    signed_in = user is not None and user.is_authenticated
    if signed_in:
        links.append({"label": "Mon compte", "url": reverse("account")})
    if actor:
        slug = actor.space.slug
        for entry in navigation.entries(actor):
            url = reverse(entry.url_name, args=(slug,))
            inside = request.path.startswith(url) and url.count("/") > 2
            nav.append({"label": entry.label, "url": url, "current": request.path == url or inside})
        if may_change_space(actor):
            links.append({"label": "Réglages de l'espace", "url": reverse("space_settings", args=(slug,))})
    return {
        "space": SpaceFrame.of(actor.space) if actor else None,
        "actor": actor,
        "person": user if signed_in else None,
        "nav": nav,
        "account_links": links,
        "sign_out_url": reverse("sign_out"),
        "sign_in_url": "" if request.path == reverse("sign_in") else reverse("sign_in"),
    }
