"""« La demi-page de l'élu »: one commune or the whole contract, on half a sheet."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from comptoir.accounts.enums import OrganisationKind
from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.commitments.brief import Told, figures, most
from comptoir.commitments.elections import pre_election
from comptoir.commitments.enums import PromiseFate
from comptoir.commitments.models import Commitment
from comptoir.commitments.rules import may_read_brief
from comptoir.commitments.shape import is_soon
from comptoir.commitments.state import Label
from comptoir.commitments.table import Row, whole_table
from comptoir.commitments.told import promises_seen_by
from comptoir.commitments.views.shared import contract_in_force, or_404
from comptoir.contracts.models import CityContract, Meeting
from comptoir.territories.models import Area


@require_safe
@in_space(may_read_brief)
def brief(request: SpaceRequest) -> HttpResponse:
    """`?commune=`: what concerns its neighbourhoods, or no neighbourhood in particular."""
    contract = contract_in_force(request)
    if contract is None:
        return render(request, "commitments/no_contract.html", {"may_write": False})
    communes = list(Area.objects.filter(neighbourhoods__contracts=contract).distinct().order_by("name", "code"))
    asked = request.GET.get("commune", "")
    commune = next((one for one in communes if one.code == asked), None)
    or_404(commune is not None or not asked)
    today = timezone.localdate()
    rows = _rows(contract, commune, today)
    steps = [
        row for row in rows if row.commitment.next_step and is_soon(row.commitment.next_step_on, on=today)
    ]  # fmt: skip
    promised, promised_more = most(_promised(request, contract, commune))
    soon, soon_more = most(_soon(request, contract, steps, today))
    awaited, awaited_more = most(_awaited(request, rows, contract, commune, today))
    context = {
        "contract": contract, "communes": communes, "commune": commune, "today": today,
        "figures": figures((row.state.label for row in rows), steps=len(steps)),
        "promised": promised, "promised_more": promised_more, "soon": soon, "soon_more": soon_more,
        "awaited": awaited, "awaited_more": awaited_more, "election": pre_election(today),
    }  # fmt: skip
    return render(request, "commitments/brief.html", context)


def _rows(contract: CityContract, commune: Area | None, on: date) -> list[Row]:
    among = None
    if commune is not None:
        concerned = Q(neighbourhoods__communes=commune) | Q(neighbourhoods=None)
        there = Commitment.objects.filter(concerned, contract=contract).values("pk")
        among = Commitment.objects.filter(pk__in=there)
    return whole_table(contract, on=on, among=among).rows()


def _url(request: SpaceRequest, name: str, code: str) -> str:
    return reverse(name, args=(request.space.slug, code))


def _promises(
    request: SpaceRequest, contract: CityContract, commune: Area | None
) -> list[tuple[Told, str, bool, bool]]:
    """(sentence, who gave it, published, one's own) of the open ones."""
    rows = promises_seen_by(request.actor).filter(contract=contract, fate=PromiseFate.OPEN, commitment=None)
    if commune is not None:
        rows = rows.filter(Q(neighbourhood__communes=commune) | Q(neighbourhood=None)).distinct()
    return [
        (Told(one.text, one.due_on, _url(request, "promise", one.code)), one.author_name,
         one.published_at is not None, one.author_id is not None and one.author_id == request.actor.person_id)
        for one in rows.order_by("due_on", "pk")
    ]  # fmt: skip


def _promised(request: SpaceRequest, contract: CityContract, commune: Area | None) -> list[Told]:
    """What was promised in public: published promises only."""
    return [
        Told(f"{told.text} ({author})", told.day, told.url)
        for told, author, published, _ in _promises(request, contract, commune) if published
    ]  # fmt: skip


def _soon(request: SpaceRequest, contract: CityContract, steps: Sequence[Row], on: date) -> list[Told]:
    meetings = Meeting.objects.shown().filter(
        body__contract=contract, body__validates=True, body__withdrawn_at=None, held_on__gte=on
    )
    found = [
        Told(f"{meeting.body.name}{f' : {meeting.subject}' if meeting.subject else ''}", meeting.held_on)
        for meeting in meetings.select_related("body").order_by("held_on", "pk")[:2]
        if is_soon(meeting.held_on, on=on)
    ]
    for row in steps:
        one = row.commitment
        words = f"{one.next_step} ({one.signatory.organisation.name})"
        found.append(Told(words, one.next_step_on, _url(request, "commitment", one.code)))
    return sorted(found, key=lambda told: (told.day or date.max, told.text))


def _asked(day: date | None, on: date) -> str:
    """What is asked of whoever gave their word: to keep it, or once its day is past to say what became of it."""
    return "Dire ce qu'est devenue votre parole" if day is not None and day < on else "Tenir votre parole"


def _awaited(
    request: SpaceRequest, rows: Sequence[Row], contract: CityContract, commune: Area | None, on: date
) -> list[Told]:
    """Of the official: their own open promises, and what their organisation has let pass or left vague."""
    actor = request.actor
    found = [
        Told(f"{_asked(told.day, on)} : {told.text}", told.day, told.url)
        for told, _, _, own in _promises(request, contract, commune) if own
    ]  # fmt: skip
    own = actor.organisation_id
    for row in rows:
        one, name = row.commitment, row.commitment.signatory.organisation.name
        town = one.signatory.organisation.kind == OrganisationKind.TOWN
        of_commune = commune is not None and town and name.endswith(commune.name)  # « Ville d'Albi »
        if not of_commune and (own is None or one.signatory.organisation_id != own):
            continue
        url = _url(request, "commitment", one.code)
        if row.state.label == Label.OVERDUE:
            found.append(Told(f"Décider de la suite : {one.text} ({name})", one.due_on, url))
        elif row.state.label == Label.TO_SPECIFY:
            found.append(Told(f"Faire préciser : {one.text} ({name})", None, url))
    return found
