"""The measures of the thread, each with its definition; and the way to what is still to be linked."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.analysis.threads import Reached
from comptoir.commitments.rules import may_link
from comptoir.contracts.models import CityContract
from comptoir.kit.french import NO_BREAK_SPACE, number
from comptoir.territories.models import PriorityNeighbourhood
from comptoir.thread.measures import Measures, measures_of
from comptoir.thread.rules import may_read_who_speaks
from comptoir.voices.enums import SpeakerKind, Subject

COMMITTED = (
    "Dit, et devenu un engagement",
    "Les fois où quelque chose a été dit, sur une ligne reliée à un engagement, directement ou par un objectif qui la "
    "cite. Une parole qui y mène par deux chemins compte une fois.",
)
KEPT = (
    "Dit, et suivi d'un résultat tenu",
    "Parmi les fois dites, celles dont la ligne mène à au moins un engagement tenu, ou tenu en partie, à ce jour : une "
    "pièce confirmée le montre.",
)
ANSWERED = (
    "Dit, et répondu",
    "Les fois dites sur une ligne qui a reçu une réponse publiée, favorable ou non, avec ses raisons.",
)
UNANSWERED = (
    "Jamais répondu",
    "Les fois dites sur une ligne sans réponse publiée. On compte des fois, pas des personnes : une parole anonyme "
    "reste anonyme.",
)
WITHOUT = (
    "Engagements sans parole ni chiffre derrière",
    "Ceux auxquels ne mène aucune ligne, ni directement, ni par leur objectif, ni aucune parole donnée. Ce sont des "
    "pièces à relier, pas des fautes.",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A measure as the page writes it: `percent` is empty where a share means nothing."""

    term: str
    definition: str
    value: str
    percent: str
    width: int


@require_safe
@in_space(is_member)
def thread_home(request: SpaceRequest) -> HttpResponse:
    """`?contrat=` and `?quartier=` (a published code) narrow the commitments that are counted."""
    contracts = list(CityContract.objects.of(request.space))
    asked, quarter = request.GET.get("contrat", ""), request.GET.get("quartier", "")
    contract = get_object_or_404(CityContract.objects.of(request.space), code=asked) if asked else None
    places = PriorityNeighbourhood.objects.filter(contracts__in=contracts).distinct().order_by("search", "code")
    place = get_object_or_404(places, code=quarter) if quarter else None
    found = measures_of(contract or request.space, neighbourhood=place)
    context = {
        "measures": found, "shown": _shown(found), "contracts": contracts, "contract": contract, "places": places,
        "place": place, "may_link": may_link(request.actor), "without": WITHOUT,
        "lines_to_link": found.lines - found.lines_linked,
        "tables": _tables(found) if found.shared and may_read_who_speaks(request.actor) else [],
    }  # fmt: skip
    return render(request, "thread/home.html", context)


def _percent(part: float | None) -> str:
    return "" if part is None else f"{number(round(100 * part))}{NO_BREAK_SPACE}%"


def _shown(found: Measures) -> list[Shown]:
    whole = found.whole
    rows = [(*COMMITTED, whole.committed), (*KEPT, whole.kept)]
    if found.shared:
        rows += [(*ANSWERED, whole.answered), (*UNANSWERED, whole.unanswered)]
    shown = []
    for term, definition, part in rows:
        share = whole.share(part) if found.shared else None
        shown.append(Shown(term, definition, number(part), _percent(share), round(100 * (share or 0))))
    return shown


def _tables(found: Measures) -> list[tuple[str, str, list[tuple[str, list[str]]]]]:
    """Who speaks and, apart, whom it is about: caption, head of the first column, rows."""
    return [
        ("Selon qui parle", "Qui parle", _rows(found.by_speaker, dict(SpeakerKind.choices))),
        ("Selon de qui on parle", "De qui on parle", _rows(found.by_subject, dict(Subject.choices))),
    ]


def _rows(reached: dict[str, Reached], words: dict[str, str]) -> list[tuple[str, list[str]]]:
    rows = sorted(reached.items(), key=lambda pair: (-pair[1].occurrences, pair[0]))
    return [
        (words.get(key, key), [number(one.occurrences), number(one.committed), number(one.kept), number(one.answered)])
        for key, one in rows
    ]
