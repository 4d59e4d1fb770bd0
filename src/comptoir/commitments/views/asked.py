"""« Où en est-on ? »: the questions of one person in one round, opened by the link of a letter, without an account.

Reading changes nothing (mail scanners follow links); a form is one action. A link opens what was asked of the person
who got it, nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch, Q
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.accounts import links
from comptoir.commitments import actions
from comptoir.commitments.actions.replies import check_open, holder
from comptoir.commitments.check_in_forms import AnswerForm, ForwardForm
from comptoir.commitments.enums import Channel, Delivery
from comptoir.commitments.models import CheckInReply, CheckInRequest, CheckInRound
from comptoir.commitments.sending import LINK
from comptoir.contracts.views.shared import attempt
from comptoir.kit import files
from comptoir.kit.colour import accent_css
from comptoir.kit.errors import Gone
from comptoir.spaces import limits
from comptoir.spaces.models import Space

P = ParamSpec("P")
FORM = ["GET", "HEAD", "POST"]
BY_PLACE = limits.Limit("check-in place", 120, timedelta(hours=1))  # a town hall may have one address for all
BY_LINK = limits.Limit("check-in link", 60, timedelta(hours=1))
ICONS = {"done": "check", "ongoing": "arrow-right", "stuck": "warning", "obsolete": "cross"}
WRITE_BACK = "Répondez au courriel reçu : l'équipe du contrat lira votre message."


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens. `requests`: all that is asked of this person in this round, in order."""

    token: str
    space: Space
    round: CheckInRound
    requests: list[CheckInRequest]
    until: datetime

    def url(self, name: str, *codes: str) -> str:
        return reverse(name, args=(self.space.slug, self.token, *codes))

    @property
    def look_url(self) -> str:
        """The space's colours, by an address that the link opens: whoever holds it has no account."""
        return self.url("check_in_look", self.space.colour.lstrip("#"))

    @property
    def logo_url(self) -> str:
        return self.url("check_in_logo", self.space.logo.digest[:12]) if self.space.logo else ""

    def next(self) -> str:
        """The address of the first question without an answer; the thanks when there is none."""
        waiting = next((r for r in self.requests if not _over(r)), None)
        return self.url("check_in_question", waiting.code) if waiting else self.url("check_in_thanks")


def _over(request: CheckInRequest) -> bool:
    return request.answered_at is not None or request.delivery in {Delivery.FORWARDED, Delivery.CANCELLED}


def by_link(
    view: Callable[Concatenate[HttpRequest, Opened, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Open a view to whoever holds a link: 404 when it is not ours, one sentence when it no longer opens anything."""

    @login_not_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, slug: str, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST":
            limits.spend(BY_PLACE, limits.address(request))
            limits.spend(BY_LINK, token)
        opened = _open(slug, token)
        with timezone.override(opened.space.time_zone):
            response = view(request, opened, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


def _open(slug: str, token: str) -> Opened:
    try:
        link = links.read(token, LINK)
    except Gone as error:
        raise Gone(f"{error} {WRITE_BACK}") from error
    rows = CheckInRequest.objects.select_related("space__logo", "round")
    first = rows.filter(pk=link.subject_id, space__slug=slug).first()
    if first is None or first.round is None:
        raise Http404
    if first.space.closed_at:
        raise Gone("Cet espace est fermé : ce lien n'ouvre plus rien.")
    with timezone.override(first.space.time_zone):
        check_round(first.round)
    asked = (
        CheckInRequest.objects.filter(round=first.round, contact=first.contact_id, commitment__withdrawn_at=None)
        .filter(
            Q(mail__isnull=False) | Q(answered_at__isnull=False)
            | Q(delivery__in=(Delivery.SENT, Delivery.FAILED, Delivery.FORWARDED))
        )
        .select_related("commitment__wording", "commitment__signatory", "contact__signatory__organisation", "reply")
        .prefetch_related(Prefetch("forwards", CheckInRequest.objects.select_related("contact")))
        .order_by("send_on", "pk")
    )  # fmt: skip
    requests = list(asked)
    for one in requests:
        one.space, one.round = first.space, first.round
    return Opened(token, first.space, first.round, requests, link.expires_at)


def check_round(found: CheckInRound) -> None:
    """Raise Gone when the round is closed."""
    if found.closed_on:
        raise Gone(f"Ce point d'étape est clos depuis le {found.closed_on:%d/%m/%Y}. {WRITE_BACK}")


def _of(opened: Opened, code: str) -> CheckInRequest:
    found = next((one for one in opened.requests if one.code == code), None)
    if found is None:
        raise Http404
    return found


@require_safe
@by_link
def check_in(request: HttpRequest, opened: Opened) -> HttpResponse:
    return redirect(opened.next())


@require_safe
@by_link
def check_in_look(request: HttpRequest, opened: Opened, version: str) -> HttpResponse:
    """The colours of the space; its address carries them."""
    return HttpResponse(accent_css(opened.space.colour), content_type="text/css; charset=utf-8")


@require_safe
@by_link
def check_in_logo(request: HttpRequest, opened: Opened, version: str) -> HttpResponse:
    if opened.space.logo is None:
        raise Http404
    return HttpResponse(files.get(opened.space.logo.digest), content_type="image/png")


@require_http_methods(FORM)
@by_link
def check_in_question(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """One commitment: four buttons, a line, a piece. The same page corrects what was answered."""
    asked = _of(opened, code)
    check_open(asked)
    there: CheckInReply | None = getattr(asked, "reply", None)
    initial = {"answer": there.answer, "line": there.line} if there else {}
    form = AnswerForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _answer(asked, form)):
        messages.success(request, "Votre réponse est corrigée." if there else "Merci, votre réponse est enregistrée.")
        return redirect(_open(opened.space.slug, opened.token).next() if not there else opened.url("check_in_thanks"))
    commitment = asked.commitment
    context = {
        "opened": opened, "asked": asked, "commitment": commitment, "form": form, "there": there,
        "rank": opened.requests.index(asked) + 1, "buttons": _buttons(form),
        "last": (commitment.check_in_replies.exclude(pk=there.pk) if there else commitment.check_in_replies).first(),
        "forward_url": "" if there else opened.url("check_in_forward", asked.code),
        "piece_sent": bool(there and there.evidence_id),
        "opens_pieces": any(form[name].errors or form[name].data for name in ("file", "url", "figure")),
    }  # fmt: skip
    return render(request, "commitments/check_in.html", context, status=422 if form.errors else 200)


def _answer(asked: CheckInRequest, form: AnswerForm) -> CheckInReply:
    return actions.reply(
        actor=holder(asked), commitment=asked.commitment, answer=form.cleaned_data["answer"], channel=Channel.LINK,
        on=_today(), line=form.cleaned_data["line"], request=asked, given=form.given(asked.space),
    )  # fmt: skip


def _today() -> date:
    return timezone.localdate()


def _buttons(form: Form) -> list[tuple[str, str, str, bool]]:
    """Value, words, drawing and whether it is the one chosen."""
    chosen = str(form["answer"].value() or "")
    return [(value, label, ICONS[value], value == chosen) for value, label in form.fields["answer"].choices]  # type: ignore[attr-defined]  # a ChoiceField


@require_http_methods(FORM)
@by_link
def check_in_forward(request: HttpRequest, opened: Opened, code: str) -> HttpResponse:
    """« Transmettre à un collègue »."""
    asked = _of(opened, code)
    check_open(asked)
    form = ForwardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = form.cleaned_data
        made = attempt(form, lambda: actions.forward(actor=holder(asked), request=asked, on=_today(), **data))
        if made:
            messages.success(request, f"La question est transmise à {made.contact.name}, qui reçoit un courriel.")
            return redirect(_open(opened.space.slug, opened.token).next())
    context = {"opened": opened, "asked": asked, "form": form, "back": opened.url("check_in_question", asked.code)}
    return render(request, "commitments/check_in_forward.html", context, status=422 if form.errors else 200)


@require_safe
@by_link
def check_in_thanks(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What was answered, what comes next, and the way to correct it."""
    rows = []
    for one in opened.requests:
        to = next(iter(one.forwards.all()), None) if one.delivery == Delivery.FORWARDED else None
        rows.append((one, getattr(one, "reply", None), to, opened.url("check_in_question", one.code)))
    waiting = [one for one in opened.requests if not _over(one)]
    context = {"opened": opened, "rows": rows, "waiting": waiting, "next": opened.next()}
    return render(request, "commitments/check_in_thanks.html", context)
