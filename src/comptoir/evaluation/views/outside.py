"""The pages of the outside reviewer: a note beside a frozen state."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.commitments.views.shared import or_404
from comptoir.contracts.views.shared import form_page, url
from comptoir.evaluation import actions
from comptoir.evaluation.forms_restitution import OutsideNoteForm
from comptoir.evaluation.models import OutsideNote
from comptoir.evaluation.rules import may_review
from comptoir.evaluation.views.restitution import restitution_for
from comptoir.evaluation.views.shared import FORM


@require_http_methods(FORM)
@in_space(is_member)
def outside_note_new(request: SpaceRequest, code: str, number: int) -> HttpResponse:
    or_404(may_review(request.actor))
    found = restitution_for(request, code, number)
    form = OutsideNoteForm(request.POST or None)

    def act(data: dict[str, Any]) -> OutsideNote:
        return actions.write_outside_note(
            actor=request.actor, restitution=found, text=data["text"], on=timezone.localdate()
        )

    return form_page(
        request, form, act=act, done="Votre note est à côté de l'état figé. L'équipe ne peut pas la modifier.",
        back=url(request, "restitution", code, str(number)), back_label=found.name, title="Écrire une note",
        lede="Elle porte votre organisme et la date. Vous ne la récrirez pas : vous en ajouterez une autre.",
    )  # fmt: skip


@require_POST
@in_space(is_member)
def outside_note_disown(request: SpaceRequest, code: str, number: int, note: UUID) -> HttpResponse:
    or_404(may_review(request.actor))
    found = restitution_for(request, code, number)
    written = get_object_or_404(OutsideNote, restitution=found, pk=note)
    written.restitution = found
    actions.disown_outside_note(actor=request.actor, note=written, on=timezone.localdate())
    messages.success(request, "La note reste lisible, et dit qu'elle ne vaut plus.")
    return redirect(url(request, "restitution", code, str(number)))
