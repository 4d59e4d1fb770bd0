"""A board of one occasion: two columns of what was said, and one of names."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from comptoir.accounts.models import Actor
from comptoir.voices import actions
from comptoir.voices.enums import HeadingKind, SpeakerKind, Subject
from comptoir.voices.models import Heading, Occasion, Statement, counts


@dataclass
class Table:
    """What a test needs of a board, in few words."""

    actor: Actor
    occasion: Occasion
    essays: Heading
    pitfalls: Heading
    who: Heading

    def note(self, words: str, tally: int = 1, heading: Heading | None = None) -> Statement:
        return actions.add_note(actor=self.actor, heading=heading or self.essays, words=words, tally=tally)

    def reported(self, wording: str, occurrences: int, heading: Heading | None = None) -> Statement:
        """A line as an imported synthesis leaves it: a wording and a count, no words."""
        line = Statement(
            space=self.actor.space, heading=heading or self.essays, reported_wording=wording,
            reported_occurrences=occurrences, position=1,
        )  # fmt: skip
        line.root = line
        line.save(force_insert=True)
        return line

    def gather(self, kept: Statement, absorbed: Statement) -> Any:
        return actions.gather(actor=self.actor, kept=kept, absorbed=absorbed)

    def counts(self) -> dict[str, tuple[int, int]]:
        """wording of the root -> (occurrences, lines), for every line of the occasion."""
        roots = Statement.objects.roots().filter(heading__occasion=self.occasion).with_words()
        found = counts(roots.values("pk"))
        return {root.wording: found[root.pk] for root in roots.in_reading_order()}


def open_table(actor: Actor, title: str = "Comptoir des habitants") -> Table:
    occasion = Occasion.objects.create(
        space=actor.space, title=title, speaker_kind=SpeakerKind.PROFESSIONALS, subject=Subject.RESIDENTS
    )
    kinds = (HeadingKind.TRY, HeadingKind.PITFALL, HeadingKind.WHO)
    headings = [
        Heading.objects.create(occasion=occasion, kind=kind, label=str(kind.label), position=i)
        for i, kind in enumerate(kinds)
    ]
    return Table(actor, occasion, *headings)


@pytest.fixture
def table(lead: Actor) -> Table:
    return open_table(lead)


@pytest.fixture
def another_table() -> Callable[[Actor], Table]:
    return open_table
