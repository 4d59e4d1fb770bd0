"""The cooperative dashboard as people get it: a page, a projection, paper, a file; and « j'ai vu »."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.analysis.tables.writing import Value, csv_pieces, ods_table, xlsx_table
from comptoir.commitments.enums import LABELS, MISSING
from comptoir.commitments.rules import may_read_brief, may_write_commitments
from comptoir.commitments.shape import Cross
from comptoir.commitments.views.shared import BADGES
from comptoir.contracts.models import CityContract
from comptoir.kit.dates import date_text
from comptoir.kit.lists.listing import FORMATS
from comptoir.portal.actions import mark_seen
from comptoir.portal.dashboard import Dashboard, Named, read
from comptoir.portal.models import LastSeen
from comptoir.voices.rules import may_hear_raw
from comptoir.workshops.models import SynthesisVersion, Workshop
from comptoir.workshops.published import last_versions
from comptoir.workshops.rules import may_import

LATEST = 5
MOST = 8  # lines of a section; the rest is said, and is in the table
PAPERS = ("a4", "a3")


def contracts_of(request: SpaceRequest) -> list[CityContract]:
    """The contracts of the space, the one in force first; each with the moment of this person's last « j'ai vu »."""
    seen = LastSeen.objects.filter(space=OuterRef("space"), person=request.actor.person_id)
    return list(CityContract.objects.of(request.space).annotate(seen_at=Subquery(seen.values("at")[:1])))


def dashboard(request: SpaceRequest, contracts: list[CityContract]) -> HttpResponse:
    """`?contrat=` another one; `?format=` a file; `?projeter` large; `?papier=a3`."""
    asked = request.GET.get("contrat", "")
    contract = next((one for one in contracts if one.code == asked), None) if asked else contracts[0]
    if contract is None:
        raise Http404
    paper, projected = request.GET.get("papier", ""), "projeter" in request.GET
    shared = projected or paper in PAPERS
    seen_at = vars(contract)["seen_at"]
    found = read(request.actor, contract, seen_at=seen_at, on=timezone.localdate(), shared=shared)
    wanted = request.GET.get("format", "")
    if wanted in FORMATS:
        return _file(found, wanted)
    context = {
        "dashboard": found, "contract": contract, "others": [one for one in contracts if one is not contract],
        "labels": LABELS, "badges": BADGES, "missing": MISSING,
        "totals": [(LABELS[label], BADGES[label], label, n) for label, n in found.totals],
        **_crosses(request, found, whole=paper in PAPERS),
        "shown": MOST, "now": timezone.now().isoformat(), "projected": projected, "shared": shared,
        "paper": paper if paper in PAPERS else "", "may_write": may_write_commitments(request.actor),
        "may_read_brief": may_read_brief(request.actor),
        "exports": [(FORMATS[one][0], f"?format={one}") for one in FORMATS], **latest_comptoirs(request),
    }  # fmt: skip
    return render(request, "portal/dashboard/dashboard.html", context)


def _crosses(request: SpaceRequest, found: Dashboard, *, whole: bool) -> dict[str, object]:
    """The table that the tab asks for (`?par=`); all three on paper."""
    asked = request.GET.get("par", "")
    crosses = [
        ("Par signataire", "qui", found.by_signatory), ("Par quartier", "quartier", found.by_place),
        ("Par objectif", "objectif", found.by_objective),
    ]  # fmt: skip
    chosen = [one for one in crosses if one[1] == asked] or crosses[:1]
    query = request.GET.copy()
    views = []
    for title, name, _ in crosses:
        query["par"] = name
        views.append({"label": title, "url": f"?{query.urlencode()}#spread", "current": name == chosen[0][1]})
    return {"crosses": crosses if whole else chosen, "cross_views": [] if whole else views}


def latest_comptoirs(request: SpaceRequest) -> dict[str, object]:
    """The latest workshops that the person may open, and the latest published syntheses: two queries."""
    published = SynthesisVersion.objects.published().filter(workshop=OuterRef("pk"))
    rows = Workshop.objects.visible_to(request.actor).recent_first().annotate(published=Exists(published))
    versions = last_versions(request.space).select_related("workshop").order_by("-published_at", "-pk")
    return {
        "workshops": list(rows[:LATEST]) if may_hear_raw(request.actor) else [],
        "published": list(versions[:LATEST]),
        "may_import": may_import(request.actor),
    }  # fmt: skip


@require_POST
@in_space(is_member)
def dashboard_seen(request: SpaceRequest) -> HttpResponse:
    """`jusqu_a`: when the page was drawn, so that what came in between is not said to be seen."""
    now = timezone.now()
    mark_seen(actor=request.actor, at=min(_moment(request.POST.get("jusqu_a", "")) or now, now))
    return redirect("space", request.space.slug)


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and timezone.is_aware(found) else None


HEADER = ["Rubrique", "Quoi", "Détail", "Nombre", "Date"]


def _file(found: Dashboard, wanted: str) -> HttpResponse:
    """What the dashboard shows, one line a figure or a thing: it filters and pivots in a spreadsheet."""
    name = content_disposition_header(True, f"tableau-de-bord-{timezone.localdate():%Y-%m-%d}.{wanted}")
    lines = list(_lines(found))
    if wanted == "csv":
        content = b"".join(csv_pieces(HEADER, lines))
    else:
        content = (xlsx_table if wanted == "xlsx" else ods_table)("Tableau de bord", HEADER, lines)
    return HttpResponse(content, content_type=FORMATS[wanted][1], headers={"Content-Disposition": name or "attachment"})


def _lines(found: Dashboard) -> Iterator[list[Value]]:
    for label, n in found.totals:
        yield ["Engagements par état", LABELS[label], "", n, None]
    for title, table in (
        ("Par signataire", found.by_signatory), ("Par quartier", found.by_place), ("Par objectif", found.by_objective)
    ):  # fmt: skip
        yield from _cross_lines(title, table)
    for changed in found.changed:
        text = changed.commitment.text if changed.commitment else "Le tableau"
        yield ["Depuis ma dernière visite", text, ", ".join(changed.said), None, timezone.localtime(changed.at).date()]
    for one in found.waiting:
        yield ["Ce qui m'attend", one.text, one.what, None, one.since]
    for soon in found.soon:
        for step in soon.steps:
            yield ["D'ici trois mois", step.next_step, soon.place[1], None, step.next_step_on]
    for day in found.ahead:
        yield ["Dates", day.text or day.what, day.what, None, day.on]
    for keeper in found.keeping.keepers:
        yield ["Qui met à jour", keeper.organisation, "mises à jour en douze mois", keeper.updates, keeper.last_on]
    for month in found.keeping.months:
        yield ["Organismes qui mettent à jour", date_text(month.first, "F Y"), "", month.organisations, month.first]
    for empty in found.empty:
        for need, n in empty.counts:
            yield ["Cases jamais remplies", empty.signatory[1], MISSING[need], n, None]


def _cross_lines(title: str, table: Cross[Named]) -> Iterator[list[Value]]:
    for row in table.rows:
        for label, n in row.counts:
            if n:
                yield [title, row.key[1], LABELS[label], n, None]
