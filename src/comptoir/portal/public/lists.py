"""The two open lists: the last validated table of commitments, and what was said. To read, to download, to reuse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from comptoir.commitments.enums import LABELS
from comptoir.commitments.models import Snapshot, SnapshotLine
from comptoir.commitments.public_table import lines_of, links_of
from comptoir.commitments.state import Label
from comptoir.commitments.views.shared import BADGES
from comptoir.kit.lists import Choice, Column, Listing
from comptoir.kit.templatetags.ui import badge
from comptoir.spaces.models import Space
from comptoir.voices import answers
from comptoir.voices.enums import AnswerKind, HeadingKind, Subject
from comptoir.voices.models import Answer
from comptoir.workshops.models import SynthesisLine
from comptoir.workshops.published import public_texts, published_lines

KINDS = [(kind.value, kind.label) for kind in HeadingKind if kind.counted]


@dataclass(frozen=True, slots=True)
class OpenCommitment:
    """A line of the table; `said`: the published lines that it answers."""

    line: SnapshotLine
    said: tuple[str, ...]

    @property
    def who(self) -> str:
        return self.line.commitment.signatory.organisation.name

    @property
    def due(self) -> object:
        if self.line.first_year:
            return f"chaque année jusqu'en {self.line.last_year}" if self.line.last_year else "chaque année"
        return self.line.due_on


def commitments_of(snapshot: Snapshot) -> Listing[OpenCommitment]:
    """The table as it was validated; its filters read what was frozen with it."""
    body, day = snapshot.meeting.body.name, snapshot.taken_on
    return Listing(
        name="engagements", title="Engagements", queryset=lines_of(snapshot), order="rang",
        unit=("engagement", "engagements"), rows=lambda found: _committed(snapshot, found),
        columns=(
            Column("rang", "Engagement", lambda r: r.line.wording.text, sort="position"),
            Column("qui", "Qui", lambda r: r.who, sort="commitment__signatory__organisation__search"),
            Column("echeance", "Échéance", lambda r: r.due, sort="due_on"),
            Column("etat", "État", lambda r: badge(LABELS[Label(r.line.label)], kind=BADGES[Label(r.line.label)]),
                   export=lambda r: LABELS[Label(r.line.label)]),
            Column("dit", "Ce qui avait été dit", lambda r: " · ".join(r.said)),
            Column("etape", "Prochaine étape", lambda r: r.line.next_step, only_export=True),
            Column("etape_le", "Étape pour le", lambda r: r.line.next_step_on, only_export=True),
            Column("quartiers", "Quartiers (codes)", lambda r: ", ".join(r.line.neighbourhoods), only_export=True),
            Column("code", "Code", lambda r: r.line.commitment.code, only_export=True),
            Column("arrete", "Arrêté au", lambda r: day, only_export=True),
            Column("par", "Par", lambda r: body, only_export=True),
        ),
        filters=(
            Choice("qui", "Qui", lambda base: _signatories(base), lookup="commitment__signatory__code"),
            Choice("etat", "État", [(label.value, LABELS[label]) for label in Label], lookup="label"),
            Choice("quartier", "Quartier", lambda base: _neighbourhoods(snapshot), narrowed=_in_neighbourhood),
        ),
    )  # fmt: skip


def _committed(snapshot: Snapshot, found: Sequence[SnapshotLine]) -> list[OpenCommitment]:
    links = links_of([line.commitment_id for line in found])
    roots = {root for ones in links.values() for root in ones}
    rows = list(published_lines(snapshot.space).filter(statement__root__in=roots).order_by("pk"))
    texts = public_texts(rows)
    by_root: Mapping[UUID, str] = {row.statement.root_id: texts[row.pk] for row in rows}
    return [
        OpenCommitment(
            line, tuple(by_root[root] for root in links.get(line.commitment_id, ()) if root in by_root)
        )
        for line in found
    ]  # fmt: skip


def _signatories(base: "QuerySet[SnapshotLine]") -> list[tuple[str, str]]:
    path = "commitment__signatory"
    rows = base.order_by(f"{path}__organisation__search", f"{path}__code")
    return list(rows.values_list(f"{path}__code", f"{path}__organisation__name").distinct())


def _neighbourhoods(snapshot: Snapshot) -> list[tuple[str, str]]:
    return list(snapshot.contract.neighbourhoods.order_by("search", "code").values_list("code", "name"))


def _in_neighbourhood(found: "QuerySet[SnapshotLine]", asked: str) -> "QuerySet[SnapshotLine]":
    """Codes are a list in a column: read here, so that both databases answer alike."""
    rows = found.order_by("pk").values_list("pk", "neighbourhoods")
    return found.filter(pk__in=[pk for pk, codes in rows if not codes or asked in codes])


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A published line, and its answer in force."""

    line: SynthesisLine
    text: str
    answer: Answer | None


def said_of(space: Space) -> Listing[OpenLine]:
    """What was said and published. It sorts and filters by what is shown only: words that are masked stay unfound."""
    return Listing(
        name="paroles", title="Ce qui a été dit", queryset=published_lines(space), order="-dit",
        unit=("ligne", "lignes"), rows=_lines,
        columns=(
            Column("ligne", "Ce qui a été dit", lambda r: r.text),
            Column("dit", "Dit (fois)", lambda r: r.line.occurrences, sort="occurrences", number=True),
            Column("comptoir", "Comptoir", lambda r: r.line.version.title),
            Column("jour", "Tenu le", lambda r: r.line.version.workshop.held_on, sort="version__workshop__held_on"),
            Column("colonne", "Colonne", lambda r: r.line.heading.label, only_export=True),
            Column("reponse", "Réponse", lambda r: r.answer.get_kind_display() if r.answer else "pas encore"),
            Column("pourquoi", "Pourquoi", lambda r: r.answer.reasons if r.answer else ""),
            Column("par", "Décidé par", lambda r: r.answer.decided_by if r.answer else "", only_export=True),
            Column("le", "Décidé le", lambda r: r.answer.decided_on if r.answer else None, only_export=True),
        ),
        filters=(
            Choice("colonne", "Colonne", KINDS, lookup="heading__kind"),
            Choice("theme", "On parle de", Subject.choices, lookup="heading__occasion__subject"),
            Choice("reponse", "Réponse", (*AnswerKind.choices, ("aucune", "Pas encore")), narrowed=_having),
        ),
    )  # fmt: skip


def _lines(found: Sequence[SynthesisLine]) -> list[OpenLine]:
    texts = public_texts(found)
    told = answers.by_root({row.statement.root_id for row in found})
    return [OpenLine(row, texts[row.pk], next(iter(told.get(row.statement.root_id, ())), None)) for row in found]


def _having(found: "QuerySet[SynthesisLine]", asked: str) -> "QuerySet[SynthesisLine]":
    if asked == "aucune":
        return found.filter(~answers.answered("statement__root"))
    return found.alias(in_force=answers.in_force("statement__root")).filter(in_force=asked)
