"""Watch-keepers of a commitment, the flags that they raise, the answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.models import Actor, Membership
from comptoir.accounts.rules import is_member
from comptoir.commitments import actions
from comptoir.commitments.actions.watching import WATCHING
from comptoir.commitments.around import Around
from comptoir.commitments.forms_promises import AnswerForm, FlagForm, WatchKeeperForm
from comptoir.commitments.models import Commitment, Flag, WatchKeeper
from comptoir.commitments.rules import (
    is_watch_keeper,
    may_answer_flag,
    may_name_watch_keeper,
    may_tell_some,
    may_watch,
)
from comptoir.commitments.views.shared import commitment_for, identity, or_404
from comptoir.contracts.views.shared import form_page
from comptoir.kit.errors import Refused

FORM = ["GET", "HEAD", "POST"]


def _url(request: SpaceRequest, commitment: Commitment) -> str:
    return f"{reverse('commitment', args=(request.space.slug, commitment.code))}#drapeaux"


def watch_context(actor: Actor, lists: Around) -> dict[str, Any]:
    """What the page of a commitment shows of them. Names of watch-keepers are for the team and them."""
    today = timezone.localdate()
    own = any(keeper.person == actor.person_id for keeper in lists.keepers)
    return {
        "watches": own, "may_watch": may_watch(actor) and not own, "names_keepers": may_name_watch_keeper(actor),
        "flags": [
            (flag, may_answer_flag(actor, flag), flag.raised_by_id == actor.person_id, (today - flag.raised_on).days)
            for flag in lists.flags
        ],
    }  # fmt: skip


@require_POST
@in_space(is_member)
def watch(request: SpaceRequest, code: str) -> HttpResponse:
    found = commitment_for(request, code)
    or_404(may_watch(request.actor))
    actions.watch(actor=request.actor, commitment=found, since=timezone.localdate())
    messages.success(request, "Vous êtes vigie de cet engagement : ses nouvelles sont sur votre tableau de bord.")
    return redirect(_url(request, found))


@require_POST
@in_space(is_member)
def watch_stop(request: SpaceRequest, code: str) -> HttpResponse:
    """One's own watch; `vigie`, for the team: that of somebody else."""
    found = commitment_for(request, code)
    asked = request.POST.get("vigie", "")
    others = asked if may_name_watch_keeper(request.actor) else ""
    rows = WatchKeeper.objects.filter(commitment=found).select_related("commitment")
    which = {"pk": identity(others)} if others else {"person": request.actor.person_id}
    keeper = get_object_or_404(rows, **which)
    actions.stop_watching(actor=request.actor, watch_keeper=keeper)
    messages.success(request, "C'est fait : les drapeaux déjà posés restent.")
    return redirect(_url(request, found))


@require_http_methods(FORM)
@in_space(may_name_watch_keeper)
def watch_keeper_new(request: SpaceRequest, code: str) -> HttpResponse:
    found = commitment_for(request, code)
    members = Membership.objects.current().filter(space=request.space, role__in=WATCHING)
    members = members.select_related("person").order_by("person__name", "pk")
    form = WatchKeeperForm(request.POST or None, members=members)

    def act(data: dict[str, Any]) -> WatchKeeper:
        return actions.name_watch_keeper(
            actor=request.actor, commitment=found, member=data["member"], since=timezone.localdate()
        )

    return form_page(
        request, form, act=act, done="Vigie nommée.", back=_url(request, found), back_label="L'engagement",
        title="Nommer une vigie", submit="Nommer",
        lede="Un membre du conseil citoyen, ou un habitant qui lit l'espace : demandez-lui d'abord.",
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(is_member)
def flag_new(request: SpaceRequest, code: str) -> HttpResponse:
    found = commitment_for(request, code)
    or_404(is_watch_keeper(request.actor, found))
    form = FlagForm(request.POST or None)
    today = timezone.localdate()
    return form_page(
        request, form, act=lambda data: actions.raise_flag(actor=request.actor, commitment=found, on=today, **data),
        done="Drapeau posé. La réponse viendra ici et sur votre tableau de bord.", back=_url(request, found),
        back_label="L'engagement", title="Poser un drapeau", submit="Poser le drapeau", lede=found.text,
    )  # fmt: skip


def _flag(request: SpaceRequest, code: str, item: str) -> Flag:
    found = commitment_for(request, code)
    flag = get_object_or_404(found.flags.filter(withdrawn_at=None), code=item)
    flag.commitment = found
    return flag


@require_http_methods(FORM)
@in_space(may_tell_some)
def flag_answer(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    flag = _flag(request, code, item)
    if not may_answer_flag(request.actor, flag):
        raise Refused("Seuls le référent du signataire et l'équipe répondent à ce drapeau.")
    form = AnswerForm(request.POST or None, initial={"answer": flag.answer})
    today = timezone.localdate()
    return form_page(
        request, form, act=lambda data: actions.answer_flag(actor=request.actor, flag=flag, on=today, **data),
        done="Réponse donnée : elle se lit sous le drapeau.", back=_url(request, flag.commitment),
        back_label="L'engagement", title="Répondre au drapeau", submit="Répondre", lede=flag.text,
    )  # fmt: skip


@require_POST
@in_space(is_member)
def flag_withdraw(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    flag = _flag(request, code, item)
    or_404(flag.raised_by_id is not None and flag.raised_by_id == request.actor.person_id)
    actions.withdraw_flag(actor=request.actor, flag=flag)
    messages.success(request, "Drapeau retiré.")
    return redirect(_url(request, flag.commitment))
