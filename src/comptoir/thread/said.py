"""Things that were said (words, lines), and the rule by which each is read: raw, or by its public copy."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from comptoir.accounts.models import Actor
from comptoir.kit.french import times
from comptoir.thread import public
from comptoir.thread.kinds import Column, Piece, Row, ThingKind
from comptoir.voices.enums import SpeakerKind, StatementState
from comptoir.voices.models import Statement, Verbatim
from comptoir.voices.rules import may_hear_raw
from comptoir.workshops.sheets import SAID

UNPUBLISHED = "Un comptoir qui n'est pas encore publié"
_WORKSHOP = "heading__occasion__comptoir__workshop__code"
Columns = Mapping[str, Any]
OCCURRENCES = Subquery(
    Statement.objects.live().filter(root=OuterRef("pk")).order_by().values("root").annotate(n=Sum(SAID)).values("n")
)
"""How many times a line was said: what stands under it, computed with its row."""


def line_url(actor: Actor, row: Row) -> str:
    """The line as it is now for those who hear raw notes; in the published synthesis for the others."""
    if not row.within:
        return ""
    if may_hear_raw(actor):
        return reverse("line", args=(actor.space.slug, row.within, row.code))
    return reverse("version_line", args=(actor.space.slug, row.within, row.number, row.code))


def _copied(statement: str) -> Columns:
    """What the public copies say of what stands under a line."""
    copies = public.words(statement)
    return {
        "text": public.first(copies, "read"), "code": public.first(copies, "line__statement__code"),
        "within": public.first(copies, "line__version__workshop__code"),
        "number": public.first(copies, "line__version__number"),
    }  # fmt: skip


def _word_columns(actor: Actor) -> Columns:
    if not may_hear_raw(actor):
        return {**_copied("statement"), "said": F("tally")}
    return {
        "text": F("words"), "said": F("tally"), "code": F("statement__root__code"),
        "within": F(f"statement__{_WORKSHOP}"), "more": F("speaker_kind"),
    }  # fmt: skip


def _word(actor: Actor, row: Row) -> Piece:
    """Who speaks is said to those who hear raw notes: in a small group it may point at someone."""
    known = may_hear_raw(actor) and row.more and row.more != SpeakerKind.UNKNOWN
    who = f" par {SpeakerKind(row.more).label}" if known else ""
    quoted = row.text if row.text.startswith("«") else f"« {row.text} »"
    text = quoted if row.text else UNPUBLISHED
    return Piece(row.kind, str(row.pk), text, f"parole, {times(row.said)}{who}", line_url(actor, row))


def _under_columns(actor: Actor) -> Columns:
    if not may_hear_raw(actor):
        return {**_copied("pk"), "said": F("reported_occurrences")}
    return {
        "text": F("reported_wording"), "said": F("reported_occurrences"), "code": F("root__code"),
        "within": F(_WORKSHOP),
    }  # fmt: skip


def _under(actor: Actor, row: Row) -> Piece:
    label = f"ligne rapprochée, {times(row.said)}, paroles d'origine non fournies"
    return Piece(row.kind, str(row.pk), row.text or UNPUBLISHED, label, line_url(actor, row))


def _line_columns(actor: Actor) -> Columns:
    if may_hear_raw(actor):
        text = Coalesce("rewording__text", "verbatim__words", "reported_wording")
        return {"text": text, "said": OCCURRENCES, "code": F("code"), "within": F(_WORKSHOP)}
    copies = public.lines()
    return {
        "text": public.first(copies, "read"), "said": OCCURRENCES, "code": F("code"),
        "within": public.first(copies, "version__workshop__code"), "number": public.first(copies, "version__number"),
    }  # fmt: skip


def _line(actor: Actor, row: Row) -> Piece:
    text = row.text or UNPUBLISHED
    return Piece(row.kind, str(row.pk), text, f"ligne de synthèse, {times(row.said)}", line_url(actor, row))


WORD = ThingKind(
    "parole", "parole", "paroles", Column.SAID, columns=_word_columns, shown=_word, origin=True, hidden=UNPUBLISHED,
    rows_of=lambda space: Verbatim.objects.filter(space=space, statement__state=StatementState.LIVE),
    found_by="statement__code",
)  # fmt: skip
UNDER = ThingKind(
    "rapprochee", "ligne rapprochée", "lignes rapprochées", Column.SAID, columns=_under_columns, shown=_under,
    rows_of=lambda space: Statement.objects.live().filter(space=space, verbatim=None).exclude(root=F("pk")),
    origin=True, hidden=UNPUBLISHED,
)  # fmt: skip
LINE = ThingKind(
    "ligne", "ligne", "lignes", Column.LINE, columns=_line_columns, shown=_line, origin=True, hidden=UNPUBLISHED,
    rows_of=lambda space: Statement.objects.roots().filter(space=space),
)  # fmt: skip
