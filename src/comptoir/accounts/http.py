"""How a view gets its space and its actor: closed by default, strangers see that nothing exists."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from comptoir.accounts import factors
from comptoir.accounts.enums import InstanceRoleKind, Role
from comptoir.accounts.models import Actor, Membership, Person
from comptoir.kit.errors import Refused
from comptoir.kit.middleware import SAFE
from comptoir.spaces.models import Space

P = ParamSpec("P")


class PersonRequest(HttpRequest):
    """A request from someone who has signed in."""

    user: Person
    htmx: HtmxDetails


class SpaceRequest(PersonRequest):
    """A request inside a space, from one of its members."""

    space: Space
    actor: Actor


class SpaceView(Protocol):
    def __call__(self, request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse: ...


def in_space(
    rule: Callable[[Actor], bool],
) -> Callable[[Callable[Concatenate[SpaceRequest, P], HttpResponse]], SpaceView]:
    """Open a view to the members of the space whom `rule` allows; 404 to strangers, one sentence to other members.

    The view is called without the slug: it finds `request.space` and `request.actor`.
    """

    def decorate(view: Callable[Concatenate[SpaceRequest, P], HttpResponse]) -> SpaceView:
        @wraps(view)
        def guarded(request: SpaceRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            membership = (
                Membership.objects.current()
                .select_related("space__logo", "person", "organisation")
                .filter(space__slug=slug, person=request.user)
                .first()
            )
            actor = Actor.of(membership) if membership else _resource_centre(request.user, slug)
            if actor is None:
                raise Http404
            if membership and factors.lacking(request, membership):
                return second_factor_first(request)
            request.space, request.actor = actor.space, actor
            if not rule(actor):
                raise Refused("Votre rôle dans cet espace ne permet pas d'ouvrir cette page.")
            with timezone.override(actor.space.time_zone):
                return view(request, *args, **kwargs)

        guarded.rule = rule  # type: ignore[attr-defined]  # read by the test that tries every URL as every role
        return guarded  # type: ignore[return-value]  # wraps() keeps the inner signature in its type

    return decorate


def _resource_centre(person: Person, slug: str) -> Actor | None:
    """The resource centre, in a space that has opened itself to it, is a reader (ADR 19)."""
    role = (
        person.instance_roles.filter(kind=InstanceRoleKind.RESOURCE_CENTRE)
        .select_related("person", "organisation")
        .first()
    )
    if role is None:
        return None
    space = Space.objects.select_related("logo").filter(slug=slug, open_to_resource_centre=True, closed_at=None).first()
    if space is None:
        return None
    return Actor(
        person_id=person.pk, name=person.name, space=space, role=Role.READER,
        organisation=role.organisation.name if role.organisation else "", organisation_id=role.organisation_id,
    )  # fmt: skip


def second_factor_first(request: HttpRequest) -> HttpResponse:
    """The grace is over: a page leads to where a second factor is added; a form is refused, and shown back."""
    words = "Votre rôle demande un second facteur : ajoutez-en un, puis revenez."
    if request.method not in SAFE or request.headers.get("HX-Request"):
        raise Refused(words)
    messages.warning(request, words)
    return redirect("factors")


def on_instance(
    rule: Callable[[Person], bool],
) -> Callable[[Callable[Concatenate[PersonRequest, P], HttpResponse]], Callable[..., HttpResponse]]:
    """Open a view outside spaces to those whom `rule` allows; to everybody else the page does not exist."""

    def decorate(view: Callable[Concatenate[PersonRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: PersonRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not rule(request.user):
                raise Http404
            if any(factors.lacking(request, role) for role in request.user.instance_roles.all()):
                return second_factor_first(request)
            return view(request, *args, **kwargs)

        guarded.instance_rule = rule  # type: ignore[attr-defined]  # read by the test that tries every address
        return guarded

    return decorate
