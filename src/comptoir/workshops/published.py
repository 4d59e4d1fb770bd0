"""What a space has published: the last published version of each comptoir, read as its public copy."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from comptoir.spaces.models import Space
from comptoir.voices.enums import StatementState
from comptoir.workshops.models import Mask, SynthesisLine, SynthesisVersion, SynthesisWord
from comptoir.workshops.summaries import UNCOUNTED


def last_versions(space: Space) -> "QuerySet[SynthesisVersion]":
    """One version a comptoir: the last that was published."""
    newer = SynthesisVersion.objects.published().filter(workshop=OuterRef("workshop"), number__gt=OuterRef("number"))
    return SynthesisVersion.objects.published().filter(~Exists(newer), space=space, workshop__withdrawn_at=None)


def published_lines(space: Space) -> "QuerySet[SynthesisLine]":
    """The lines that everybody may read: said and counted, published, not withdrawn since. Names are not among them."""
    return (
        SynthesisLine.objects.filter(version__in=last_versions(space), statement__state=StatementState.LIVE)
        .exclude(heading__kind__in=UNCOUNTED)
        .select_related("statement__verbatim", "rewording", "heading__occasion", "version__workshop")
    )


def line_of_words(space: Space, statement_id: UUID, root_id: UUID) -> SynthesisLine | None:
    """The published line under which some words stood when it was published; else that which stands for them now."""
    under = SynthesisWord.objects.filter(statement=statement_id).values("line")
    found = (
        published_lines(space).filter(Q(pk__in=under) | Q(statement=root_id)).order_by("version__published_at", "pk")
    )
    rows = list(found)
    return next((row for row in rows if row.statement_id == root_id), rows[0] if rows else None)


def public_texts(lines: Iterable[SynthesisLine], masks: Iterable[Mask] | None = None) -> Mapping[UUID, str]:
    """How each line is read by those who do not hear raw notes, in one query: line identity -> text.

    `masks`: those of their words, the last decided last, where they were read already.
    """
    rows: Sequence[SynthesisLine] = list(lines)
    if masks is None:
        masks = Mask.objects.filter(statement__in=[row.statement_id for row in rows]).order_by("at", "pk")
    decided = {(mask.statement_id, mask.rewording_id): mask.text for mask in masks}
    return {row.pk: decided.get((row.statement_id, row.rewording_id)) or row.wording for row in rows}
