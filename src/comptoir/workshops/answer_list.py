"""The list of answers: to whom, what, why, by whom, when. Lines are read as their public copy."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from comptoir.accounts.models import Actor
from comptoir.kit.lists import Choice, Column, Listing, Period
from comptoir.voices import answers
from comptoir.voices.enums import AnswerKind
from comptoir.voices.models import Answer
from comptoir.voices.rules import may_answer, may_hear_raw
from comptoir.workshops.published import public_texts, published_lines

STATES = (("publiee", "Publiée"), ("brouillon", "À publier"), ("retiree", "Retirée"))
NOT_PUBLISHED = "Une ligne qui n'est pas encore publiée"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """`line`: the words of the line as this reader may have them; `url`: its page for this reader, or nothing."""

    answer: Answer
    line: str
    url: str

    @property
    def state(self) -> str:
        if self.answer.withdrawn_at:
            return "retirée"
        return "publiée" if self.answer.published_at else "à publier"


def listing_of(actor: Actor) -> Listing[AnswerRow]:
    found = answers.visible_to(actor).select_related("statement__heading__occasion__comptoir__workshop")
    team = may_answer(actor)
    filters = (Choice("reponse", "Réponse", AnswerKind.choices, lookup="kind"), Period("le", "decided_on", "Décidé"))
    state = Choice("etat", "État", STATES, narrowed=_in_state)
    return Listing(
        name="reponses", title="Réponses données", queryset=found, order="-le", unit=("réponse", "réponses"),
        rows=lambda rows: rows_of(actor, rows), filters=(*filters, state) if team else filters,
        columns=(
            Column("ligne", "Ce qui a été dit", lambda r: r.line, link=lambda r: r.url),
            Column("reponse", "Réponse", lambda r: r.answer.get_kind_display(), sort="kind"),
            Column("pourquoi", "Pourquoi", lambda r: r.answer.reasons),
            Column("par", "Décidé par", lambda r: r.answer.decided_by),
            Column("le", "Le", lambda r: r.answer.decided_on, sort=("decided_on", "pk")),
            *((Column("etat", "État", lambda r: r.state),) if team else ()),
        ),
    )  # fmt: skip


def _in_state(found: "QuerySet[Answer]", asked: str) -> "QuerySet[Answer]":
    draft = Q(published_at=None, withdrawn_at=None)
    return found.filter(
        {"publiee": Q(published_at__isnull=False, withdrawn_at=None), "brouillon": draft}.get(
            asked, Q(withdrawn_at__isnull=False)
        )
    )


def rows_of(actor: Actor, found: Sequence[Answer]) -> list[AnswerRow]:
    """Three queries, whatever their number. Raw words are for those who hear them."""
    about = {pk for one in found for pk in (one.statement.root_id, one.statement_id)}
    shown = {row.statement_id: row for row in published_lines(actor.space).filter(statement__in=about).order_by("pk")}
    texts = public_texts(shown.values())
    hears = may_hear_raw(actor)
    rows = []
    for one in found:
        line = shown.get(one.statement.root_id) or shown.get(one.statement_id)
        workshop = one.statement.heading.occasion.comptoir.workshop
        text, url = NOT_PUBLISHED, ""
        if line:
            place = (actor.space.slug, line.version.workshop.code, line.version.number, line.statement.code)
            text, url = texts[line.pk], reverse("version_line", args=place)
        if hears:
            url = reverse("line", args=(actor.space.slug, workshop.code, one.statement.code))
        rows.append(AnswerRow(one, text, url))
    return rows
