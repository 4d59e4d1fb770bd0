"""« Tableau des engagements »: what changed since the last meeting, then one row a commitment."""

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.commitments.advice import hard_to_check
from comptoir.commitments.enums import LABELS, MISSING, NEWS, CommitmentLevel
from comptoir.commitments.models import Commitment
from comptoir.commitments.rules import may_decide, may_edit, may_see_news, may_write_commitments
from comptoir.commitments.state import Label, Missing, News, State
from comptoir.commitments.table import Row, Whole, rows_of, since_last_snapshot, totals, whole_table
from comptoir.commitments.views.shared import BADGES, or_404, own_signatories
from comptoir.contracts.models import CityContract
from comptoir.kit.dates import date_text
from comptoir.kit.lists import Choice, Column, Listing, Search
from comptoir.kit.templatetags.ui import badge

SHOWN_CHANGES = 12


@require_safe
@in_space(is_member)
def table(request: SpaceRequest) -> HttpResponse:
    contracts = list(CityContract.objects.of(request.space))
    asked = request.GET.get("contrat", "")
    contract = next((one for one in contracts if one.code == asked), None) if asked else next(iter(contracts), None)
    or_404(contract is not None or not asked)
    if contract is None:
        return render(request, "commitments/no_contract.html", {"may_write": may_decide(request.actor)})
    whole = whole_table(contract, on=timezone.localdate())
    listing = _listing(request, contract, whole)
    if whole.commitments and (request.htmx or "format" in request.GET):
        return listing.respond(request, "commitments/table.html")
    context = {
        "count": len(whole.commitments), "may_write": _may_write(request, contract, whole),
        "team": may_see_news(request.actor), "projected": "projeter" in request.GET,
        "others": [one for one in contracts if one is not contract],
        **_before(request, contract, whole),
    }  # fmt: skip
    return listing.respond(request, "commitments/table.html", context)


def results(request: SpaceRequest, asked: QueryDict, contract: CityContract) -> HttpResponse:
    """What a line that was changed in place changes on the page: the list under these filters, and what is above it."""
    if asked.get("contrat", contract.code) != contract.code:
        asked = QueryDict()
    whole = whole_table(contract, on=timezone.localdate())
    listing = _listing(request, contract, whole)
    context = {"listing": listing.shown(asked), "swapped": True, **_before(request, contract, whole)}
    response = render(request, "commitments/parts/results.html", context)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = f"#{listing.name}", "outerHTML"
    response.headers["HX-Trigger"] = json.dumps({"announce": "Ligne mise à jour."})
    return response


def _may_write(request: SpaceRequest, contract: CityContract, whole: Whole) -> bool:
    """Asked of the database only where the table holds no line that the actor may write."""
    if not may_write_commitments(request.actor):
        return False
    return any(may_edit(request.actor, one) for one in whole.commitments) or bool(
        own_signatories(request.actor, contract)
    )


def _before(request: SpaceRequest, contract: CityContract, whole: Whole) -> dict[str, Any]:
    """What stands above the list: totals, what changed since the last meeting, what comes within three months."""
    today = timezone.localdate()
    snapshot, since = since_last_snapshot(contract, whole=whole)
    soon = [(one.next_step_on, one.pk, one) for one in whole.commitments if one.next_step and one.next_step_on]
    counted = totals({pk: state.label for pk, state in whole.states.items()})
    return {
        "contract": contract, "totals": [(LABELS[label], BADGES[label], label, n) for label, n in counted],
        "hard": len(hard_to_check(whole.commitments)),
        "snapshot": snapshot, "since": since[:SHOWN_CHANGES], "more": len(since) - SHOWN_CHANGES, "labels": LABELS,
        "soon": [one for day, _, one in sorted(soon, key=lambda row: row[:2]) if day >= today][:6],
        "may_decide": may_decide(request.actor),
    }  # fmt: skip


def _listing(request: SpaceRequest, contract: CityContract, whole: Whole) -> Listing[Row]:
    today, states = timezone.localdate(), whole.states
    labels = {pk: state.label for pk, state in states.items()}
    team = may_see_news(request.actor) and "projeter" not in request.GET  # silence is not for the wall
    rows = Commitment.objects.visible_to(request.actor).filter(contract=contract, wording__isnull=False)
    return Listing(
        name="engagements", title="Engagements", queryset=rows.with_words(), order="rang",
        unit=("engagement", "engagements"), rows=lambda found: rows_of(found, on=today, whole=whole), per_page=50,
        columns=(
            Column("rang", "Engagement", lambda r: r.commitment.text, sort="position",
                   link=lambda r: reverse("commitment", args=(request.space.slug, r.commitment.code))),
            Column("qui", "Qui", lambda r: r.commitment.signatory.organisation.name,
                   sort="signatory__organisation__search"),
            Column("referent", "Référent", lambda r: r.referent.name if r.referent else "", only_export=True),
            Column("echeance", "Échéance", _due, sort="due_on"),
            Column("etat", "État", lambda r: badge(LABELS[r.state.label], kind=BADGES[r.state.label]),
                   export=lambda r: LABELS[r.state.label]),
            Column("nouvelles", "Dernière nouvelle", lambda r: _news(r, team), export=lambda r: _news(r, team)),
            Column("bientot", "D'ici trois mois", lambda r: _line(request, r), export=lambda r: r.commitment.next_step),
            Column("pour_le", "Pour le", lambda r: r.commitment.next_step_on, only_export=True),
            Column("mesure", "Mesure", lambda r: r.commitment.measure, only_export=True),
            Column("piece", "Pièce attendue", lambda r: r.commitment.expected_proof, only_export=True),
            Column("objectif", "Objectif", lambda r: r.commitment.objective.text if r.commitment.objective else "",
                   only_export=True),
            Column("niveau", "Niveau d'engagement", lambda r: r.commitment.get_level_display(), only_export=True),
            Column("dauphin", "Numéro Dauphin", lambda r: r.commitment.dauphin_number, only_export=True),
            Column("code", "Code", lambda r: r.commitment.code, only_export=True),
        ),
        filters=(
            Search(("wording__search", "signatory__organisation__search")),
            Choice("qui", "Qui", _signatories(whole), lookup="signatory__code"),
            Choice("etat", "État", _states(labels), narrowed=lambda found, asked: _having(found, labels, asked)),
            Choice("quartier", "Quartier", lambda base: _neighbourhoods(contract), lookup="neighbourhoods__code"),
            Choice("objectif", "Objectif", _objectives(whole), lookup="objective__code"),
            Choice("manque", "Il manque", [("1", "quelque chose"), *((need.value, MISSING[need]) for need in Missing)],
                   narrowed=lambda found, asked: _lacking(found, states, asked)),
            Choice("conseil", "Vérifiable", [("a-revoir", "À rendre plus vérifiable")],
                   narrowed=lambda found, asked: found.filter(pk__in=hard_to_check(whole.commitments))),
            Choice("niveau", "Niveau", CommitmentLevel.choices, lookup="level"),
        ),
    )  # fmt: skip


def _line(request: SpaceRequest, row: Row) -> SafeString:
    """What comes next, and for its owner the way to bring the line up to date in place."""
    context = {"commitment": row.commitment, "space": request.space, "owned": may_edit(request.actor, row.commitment)}
    return SafeString(render_to_string("commitments/parts/line_cell.html", context).strip())


def _due(row: Row) -> object:
    commitment = row.commitment
    if commitment.first_year:
        last = f" jusqu'en {commitment.last_year}" if commitment.last_year else ""
        return f"chaque année{last}"
    return commitment.due_on


def _news(row: Row, team: bool) -> str:
    """The last answer, for all; silence and undelivered mail, for the team alone."""
    told = ""
    if row.latest:
        told = f"{row.latest.get_answer_display()}, {date_text(row.latest.answered_on, 'j F Y')}"
    if team and row.state.news in {News.SILENT, News.UNREACHED}:
        since = f" {date_text(row.state.news_since, 'j F Y')}" if row.state.news == News.SILENT else ""
        return f"{told} · {NEWS[row.state.news]}{since}".strip(" ·")
    return told


def _having(found: "QuerySet[Any]", labels: dict[Any, Label], asked: str) -> "QuerySet[Any]":
    return found.filter(pk__in=[pk for pk, label in labels.items() if label == asked])


def _lacking(found: "QuerySet[Any]", states: dict[Any, State], asked: str) -> "QuerySet[Any]":
    """Those that lack this cell; `1`: any of the four."""
    lacking = [pk for pk, state in states.items() if state.missing and (asked == "1" or asked in state.missing)]
    return found.filter(pk__in=lacking)


def _states(labels: dict[Any, Label]) -> list[tuple[str, str]]:
    return [(label.value, LABELS[label]) for label, _ in totals(labels)]


def _signatories(whole: Whole) -> list[tuple[str, str]]:
    """Those that have a commitment, by name."""
    found = {one.signatory for one in whole.commitments}
    return [(s.code, s.organisation.name) for s in sorted(found, key=lambda s: (s.organisation.search, s.pk))]


def _neighbourhoods(contract: CityContract) -> Iterable[tuple[str, str]]:
    return list(contract.neighbourhoods.order_by("search", "code").values_list("code", "name"))


def _objectives(whole: Whole) -> list[tuple[str, str]]:
    """Those that a commitment carries, in their order."""
    found = {one.objective for one in whole.commitments if one.objective}
    return [(o.code, o.text[:80]) for o in sorted(found, key=lambda o: (o.position, o.pk))]
