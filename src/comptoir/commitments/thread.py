"""The piece of the thread that a commitment stands on: one step back, one step on."""

from collections.abc import Iterable

from django.urls import reverse

from comptoir.accounts.models import Actor
from comptoir.commitments.models import Commitment, Evidence
from comptoir.kit.french import times
from comptoir.voices.models import Statement, counts
from comptoir.voices.rules import may_hear_raw
from comptoir.workshops.enums import VersionState
from comptoir.workshops.models import SynthesisLine

Step = dict[str, str]


def lines_of(commitment: Commitment) -> list[tuple[Statement, int]]:
    """The lines that a commitment answers, with how many times each was said: each line once, whatever its links."""
    found = (
        Statement.objects.live()
        .roots()
        .filter(gathered__commitment_links__commitment=commitment, gathered__commitment_links__withdrawn_at=None)
        .with_words()
        .select_related("heading__occasion__comptoir__workshop")
        .distinct()
        .order_by("pk")
    )
    lines = list(found)
    said = counts([line.pk for line in lines])
    return [(line, said[line.pk][0]) for line in lines]


def back_of(actor: Actor, commitment: Commitment) -> list[Step]:
    """Where it comes from: the lines behind it, then its objective. Raw words are for those who hear them."""
    lines = lines_of(commitment)
    steps = _heard(actor, lines) if may_hear_raw(actor) else _published(actor, lines)
    if commitment.objective:
        url = reverse("objective", args=(actor.space.slug, commitment.contract.code, commitment.objective.code))
        steps.append({"label": "objectif", "text": commitment.objective.text, "url": url})
    return steps


def _heard(actor: Actor, lines: list[tuple[Statement, int]]) -> list[Step]:
    return [
        {
            "label": f"ligne de synthèse, {times(said)}",
            "text": line.wording,
            "url": reverse("line", args=(actor.space.slug, line.heading.occasion.comptoir.workshop.code, line.code)),
        }
        for line, said in lines
    ]


def _published(actor: Actor, lines: list[tuple[Statement, int]]) -> list[Step]:
    """For the other members: the way to the public copy of each line, which masks what identifies; else its count."""
    shown = {
        row.statement_id: row
        for row in SynthesisLine.objects.filter(
            statement__in=[line.pk for line, _ in lines], version__state=VersionState.PUBLISHED
        )
        .select_related("version__workshop")
        .order_by("version__published_at", "pk")
    }
    steps = []
    for line, said in lines:
        row = shown.get(line.pk)
        step = {
            "label": f"ligne de synthèse, {times(said)}",
            "text": "Un comptoir qui n'est pas encore publié",
            "url": "",
        }
        if row:
            place = (actor.space.slug, row.version.workshop.code, row.version.number, line.code)
            step |= {"text": row.version.workshop.title, "url": reverse("version_line", args=place)}
        steps.append(step)
    return steps


def on_of(evidence: Iterable[Evidence]) -> list[Step]:
    """What it becomes: those of its proofs that are confirmed."""
    confirmed = [proof for proof in evidence if proof.confirmed_on]
    return [{"label": "pièce à l'appui, confirmée", "text": proof.label, "url": ""} for proof in confirmed]
