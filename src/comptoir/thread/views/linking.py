"""« À relier » : what has no way back or no way on yet, and the suggestions that link it in two clicks."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.analysis.text import fold
from comptoir.commitments import actions as commitments
from comptoir.commitments.models import Commitment
from comptoir.commitments.rules import may_link, may_write_commitments
from comptoir.commitments.thread import lines_of
from comptoir.contracts.models import CityContract, Objective
from comptoir.kit.lists import Choice, Column, Listing, Search
from comptoir.thread import actions, linking
from comptoir.thread.models import Citation
from comptoir.thread.rules import may_cite
from comptoir.thread.suggestions import commitments_for, lines_for, lines_to_cite
from comptoir.voices.enums import HeadingKind
from comptoir.voices.models import Statement, StatementQuerySet
from comptoir.workshops.sheets import lines_of as sheet_lines

MOST = 30
TABS = (("engagements", "Engagements"), ("lignes", "Lignes de synthèse"), ("objectifs", "Objectifs"))
LEDES = {
    "engagements": "Les engagements derrière lesquels il n'y a encore ni parole ni chiffre. Ce n'est pas une faute : "
    "la plupart des contrats ont été signés avant le premier comptoir.",
    "lignes": "Ce qui a été dit et ne mène encore à aucun engagement, le plus dit d'abord.",
    "objectifs": "Les objectifs que personne ne s'est encore engagé à porter.",
}


@require_safe
@in_space(may_link)
def to_link(request: SpaceRequest, what: str) -> HttpResponse:
    lists: dict[str, Callable[[SpaceRequest], Listing[Any]]] = {
        "engagements": _commitments, "lignes": _lines, "objectifs": _objectives
    }  # fmt: skip
    if what not in lists:
        raise Http404
    tabs = [
        {"label": label, "url": reverse("to_link", args=(request.space.slug, name)), "current": name == what}
        for name, label in TABS
    ]
    return lists[what](request).respond(request, "thread/to_link.html", {"tabs": tabs, "lede": LEDES[what]})


def _commitments(request: SpaceRequest) -> Listing[Commitment]:
    slug = request.space.slug
    return Listing(
        name="a-relier-engagements", title="Engagements à relier", order="engagement",
        queryset=linking.commitments_without_origin(request.space).filter(wording__isnull=False).with_words(),
        unit=("engagement à relier", "engagements à relier"),
        columns=(
            Column("engagement", "Engagement", lambda c: c.text, sort="position",
                   link=lambda c: reverse("suggested_lines", args=(slug, c.code))),
            Column("qui", "Qui", lambda c: c.signatory.organisation.name, sort="signatory__organisation__search"),
            Column("objectif", "Objectif", lambda c: c.objective.text if c.objective else ""),
            Column("code", "Code", lambda c: c.code, only_export=True),
        ),
        filters=(
            Search(("wording__search", "signatory__organisation__search")),
            Choice("contrat", "Contrat", lambda base: _contracts(request), lookup="contract__code"),
        ),
    )  # fmt: skip


def _lines(request: SpaceRequest) -> Listing[Statement]:
    slug = request.space.slug
    kinds = [(kind.value, kind.label) for kind in HeadingKind if kind.counted]
    rows = linking.lines_without_commitment(request.space).with_words()
    return Listing(
        name="a-relier-lignes", title="Lignes à relier", order="-fois",
        queryset=rows.select_related("heading__occasion"), unit=("ligne à relier", "lignes à relier"),
        columns=(
            Column("ligne", "Ligne", lambda s: s.wording,
                   link=lambda s: reverse("suggested_commitments", args=(slug, s.code))),
            Column("fois", "Dit combien de fois", lambda s: vars(s)["said"], sort="said", number=True),
            Column("comptoir", "Comptoir", lambda s: s.heading.occasion.title),
            Column("date", "Date", lambda s: s.heading.occasion.held_on, sort="heading__occasion__held_on"),
            Column("code", "Code", lambda s: s.code, only_export=True),
        ),
        filters=(
            Search(("rewording__search", "verbatim__search", "search")),
            Choice("colonne", "Colonne", kinds, lookup="heading__kind"),
        ),
    )  # fmt: skip


def _objectives(request: SpaceRequest) -> Listing[Objective]:
    slug = request.space.slug
    rows = linking.objectives_without_commitment(request.space).with_words().select_related("contract")
    return Listing(
        name="a-relier-objectifs", title="Objectifs à relier", order="objectif", queryset=rows,
        unit=("objectif à relier", "objectifs à relier"),
        columns=(
            Column("objectif", "Objectif", lambda o: o.text, sort="position",
                   link=lambda o: reverse("objective", args=(slug, o.contract.code, o.code))),
            Column("niveau", "Niveau", lambda o: o.get_level_display()),
            Column("code", "Code", lambda o: o.code, only_export=True),
        ),
        filters=(
            Search(("wording__search",)),
            Choice("contrat", "Contrat", lambda base: _contracts(request), lookup="contract__code"),
        ),
    )  # fmt: skip


def _contracts(request: SpaceRequest) -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in CityContract.objects.of(request.space)]


def _shown_commitment(request: SpaceRequest, code: str) -> Commitment:
    return get_object_or_404(Commitment.objects.visible_to(request.actor).with_words(), code=code)


def _line(request: SpaceRequest, code: str) -> Statement:
    return get_object_or_404(Statement.objects.live().with_words(), space=request.space, code=code)


@require_safe
@in_space(may_link)
def suggested_lines(request: SpaceRequest, code: str) -> HttpResponse:
    """The lines that a commitment may answer, with their reasons; those linked and those refused."""
    found = _shown_commitment(request, code)
    refused = list(Statement.objects.filter(unrelated__commitment=found).with_words().order_by("unrelated__pk"))
    linked = lines_of(found)
    known = {line.pk for line, _ in linked} | {line.root_id for line in refused}
    context = {
        "commitment": found, "suggestions": lines_for(request.actor, found, known), "linked": linked,
        "refused": refused,
    }  # fmt: skip
    return render(request, "thread/suggested_lines.html", context)


@require_safe
@in_space(may_link)
def suggested_commitments(request: SpaceRequest, code: str) -> HttpResponse:
    """The commitments that may answer a line, with their reasons; those linked and those refused."""
    found = _line(request, code)
    near = Commitment.objects.visible_to(request.actor).with_words()
    linked = near.filter(statement_links__statement__root=found.root_id, statement_links__withdrawn_at=None)
    refused = near.filter(unrelated__statement__root=found.root_id)
    context = {
        "line": found, "suggestions": commitments_for(request.actor, found),
        "linked": linked.distinct().in_table_order(), "refused": refused.distinct().in_table_order(),
        "may_write": may_write_commitments(request.actor),
    }  # fmt: skip
    return render(request, "thread/suggested_commitments.html", context)


@require_POST
@in_space(may_link)
def suggestion_act(request: SpaceRequest) -> HttpResponse:
    """« Relier », « Pas celui-là », and back: one commitment and one line; `from` says on which page it was asked."""
    commitment = _shown_commitment(request, request.POST.get("commitment", ""))
    line = _line(request, request.POST.get("line", ""))
    actor = request.actor
    match request.POST.get("verb", ""):
        case "non":
            actions.refuse(actor=actor, commitment=commitment, statement=line.root)
            said = "C'est noté : ce lien ne sera plus proposé."
        case "encore":
            actions.reconsider(actor=actor, commitment=commitment, statement=line)
            said = "Ce lien peut de nouveau être proposé."
        case "enlever":
            for linked in Statement.objects.filter(root=line.root_id, commitment_links__commitment=commitment):
                commitments.unlink(actor=actor, commitment=commitment, statement=linked)
            said = "Lien enlevé."
        case _:
            commitments.link(actor=actor, commitment=commitment, statement=line)
            said = "Relié."
    messages.success(request, said)
    if request.POST.get("from") == "line":
        return redirect("suggested_commitments", request.space.slug, line.code)
    return redirect("suggested_lines", request.space.slug, commitment.code)


def _objective(request: SpaceRequest, code: str) -> Objective:
    rows = Objective.objects.shown().with_words().select_related("contract").filter(wording__isnull=False)
    return get_object_or_404(rows, space=request.space, code=code)


def _cited(objective: Objective) -> StatementQuerySet:
    there = Citation.objects.filter(wording__objective=objective, withdrawn_at=None)
    return Statement.objects.live().filter(pk__in=there.values("statement")).with_words().order_by("pk")


@require_safe
@in_space(may_cite)
def cite_choose(request: SpaceRequest, code: str) -> HttpResponse:
    """The lines that an objective may come from: suggestions, then a search; one click on each."""
    found = _objective(request, code)
    query, cited = request.GET.get("q", "").strip(), list(_cited(found))
    searched = []
    if query:
        pool = Statement.objects.roots().filter(space=request.space).exclude(heading__kind__in=linking.UNCOUNTED)
        near = pool.matching(fold(query)).exclude(pk__in=[one.root_id for one in cited])
        chosen = list(near.order_by("-pk").values_list("pk", flat=True)[:MOST])
        searched = sorted(sheet_lines(Statement.objects.filter(pk__in=chosen)), key=lambda line: -line.occurrences)
    context = {
        "objective": found, "cited": cited, "query": query, "searched": searched,
        "suggestions": [] if query else lines_to_cite(request.actor, found),
    }  # fmt: skip
    return render(request, "thread/cite.html", context)


@require_POST
@in_space(may_cite)
def cite_act(request: SpaceRequest, code: str) -> HttpResponse:
    """« Relier » or « Enlever » a line behind an objective."""
    found, line = _objective(request, code), _line(request, request.POST.get("line", ""))
    if request.POST.get("verb") == "enlever":
        actions.uncite(actor=request.actor, objective=found, statement=line)
        messages.success(request, "Lien enlevé.")
    else:
        actions.cite(actor=request.actor, objective=found, statement=line)
        messages.success(request, "Relié.")
    return redirect("cite_choose", request.space.slug, code)
