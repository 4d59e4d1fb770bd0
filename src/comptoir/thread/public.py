"""The words of lines as an actor may read them, computed by the database: raw words never leave it for the others.

The public copy of a line is that of the last published version that holds it, masked as its readers read it
(docs/concepts/public-copy.md).
"""

from typing import Any
from uuid import UUID

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, TextField, UUIDField, Value
from django.db.models.functions import Cast, Coalesce, NullIf

from comptoir.workshops.enums import VersionState
from comptoir.workshops.models import Mask, SynthesisLine, SynthesisWord

_NONE = Value(UUID(int=0), UUIDField())
_ORIGINAL = Coalesce("statement__verbatim__words", "statement__reported_wording")


def _masked(rewording: Any) -> Subquery:
    """The decision in force on the text of a row that has a `statement` and this rewording, where it masks."""
    last = (
        Mask.objects.filter(statement=OuterRef("statement"))
        .annotate(of=Coalesce("rewording_id", _NONE))
        .filter(of=rewording)
        .order_by("-at", "-pk")
    )
    return Subquery(last.values_list(NullIf("text", Value("", TextField())))[:1], output_field=TextField())


def _published(version: str) -> Q:
    return Q(**{f"{version}state": VersionState.PUBLISHED, f"{version}workshop__withdrawn_at": None})


def lines(statement: str = "pk") -> QuerySet[SynthesisLine]:
    """The public copies of a statement, the last published first; to be read by `first`."""
    of_line = SynthesisLine.objects.filter(_published("version__"), statement=OuterRef(statement))
    wording = Coalesce(
        _masked(Coalesce(OuterRef("rewording_id"), _NONE)), "rewording__text", _ORIGINAL
    )  # fmt: skip
    return of_line.annotate(read=wording).order_by("-version__published_at", "-pk")


def words(statement: str = "statement") -> QuerySet[SynthesisWord]:
    """The public copies of what stands under a line, the last published first; to be read by `first`."""
    under = SynthesisWord.objects.filter(_published("line__version__"), statement=OuterRef(statement))
    return under.annotate(read=Coalesce(_masked(_NONE), _ORIGINAL)).order_by("-line__version__published_at", "-pk")


def first(rows: QuerySet[Any], field: str) -> Subquery:
    """One field of the first of these copies."""
    return Subquery(rows.annotate(one=Cast(F(field), CharField())).values("one")[:1])
