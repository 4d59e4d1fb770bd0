"""The thread of one thing, as a picture and as a list that says the same."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.commitments.rules import may_link
from comptoir.thread.done import COMMITMENT, OBJECTIVE
from comptoir.thread.picture import draw
from comptoir.thread.reading import find, trace
from comptoir.thread.rules import may_cite
from comptoir.thread.said import LINE

WAYS = {
    COMMITMENT.name: ("suggested_lines", "Relier à ce qui a été dit", may_link),
    LINE.name: ("suggested_commitments", "Relier à un engagement", may_link),
    OBJECTIVE.name: ("cite_choose", "Dire d'où vient cet objectif", may_cite),
}


@require_safe
@in_space(is_member)
def thread(request: SpaceRequest, kind: str, code: str) -> HttpResponse:
    place = find(request.actor, kind, code)
    if place is None:
        raise Http404
    found = trace(request.actor, place)
    link_url, link_label = "", ""
    if kind in WAYS:
        name, label, rule = WAYS[kind]
        if rule(request.actor):
            link_url, link_label = reverse(name, args=(request.space.slug, code)), label
    context = {
        "here": found.itself, "alone": found.is_alone, "drawing": draw(found), "link_url": link_url,
        "link_label": link_label,
    }  # fmt: skip
    return render(request, "thread/thread.html", context)
