"""What comptoirs show in their own slots: on a line, what was answered to those who said it."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from comptoir.accounts.models import Actor
from comptoir.kit.slots import Piece
from comptoir.voices import answers
from comptoir.voices.models import Statement
from comptoir.voices.rules import may_answer, may_publish_answers


def may_see(actor: Actor, line: Statement) -> bool:
    """Every member of the space sees what was answered; drafts are for the team (voices.answers.visible_to)."""
    return line.space_id == actor.space.pk


def answers_of_lines(actor: Actor, lines: Sequence[Statement]) -> Mapping[UUID, Iterable[Piece]]:
    """The answers of each line, the one in force first, and the way to write one."""
    found = answers.by_root({line.root_id for line in lines}, answers.visible_to(actor).filter(withdrawn_at=None))
    may = {"may_answer": may_answer(actor), "may_publish": may_publish_answers(actor)}
    return {
        line.pk: [Piece("workshops/parts/answers.html", may | {"answers": found.get(line.root_id, []), "line": line})]
        for line in lines
    }
