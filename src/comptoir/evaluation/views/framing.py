"""The framing: written point by point, signed by a body, kept version after version."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.commitments.views.shared import deciding_meetings, say_where_meetings_are
from comptoir.contracts.views.shared import form_page, url
from comptoir.evaluation import actions
from comptoir.evaluation.actions.framing import WRITTEN
from comptoir.evaluation.enums import HINTS, Point
from comptoir.evaluation.forms import NoteForm, SettingsForm, SignForm, UseFateForm, UseForm
from comptoir.evaluation.means import asked_of
from comptoir.evaluation.models import FramingNote, IntendedUse
from comptoir.evaluation.rules import may_lead
from comptoir.evaluation.sheet import sheet_of
from comptoir.evaluation.views.shared import FORM, evaluation_for, page
from comptoir.kit.errors import Conflict
from comptoir.kit.french import plural


@require_safe
@in_space(is_member)
def framing(request: SpaceRequest, code: str) -> HttpResponse:
    found = evaluation_for(request, code)
    sheet = sheet_of(found)
    versions = found.versions.select_related("meeting__body").order_by("-number")
    return page(
        request, "evaluation/framing.html", found, "framing", sheet=sheet, versions=versions,
        asked=asked_of(found),
        may_lead=may_lead(request.actor), today=timezone.localdate(),
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_lead)
def framing_point(request: SpaceRequest, code: str, point: str) -> HttpResponse:
    found = evaluation_for(request, code)
    if point not in WRITTEN:
        raise Http404
    asked = Point(point)
    last = FramingNote.objects.filter(evaluation=found, point=point).order_by("-id").first()
    read = str(last.pk) if last else ""
    form = NoteForm(request.POST or None, initial={"text": last.text if last else "", "over": read})
    form.fields["text"].help_text = HINTS.get(asked, "")

    def act(data: dict[str, Any]) -> object:
        try:
            return actions.write(
                actor=request.actor, evaluation=found, point=point, text=data["text"],
                over=data["over"] if "over" in form.data else None,
            )  # fmt: skip
        except Conflict:
            form.data = {**request.POST.dict(), "over": read}  # what came since is shown: sent again, this replaces it
            raise

    return form_page(
        request, form, act=act, done="Écrit.", back=url(request, "framing", found.code), back_label="Cadrage",
        title=str(asked.label),
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_lead)
def evaluation_settings(request: SpaceRequest, code: str) -> HttpResponse:
    found = evaluation_for(request, code)
    names = ("kit", "ends_on", "scope", "budget", "contract_money", "days")
    form = SettingsForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    return form_page(
        request, form, act=lambda data: actions.change(actor=request.actor, evaluation=found, **data),
        done="Enregistré.", back=url(request, "framing", found.code), back_label="Cadrage",
        title="Objet, moyens et calendrier",
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_lead)
def use_new(request: SpaceRequest, code: str) -> HttpResponse:
    found = evaluation_for(request, code)
    form = UseForm(request.POST or None)
    return form_page(
        request, form, act=lambda data: actions.add_use(actor=request.actor, evaluation=found, **data),
        done="Usage ajouté.", back=url(request, "framing", found.code), back_label="Cadrage",
        title="Ajouter un usage", submit="Ajouter",
        lede="Qui se servira des résultats, pour quoi, pour quand. On vous demandera ensuite si cela a servi.",
    )  # fmt: skip


def _use(request: SpaceRequest, code: str, use: UUID) -> IntendedUse:
    evaluation = evaluation_for(request, code)
    found = get_object_or_404(evaluation.uses.filter(withdrawn_at=None), pk=use)
    found.evaluation = evaluation
    return found


@require_POST
@in_space(may_lead)
def use_withdraw(request: SpaceRequest, code: str, use: UUID) -> HttpResponse:
    actions.withdraw_use(actor=request.actor, use=_use(request, code, use))
    messages.success(request, "Usage retiré.")
    return redirect(url(request, "framing", code))


@require_http_methods(FORM)
@in_space(may_lead)
def use_said(request: SpaceRequest, code: str, use: UUID) -> HttpResponse:
    found = _use(request, code, use)
    form = UseFateForm(request.POST or None)
    return form_page(
        request, form, act=lambda data: actions.say_used(
            actor=request.actor, use=found, fate=data["fate"], note=data["note"], on=timezone.localdate()
        ),
        done="Noté.", back=url(request, "framing", code), back_label="Cadrage", title="Cela a-t-il servi ?",
        lede=f"{found.user} : {found.use}, pour le {found.due_on:%d/%m/%Y}.",
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_lead)
def framing_sign(request: SpaceRequest, code: str) -> HttpResponse:
    found = evaluation_for(request, code)
    sheet = sheet_of(found)
    form = SignForm(request.POST or None, meetings=deciding_meetings(found.contract))
    say_where_meetings_are(request, form, found.contract)

    def act(data: dict[str, Any]) -> object:
        return actions.sign(actor=request.actor, evaluation=found, meeting=data["meeting"], signed_by=data["signed_by"])

    return form_page(
        request, form, act=act, done="Le cadrage est signé : cette version ne bougera plus.",
        back=url(request, "framing", found.code), back_label="Cadrage", title="Faire signer le cadrage",
        submit="Signer", lede=f"{plural(sheet.filled, 'point rempli', 'points remplis')} sur {sheet.wanted} demandés.",
    )  # fmt: skip


@require_safe
@in_space(is_member)
def framing_version(request: SpaceRequest, code: str, number: int) -> HttpResponse:
    found = evaluation_for(request, code)
    version = get_object_or_404(found.versions.select_related("meeting__body"), number=number)
    return page(request, "evaluation/framing_version.html", found, "framing", version=version)
