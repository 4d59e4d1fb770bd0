"""The plain page: large, short, one idea a line; its writers see what is missing and the advice."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.contracts.views.shared import form_page, url
from comptoir.evaluation import actions
from comptoir.evaluation.forms_restitution import PlainForm, RereadForm
from comptoir.evaluation.frozen_reading import content_in
from comptoir.evaluation.models import PlainPage, PlainWording, Restitution
from comptoir.evaluation.plain import Told, page_of, told_of
from comptoir.evaluation.rules import may_lead, may_write
from comptoir.evaluation.views.restitution import restitution_for
from comptoir.evaluation.views.shared import FORM, page
from comptoir.kit.errors import Invalid


@require_safe
@in_space(is_member)
def plain_page(request: SpaceRequest, code: str, number: int) -> HttpResponse:
    """Published, for every member; before, for those who write it."""
    found = restitution_for(request, code, number)
    plain = page_of(found)
    published = plain is not None and plain.published_on is not None
    if not published and not may_write(request.actor):
        raise Http404
    told = told_of(plain, content_in(found))
    return page(
        request, "evaluation/plain.html", found.evaluation, "restitutions", restitution=found, plain=plain, told=told,
        shown=[one for one in told if not one.left_out and not one.missing], published=published,
        missing=sum(one.missing for one in told), may_write=may_write(request.actor), may_lead=may_lead(request.actor),
    )  # fmt: skip


def _told(found: Restitution, item: str) -> Told:
    for one in told_of(page_of(found), content_in(found)):
        if one.asked["code"] == item:
            return one
    raise Http404


@require_http_methods(FORM)
@in_space(may_write)
def plain_write(request: SpaceRequest, code: str, number: int, item: str) -> HttpResponse:
    found = restitution_for(request, code, number)
    told = _told(found, item)
    form = PlainForm(
        request.POST or None, initial={"question": told.question, "answer": told.answer, "left_out": told.left_out}
    )

    def act(data: dict[str, Any]) -> PlainWording:
        return actions.write_plain(actor=request.actor, restitution=found, asked=told.asked["id"], **data)

    lede = f"{told.asked['text']} {told.asked['answer']}".strip()
    return form_page(
        request, form, act=act, done="Écrit. Lisez les conseils, puis relisez avec les personnes concernées.",
        back=url(request, "plain_page", code, str(number)), back_label="La page en clair", title="Écrire en clair",
        lede=lede,
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_write)
def plain_reread(request: SpaceRequest, code: str, number: int) -> HttpResponse:
    found = restitution_for(request, code, number)
    today = timezone.localdate()
    form = RereadForm(request.POST or None, initial={"on": today})

    def act(data: dict[str, Any]) -> PlainPage:
        return actions.say_reread(actor=request.actor, restitution=found, whom=data["whom"], on=data["on"], today=today)

    return form_page(
        request, form, act=act, done="Noté : la page le dit.", back=url(request, "plain_page", code, str(number)),
        back_label="La page en clair", title="Relue avec les personnes concernées",
        lede="Un texte se relit avec des personnes qui ont du mal à lire. Récrire effacera cette mention.",
    )  # fmt: skip


@require_POST
@in_space(may_lead)
def plain_publish(request: SpaceRequest, code: str, number: int) -> HttpResponse:
    """Publish, or take back."""
    found = restitution_for(request, code, number)
    if request.POST.get("back"):
        actions.take_plain_back(actor=request.actor, restitution=found)
        messages.success(request, "La page en clair est retirée : vous pouvez la récrire.")
    else:
        try:
            actions.publish_plain(actor=request.actor, restitution=found, on=timezone.localdate())
            messages.success(request, "La page en clair est publiée.")
        except Invalid as error:
            messages.error(request, str(error))
    return redirect(url(request, "plain_page", code, str(number)))
