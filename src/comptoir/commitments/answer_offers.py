"""The start of an answer, drawn from a commitment: a person reads it, writes it again and publishes it."""

from collections.abc import Iterable
from urllib.parse import urlencode

from comptoir.accounts.models import Actor
from comptoir.commitments.models import Commitment
from comptoir.kit.dates import date_text
from comptoir.voices.enums import AnswerKind
from comptoir.voices.models import Statement
from comptoir.voices.rules import may_answer


def drafts_of(actor: Actor, line: Statement, commitments: Iterable[Commitment]) -> list[tuple[Commitment, str]]:
    """One proposal a commitment that a line led to, for those who write answers: none of them is an answer yet."""
    return [(one, query_of(line, one)) for one in commitments] if may_answer(actor) else []


def draft_of(commitment: Commitment) -> str:
    """« Devenue l'engagement « … » de …, pour le … »."""
    return f"Devenue l'engagement « {commitment.text} » de {commitment.signatory.organisation.name}{_when(commitment)}."


def _when(commitment: Commitment) -> str:
    if commitment.first_year:
        last = f" jusqu'en {commitment.last_year}" if commitment.last_year else ""
        return f", chaque année{last}"
    return f", pour le {date_text(commitment.due_on, 'j F Y')}" if commitment.due_on else ""


def query_of(line: Statement, commitment: Commitment) -> str:
    """The part of an address that opens the form of an answer with this start in it."""
    return urlencode({
        "ligne": line.code, "nature": AnswerKind.ADOPTED.value, "raisons": draft_of(commitment),
        "par": commitment.signatory.organisation.name,
    })  # fmt: skip
