"""« Ce qui m'attend », by role: what the dashboard of a contract asks of the person who reads it. No query."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.accounts.rules import is_team
from comptoir.commitments.enums import MISSING
from comptoir.commitments.models import Commitment
from comptoir.commitments.rules import may_see_news
from comptoir.commitments.state import Label, News, State
from comptoir.commitments.told import Told, What
from comptoir.contracts.rules import speaks_for
from comptoir.contracts.slots import Waiting
from comptoir.kit.dates import date_text
from comptoir.kit.french import plural

PROMISE_NOTICE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Line:
    """A commitment and its state on the day that the dashboard reads."""

    commitment: Commitment
    state: State


def waiting_for(actor: Actor, lines: Sequence[Line], told: Iterable[Told], *, on: date) -> list[Waiting]:
    """What waits for this person; what is theirs alone first, the longest first in each kind."""
    told = list(told)
    by_pk = {line.commitment.pk: line for line in lines}
    slug = actor.space.slug
    found = [*_flags(actor, by_pk, told), *_own_promises(actor, told, on), *_figures(actor, told, on)]
    if actor.role == Role.REFERENT:
        found += _decisions(actor, by_pk, told)
        found += _own_lines(actor, lines, on)
    if is_team(actor):
        found += _proofs(actor, by_pk, told)
        found += _of_the_table(actor, lines)
    if actor.role == Role.ELECTED_OFFICIAL:
        meetings = [one for one in told if one.what == What.MEETING]
        url = reverse("brief", args=(slug,))
        found += [
            Waiting("à préparer en une demi-page", f"{one.extra} {one.text}".strip(), url) for one in meetings[:1]
        ]
    return found


def _flags(actor: Actor, by_pk: dict[UUID, Line], told: Iterable[Told]) -> Iterator[Waiting]:
    """Flags to answer, for the team and the signatory's referent; answers given, for whoever asked."""
    for one in told:
        line = by_pk.get(one.commitment) if one.what == What.FLAG and one.commitment else None
        if line is None:
            continue
        url = f"{_url(actor, line.commitment)}#drapeaux"
        if one.done_on is None and (is_team(actor) or speaks_for(actor, line.commitment.signatory)):
            yield Waiting("drapeau sans réponse", one.text, url, one.day)
        elif one.done_on is not None and one.by is not None and one.by == actor.person_id:
            yield Waiting("réponse à votre drapeau", one.extra, url, one.done_on)


def _own_promises(actor: Actor, told: Iterable[Told], on: date) -> Iterator[Waiting]:
    for one in told:
        own = one.what == What.PROMISE and one.by is not None and one.by == actor.person_id
        if own and one.day is not None and one.day <= on + PROMISE_NOTICE:
            url = reverse("promise", args=(actor.space.slug, one.code))
            yield Waiting("votre parole donnée", one.text, url, one.day if one.day < on else None)


def _figures(actor: Actor, told: Iterable[Told], on: date) -> Iterator[Waiting]:
    """Figures of the observatory that were asked of this person."""
    for one in told:
        if one.what == What.FIGURE and one.day is not None:
            url = reverse("observatory_collection", args=(actor.space.slug, one.code))
            text = f"{one.text}, {one.extra}, avant le {date_text(one.day, 'j F Y')}"
            yield Waiting("chiffre à saisir", text, url, one.day if one.day < on else None)


def _decisions(actor: Actor, by_pk: dict[UUID, Line], told: Iterable[Told]) -> Iterator[Waiting]:
    for one in told:
        line = by_pk.get(one.commitment) if one.what == What.DECISION and one.commitment else None
        if line is not None and speaks_for(actor, line.commitment.signatory):
            url = reverse("decision_reply", args=(actor.space.slug, line.commitment.code, one.code))
            yield Waiting("décision à laquelle répondre", line.commitment.text, url, one.day)


def _own_lines(actor: Actor, lines: Iterable[Line], on: date) -> Iterator[Waiting]:
    """The lines that a referent has to bring up to date, and why."""
    for line in lines:
        commitment, state = line.commitment, line.state
        if not speaks_for(actor, commitment.signatory) or state.label in {Label.KEPT, Label.DROPPED_BY_AGREEMENT}:
            continue
        url = reverse("commitment_line", args=(actor.space.slug, commitment.code))
        if state.label == Label.OVERDUE:
            yield Waiting("échéance passée", commitment.text, url, commitment.due_on)
        elif state.news in {News.WAITING, News.SILENT}:
            yield Waiting("point d'étape demandé", commitment.text, url, state.news_since)
        elif commitment.next_step_on is not None and commitment.next_step_on < on:
            yield Waiting("prochaine étape passée", commitment.text, url, commitment.next_step_on)
        elif state.missing:
            wanted = reverse("commitment_edit", args=(actor.space.slug, commitment.code))
            yield Waiting(f"il manque {', '.join(MISSING[need] for need in state.missing)}", commitment.text, wanted)


def _proofs(actor: Actor, by_pk: dict[UUID, Line], told: Iterable[Told]) -> Iterator[Waiting]:
    for one in told:
        line = by_pk.get(one.commitment) if one.what == What.PROOF and one.commitment else None
        if line is not None and one.by != actor.person_id:
            yield Waiting("pièce à confirmer", one.text, _url(actor, line.commitment), one.day)


def _of_the_table(actor: Actor, lines: Sequence[Line]) -> Iterator[Waiting]:
    """For the team, numbers that lead to the table: nobody brings six hundred lines up to date from a list."""
    table = reverse("commitments", args=(actor.space.slug,))
    overdue = sum(line.state.label == Label.OVERDUE for line in lines)
    vague = sum(line.state.label == Label.TO_SPECIFY for line in lines)
    silent = sum(line.state.news == News.SILENT for line in lines) if may_see_news(actor) else 0
    if overdue:
        yield Waiting("échéances passées", plural(overdue, "engagement", "engagements"), f"{table}?etat=overdue")
    if vague:
        yield Waiting("à préciser", plural(vague, "engagement", "engagements"), f"{table}?etat=to_specify")
    if silent:
        yield Waiting("sans nouvelles", plural(silent, "engagement", "engagements"), table)


def _url(actor: Actor, commitment: Commitment) -> str:
    return reverse("commitment", args=(actor.space.slug, commitment.code))
