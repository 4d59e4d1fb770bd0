"""The reviews of actions: a list and its use, one review, and the indicator that they are summed into."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.history import history_of
from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.evaluation import actions
from comptoir.evaluation.actions.bilans import feeding
from comptoir.evaluation.enums import QuestionStatus
from comptoir.evaluation.evidence_forms import FedForm, QuoteForm
from comptoir.evaluation.models import ActionReview, EvaluativeQuestion
from comptoir.evaluation.rules import may_keep_reviews, may_read_reviews, may_write
from comptoir.evaluation.views.shared import FORM
from comptoir.kit.french import number
from comptoir.kit.lists import Choice, Column, Listing, Search
from comptoir.observatory.enums import Territory
from comptoir.observatory.models import Place

USED = (("oui", "Versé à une question"), ("compte", "Compté dans un indicateur"), ("non", "Pas encore"))


def _where(place: Place | None, whole: str) -> str:
    if place is None:
        return ""
    return whole if place.kind == Territory.SPACE else str(place)


def _used(rows: "QuerySet[Any]", value: str) -> "QuerySet[Any]":
    if value == "oui":
        return rows.filter(cited__gt=0)
    return rows.filter(counted_in__isnull=False) if value == "compte" else rows.filter(cited=0, counted_in=None)


def _years(rows: "QuerySet[Any]") -> list[tuple[str, str]]:
    years = rows.order_by("-year").values_list("year", flat=True).distinct()
    return [(str(year), str(year)) for year in years]


def _places(rows: "QuerySet[Any]") -> list[tuple[str, str]]:
    found = Place.objects.filter(pk__in=rows.order_by().values("place"))
    return [(str(one.pk), "Ensemble" if one.kind == Territory.SPACE else str(one)) for one in found.order_by("search")]


@require_safe
@in_space(may_read_reviews)
def reviews(request: SpaceRequest) -> HttpResponse:
    slug, whole = request.space.slug, "Ensemble"
    rows = ActionReview.objects.shown().filter(space=request.space).select_related("place", "counted_in")
    listing: Listing[ActionReview] = Listing(
        name="bilans", title="Bilans des actions",
        queryset=rows.annotate(cited=Count("findings", filter=Q(findings__withdrawn_at=None))),
        columns=(
            Column("action", "Action", lambda one: one.action, sort="search",
                   link=lambda one: reverse("action_review", args=(slug, one.code))),
            Column("annee", "Année", lambda one: str(one.year), sort="year"),
            Column("quartier", "Quartier", lambda one: _where(one.place, whole), sort="place__search"),
            Column("porteur", "Porteur", lambda one: one.bearer, sort="bearer"),
            Column("argent", "Argent", lambda one: "" if one.money is None else f"{number(round(one.money))} €",
                   sort="money", number=True, export=lambda one: one.money),
            Column("personnes", "Personnes touchées", lambda one: one.reached, sort="reached", number=True),
            Column("note", "Ce qui a été noté", lambda one: one.noted, only_export=True),
            Column("questions", "Questions", lambda one: vars(one)["cited"] or "", sort="cited", number=True),
            Column("compte", "Compté dans", lambda one: one.counted_in.name if one.counted_in else "",
                   sort="counted_in__search"),
            Column("code", "Code", lambda one: one.code, only_export=True),
        ),
        filters=(
            Search(("search",), label="Nom de l'action"),
            Choice("annee", "Année", _years, lookup="year", every="Toutes"),
            Choice("quartier", "Quartier", _places, lookup="place", every="Tous"),
            Choice("usage", "Usage", USED, narrowed=_used),
        ),
        order="-annee", unit=("bilan", "bilans"),
    )  # fmt: skip
    return listing.respond(request, "evaluation/reviews.html", {"may_keep": may_keep_reviews(request.actor)})


def _review(request: SpaceRequest, item: str) -> ActionReview:
    rows = ActionReview.objects.shown().select_related("place", "counted_in")
    return get_object_or_404(rows, space=request.space, code=item)


def _questions(review: ActionReview) -> "QuerySet[EvaluativeQuestion]":
    """Those that it may still be quoted for: kept ones first."""
    rows = EvaluativeQuestion.objects.shown().filter(space=review.space_id).exclude(status=QuestionStatus.PARKED)
    cited = review.findings.filter(withdrawn_at=None).values("question")
    return rows.exclude(pk__in=cited).select_related("evaluation").order_by("status", "pk")


@require_safe
@in_space(may_read_reviews)
def review(request: SpaceRequest, item: str) -> HttpResponse:
    """What a review says, and what it has served for."""
    found = _review(request, item)
    questions = _questions(found)
    may_quote = may_write(request.actor) and bool(found.noted)
    context = {
        "review": found, "where": _where(found.place, request.space.name),
        "uses": found.findings.filter(withdrawn_at=None).select_related("question__evaluation").order_by("pk"),
        "form": QuoteForm(questions=questions) if may_quote and questions.exists() else None,
        "history": history_of(request.space, found.pk),
    }  # fmt: skip
    return render(request, "evaluation/review.html", context)


@require_POST
@in_space(may_write)
def review_quote(request: SpaceRequest, item: str) -> HttpResponse:
    found = _review(request, item)
    question = get_object_or_404(
        EvaluativeQuestion.objects.shown().select_related("evaluation"), space=request.space,
        code=request.POST.get("question", "")[:10],
    )  # fmt: skip
    actions.quote_review(actor=request.actor, review=found, question=question, on=timezone.localdate())
    messages.success(request, "Versé à la question.")
    return redirect("question", request.space.slug, question.evaluation.code, question.code)


@require_http_methods(FORM)
@in_space(may_keep_reviews)
def reviews_feed(request: SpaceRequest) -> HttpResponse:
    """Choose an indicator, see what it will hold, and write it."""
    asked = request.POST if request.method == "POST" else request.GET
    form = FedForm(asked if "indicateur" in asked else None, actor=request.actor)
    chosen = form.cleaned_data["indicateur"] if form.is_bound and form.is_valid() else None
    if request.method == "POST":
        if chosen is None:
            raise Http404  # the page proposes those of the space alone
        actions.feed(actor=request.actor, indicator=chosen)
        messages.success(request, "L'indicateur est compté depuis les bilans ; les petits nombres y sont masqués.")
        return redirect("observatory_indicator", request.space.slug, chosen.code)
    lines = feeding(request.actor, chosen) if chosen else []
    context = {
        "form": form, "chosen": chosen,
        "lines": [(line, _where(line.place, f"Ensemble ({request.space.name})")) for line in lines],
        "is_fed": any(line.new is not None for line in lines),
    }  # fmt: skip
    return render(request, "evaluation/reviews_feed.html", context)
