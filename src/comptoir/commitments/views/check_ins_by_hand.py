"""Answers that do not come by the link: written down on the telephone, from paper, at a meeting, or from an account."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_team
from comptoir.commitments import actions
from comptoir.commitments.check_in_forms import ChannelForm, HeardForm, TellForm
from comptoir.commitments.enums import Channel, CheckInAnswer, Delivery
from comptoir.commitments.models import CheckInRequest, CheckInRound
from comptoir.commitments.rounds import KINDS, Standing, standing_of
from comptoir.commitments.rules import may_ask, may_tell_some
from comptoir.commitments.views.check_ins import person_for, round_for
from comptoir.commitments.views.shared import tellable
from comptoir.contracts.models import Contact
from comptoir.contracts.views.shared import form_page
from comptoir.kit.errors import ComptoirError, Gone
from comptoir.kit.french import plural

FORM = ["GET", "HEAD", "POST"]


def _asked(found: CheckInRound, contact: Contact | None = None) -> list[CheckInRequest]:
    """What is asked in a round, of one person or of all; what was passed on, or is no longer asked, is left out."""
    rows = found.requests.exclude(delivery=Delivery.FORWARDED).select_related(
        "commitment__wording", "commitment__signatory", "commitment__contract", "contact__signatory__organisation",
        "reply",
    )  # fmt: skip
    rows = rows.filter(contact=contact) if contact else rows
    found_ = rows.order_by("contact__signatory__organisation__search", "contact__search", "contact", "send_on", "pk")
    return [one for one in found_ if standing_of(one) != Standing.CANCELLED]


@require_http_methods(FORM)
@in_space(is_team)
def check_in_person(request: SpaceRequest, code: str, person: str) -> HttpResponse:
    """The sheet to fill during a call, or from paper: all that is asked of one person, on one page."""
    found = round_for(request, code)
    contact = person_for(found, person)
    if request.method == "POST" and found.closed_on:
        raise Gone("Ce point d'étape vient d'être clos : dites la suite depuis la page de chaque engagement.")
    asked = _asked(found, contact)
    channel = ChannelForm(request.POST or None, initial={"channel": request.GET.get("par") or Channel.PHONE})
    forms = [_heard(request, one) for one in asked]
    if request.method == "POST" and channel.is_valid() and all([form.is_valid() for form in forms]):  # noqa: C419 # every form says what is wrong with it
        kept = _keep(request, asked, forms, channel.cleaned_data["channel"])
        if kept is not None:
            said = plural(kept, "réponse enregistrée", "réponses enregistrées") if kept else ""
            messages.success(request, f"{said} pour {contact.name}." if kept else "Rien n'a changé.")
            return redirect("check_in_round", request.space.slug, code)
    wrong = bool(request.method == "POST" and (channel.errors or any(form.errors for form in forms)))
    standings = [standing_of(one) for one in asked]
    context = {
        "round": found, "contact": contact, "channel": channel, "closed": found.closed_on,
        "rows": [
            (one, form, getattr(one, "reply", None), where.value, KINDS[where])
            for one, form, where in zip(asked, forms, standings, strict=True)
        ],
        "may_ask": may_ask(request.actor), "waits": Standing.WAITING in standings,
        "again": bool({Standing.WAITING, Standing.UNREACHED, Standing.BY_HAND} & set(standings)),
        "early": any(one.delivery == Delivery.QUEUED and one.mail_id is None for one in asked),
    }  # fmt: skip
    return render(request, "commitments/check_in_person.html", context, status=422 if wrong else 200)


def _heard(request: SpaceRequest, asked: CheckInRequest) -> HeardForm:
    """Names of fields carry the question's code: a page that has grown old cannot answer another question."""
    there = getattr(asked, "reply", None)
    initial = {"answer": there.answer, "line": there.line} if there else {}
    return HeardForm(request.POST or None, prefix=asked.code, initial=initial)


def _keep(
    request: SpaceRequest, asked: Sequence[CheckInRequest], forms: Sequence[HeardForm], channel: str
) -> int | None:
    """Keep the answers that were ticked or changed, all or none. None: an action says no, beside its question."""
    kept = 0
    try:
        with transaction.atomic():
            for one, form in zip(asked, forms, strict=True):
                if form.cleaned_data["answer"] and form.has_changed():
                    current = form
                    actions.reply(
                        actor=request.actor, commitment=one.commitment, answer=form.cleaned_data["answer"],
                        channel=channel, on=timezone.localdate(), line=form.cleaned_data["line"], request=one,
                    )  # fmt: skip
                    kept += 1
    except ComptoirError as error:
        current.add_error(None, str(error))
        return None
    return kept


@require_safe
@in_space(is_team)
def check_in_sheets(request: SpaceRequest, code: str) -> HttpResponse:
    """Sheets to print, one a person: those who have not answered, or the one named (`?personne=`)."""
    found = round_for(request, code)
    wanted = request.GET.get("personne", "")
    contact = person_for(found, wanted) if wanted else None
    people: dict[Any, tuple[Contact, list[CheckInRequest]]] = {}
    for one in _asked(found, contact):
        if contact is not None or one.answered_at is None:
            people.setdefault(one.contact_id, (one.contact, []))[1].append(one)
    context = {
        "round": found, "contract": found.contract, "sheets": list(people.values()),
        "answers": [label for _, label in CheckInAnswer.choices], "lead": request.actor.name,
    }  # fmt: skip
    return render(request, "commitments/check_in_sheets.html", context)


@require_http_methods(FORM)
@in_space(may_tell_some)
def check_in_tell(request: SpaceRequest, code: str) -> HttpResponse:
    """Say where one commitment stands, from its page: a referent for their organisation, the team for anybody."""
    commitment = tellable(request, code)
    team = is_team(request.actor)
    form = TellForm(request.POST or None, request.FILES or None, team=team)

    def act(data: dict[str, Any]) -> object:
        return actions.reply(
            actor=request.actor, commitment=commitment, answer=data["answer"], line=data["line"],
            channel=data.get("channel") or Channel.ACCOUNT, on=timezone.localdate(), given=form.given(request.space),
        )  # fmt: skip

    return form_page(
        request, form, act=act, done="C'est noté.", back=reverse("commitment", args=(request.space.slug, code)),
        back_label="L'engagement", title="Dire où on en est", lede=commitment.text,
        template="commitments/check_in_tell.html",
    )  # fmt: skip
