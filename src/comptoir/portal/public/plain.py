"""Evaluations in plain words, for everybody: those that the team published, and nothing else of the evaluation."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from comptoir.accounts.models import Actor
from comptoir.evaluation.frozen_reading import content_in
from comptoir.evaluation.models import PlainPage, Restitution
from comptoir.evaluation.plain import told_of
from comptoir.kit.slots import Piece
from comptoir.portal.models import PublicPage
from comptoir.portal.public.frame import in_public, show
from comptoir.spaces.models import Space

MOST = 20  # other moments listed under one


def published(space: Space) -> "QuerySet[PlainPage]":
    """The plain pages that the team published, the last frozen first."""
    return PlainPage.objects.published().filter(restitution__space=space).select_related("restitution")


@require_safe
@in_public
def public_plain(request: HttpRequest, page: PublicPage, code: str) -> HttpResponse:
    """The plain words of a frozen state. Not published, or taken back: as if nothing were there."""
    plain = get_object_or_404(published(page.space), restitution__code=code)
    told = told_of(plain, content_in(plain.restitution))
    shown = [one for one in told if not one.left_out and not one.missing]
    others = published(page.space).exclude(pk=plain.pk)[:MOST]
    return show(request, page, "portal/public/plain.html", {"plain": plain, "shown": shown, "others": others})


def may_tell(actor: Actor, restitution: Restitution) -> bool:
    """Every member, of a state of their space."""
    return restitution.space_id == actor.space.pk


def addresses_of(actor: Actor, restitutions: Sequence[Restitution]) -> Mapping[UUID, Sequence[Piece]]:
    """The public address of each state whose plain page everybody can read today."""
    if not PublicPage.objects.opened().filter(space=actor.space).exists():
        return {}
    found = published(actor.space).filter(restitution__in=restitutions)
    return {
        one.restitution_id: [Piece("portal/public/parts/plain_address.html", {
            "url": reverse("public_plain", args=(actor.space.slug, one.restitution.code)),
        })]
        for one in found
    }  # fmt: skip
