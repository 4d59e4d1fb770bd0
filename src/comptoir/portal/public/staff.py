"""What the team does of the public page: open it, and give the codes that lead to it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.history import history_of
from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.kit.qr import qr
from comptoir.portal.models import PublicPage
from comptoir.portal.public.actions import set_public_page
from comptoir.portal.public.forms import PublicPageForm
from comptoir.portal.public.frame import address_of
from comptoir.portal.public.rules import may_open_public_page
from comptoir.voices.actions import give_codes
from comptoir.voices.enums import StatementState
from comptoir.voices.models import FollowUp, Statement, Verbatim
from comptoir.voices.rules import may_give_codes
from comptoir.workshops.models import Workshop

ON_A_SHEET = 24  # slips that an A4 sheet holds: three a row, eight rows
MAX_ON_ONE_PAGE = 2_000


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_open_public_page)
def public_settings(request: SpaceRequest) -> HttpResponse:
    """Open, change, close. The page says what everybody would read before they do."""
    page = PublicPage.objects.filter(space=request.space).first()
    initial = {
        "welcome": page.welcome, "where_to_speak": page.where_to_speak, "announces": page.announces,
    } if page else {}  # fmt: skip
    form = PublicPageForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        opened = request.POST.get("opened") == "yes"
        set_public_page(actor=request.actor, opened=opened, **form.cleaned_data)
        messages.success(request, "La page publique est ouverte." if opened else "La page publique est fermée.")
        return redirect("public_settings", request.space.slug)
    opened = bool(page and page.opened_at)
    context = {
        "form": form, "opened": opened, "address": address_of(request.space, "public_page"),
        "history": history_of(request.space, request.space.pk, within="portal"),
    }  # fmt: skip
    return render(request, "portal/public/settings.html", context, status=422 if form.errors else 200)


def _words(workshop: Workshop) -> "QuerySet[Verbatim]":
    """The words of a comptoir that may have a code."""
    return Verbatim.objects.filter(
        occasion__comptoir__workshop=workshop, erased_at=None, statement__state=StatementState.LIVE
    )


@require_safe
@in_space(may_give_codes)
def follow_up_sheet(request: SpaceRequest, code: str) -> HttpResponse:
    """The slips of a comptoir, to print and cut: to each what they said, and their code."""
    workshop = get_object_or_404(Workshop.objects.visible_to(request.actor), code=code)
    return _sheet(request, workshop, _words(workshop))


@require_safe
@in_space(may_give_codes)
def follow_up_line(request: SpaceRequest, line_code: str) -> HttpResponse:
    """The slips of the words that stand under one line."""
    line = _line(request, line_code)
    workshop = line.heading.occasion.comptoir.workshop
    return _sheet(request, workshop, _words(workshop).filter(statement__root=line.root_id), line)


def _line(request: SpaceRequest, code: str) -> Statement:
    lines = Statement.objects.live().with_words().select_related("heading__occasion__comptoir__workshop")
    visible = Workshop.objects.visible_to(request.actor)
    return get_object_or_404(lines, heading__occasion__comptoir__workshop__in=visible, space=request.space, code=code)


def _sheet(
    request: SpaceRequest, workshop: Workshop, words: "QuerySet[Verbatim]", line: Statement | None = None
) -> HttpResponse:
    slips = FollowUp.objects.filter(verbatim__in=words).select_related("verbatim__occasion")
    ordered = slips.order_by("verbatim__occasion", "verbatim__table", "verbatim__statement__position", "pk")
    whole = "tout" in request.GET
    page = Paginator(ordered, MAX_ON_ONE_PAGE if whole else ON_A_SHEET).get_page(request.GET.get("page"))
    where = address_of(request.space, "public_follow_up")
    context = {
        "workshop": workshop, "line": line, "page": page, "without": words.filter(follow_up=None).count(),
        "where": where, "qr": qr(where), "opened": PublicPage.objects.opened().filter(space=request.space).exists(),
        "whole": ON_A_SHEET < page.paginator.count <= MAX_ON_ONE_PAGE and not whole,
    }  # fmt: skip
    return render(request, "portal/public/slips.html", context)


@require_POST
@in_space(may_give_codes)
def follow_up_give(request: SpaceRequest, code: str) -> HttpResponse:
    """A code for each of the words of a comptoir that has none; with `ligne`, for those of one line alone."""
    workshop = get_object_or_404(Workshop.objects.visible_to(request.actor), code=code)
    asked = request.POST.get("ligne", "")
    if asked:
        line = _line(request, asked)
        members = Statement.objects.live().filter(root=line.root_id).order_by("pk")
        given = sum(give_codes(actor=request.actor, occasion=line.heading.occasion, line=one) for one in members)
    else:
        tables = workshop.comptoirs.select_related("occasion").order_by("position", "pk")
        given = sum(give_codes(actor=request.actor, occasion=one.occasion) for one in tables)
    sentence = f"{given} codes de suivi sont prêts." if given > 1 else "Chaque parole a maintenant son code."
    messages.success(request, sentence)
    if asked:
        return redirect("follow_up_line", request.space.slug, asked)
    return redirect("follow_up_sheet", request.space.slug, workshop.code)
