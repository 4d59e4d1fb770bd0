"""Whatever people do, in whatever order, nothing said is lost (docs/concepts/occurrences.md, guarantees 1 to 5)."""

from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from comptoir.accounts.actions import open_space
from comptoir.accounts.models import Person
from comptoir.kit.errors import ComptoirError
from comptoir.voices import actions
from comptoir.voices.models import Change, Statement, Verbatim, counts

PICK = st.integers(0, 1000)
FIELDS = ("pk", "root_id", "heading_id", "state", "rewording_id", "verbatim__tally")


class Board(RuleBasedStateMachine):
    """Expected counts are kept apart, in plain numbers, and compared with what the database says."""

    def __init__(self, open_table: Any) -> None:
        super().__init__()
        self.open_table = open_table
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.said: dict[Any, str] = {}
        self.number = 0

    @initialize()
    def a_board(self) -> None:
        person = Person.objects.create_user(email="machine@exemple.fr", name="Sacha")
        self.actor = open_space(slug="toute-suite", name="Toute suite", lead=person)
        self.table = self.open_table(self.actor)
        self.table.reported("Ce que disait la synthèse d'avant", 4)
        self.start = self.photograph()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def photograph(self) -> list[Any]:
        return list(Statement.objects.live().order_by("pk").values_list(*FIELDS))

    def pick(self, number: int) -> Statement:
        lines = list(Statement.objects.live().order_by("pk"))
        return lines[number % len(lines)]

    def attempt(self, operation: Any, **given: Any) -> None:
        with suppress(ComptoirError):  # refused: the invariants say that nothing was broken
            operation(actor=self.actor, **given)

    @rule(tally=st.integers(1, 5), column=st.booleans())
    def add(self, tally: int, column: bool) -> None:
        self.number += 1
        words = f"Parole numéro {self.number}"
        line = self.table.note(words, tally, self.table.essays if column else self.table.pitfalls)
        self.said[line.pk] = words

    @precondition(lambda self: Statement.objects.live().exists())
    @rule(line=PICK)
    def tally(self, line: int) -> None:
        self.attempt(actions.tally, line=self.pick(line))

    @precondition(lambda self: Statement.objects.live().exists())
    @rule(line=PICK, column=st.sampled_from(["essays", "pitfalls", "who"]))
    def move(self, line: int, column: str) -> None:
        self.attempt(actions.move, line=self.pick(line), heading=getattr(self.table, column))

    @precondition(lambda self: Statement.objects.live().count() > 1)
    @rule(kept=PICK, absorbed=PICK)
    def gather(self, kept: int, absorbed: int) -> None:
        self.attempt(actions.gather, kept=self.pick(kept), absorbed=self.pick(absorbed))

    @precondition(lambda self: Statement.objects.live().exclude(root_id=F("id")).exists())
    @rule(line=PICK, title=st.booleans())
    def separate(self, line: int, title: bool) -> None:
        gathered = list(Statement.objects.live().exclude(root_id=F("id")).select_related("root").order_by("pk"))
        found = gathered[line % len(gathered)]
        self.attempt(actions.separate, line=found.root if title else found)

    @precondition(lambda self: Statement.objects.live().exists())
    @rule(line=PICK, text=st.sampled_from(["", "Reformulée ainsi", "Ou autrement"]))
    def reword(self, line: int, text: str) -> None:
        self.attempt(actions.reword, line=self.pick(line), text=text)

    @precondition(lambda self: Statement.objects.live().exists())
    @rule(line=PICK)
    def withdraw(self, line: int) -> None:
        self.attempt(actions.withdraw, line=self.pick(line))

    @precondition(lambda self: Change.objects.exists())
    @rule(change=PICK)
    def undo(self, change: int) -> None:
        changes = list(Change.objects.order_by("pk"))
        self.attempt(actions.undo, change=changes[change % len(changes)])

    @invariant()
    def words_never_change(self) -> None:
        if self.said:
            assert dict(Verbatim.objects.values_list("statement_id", "words")) == self.said

    @invariant()
    def every_live_line_stands_under_a_live_line_of_its_column_that_stands_for_itself(self) -> None:
        for line in Statement.objects.live().select_related("root"):
            assert (line.root.root_id, line.root.state, line.root.heading_id) == (line.root_id, "live", line.heading_id)

    @invariant()
    def counts_are_sums(self) -> None:
        live = Statement.objects.live().with_words()
        expected = sum((s.own_words.tally if s.own_words else 0) + (s.reported_occurrences or 0) for s in live)
        found = counts(Statement.objects.roots().values("pk"))
        assert sum(occurrences for occurrences, _ in found.values()) == expected
        assert sum(lines for _, lines in found.values()) == len(live)


class BoardTakenBack(Board):
    """Undoing everything, the latest first, always works and gives back the board of the beginning."""

    def teardown(self) -> None:
        try:
            if hasattr(self, "start"):
                for change in Change.objects.filter(undone_at=None).order_by("-pk"):
                    actions.undo(actor=self.actor, change=change)
                assert self.photograph() == self.start
        finally:  # whatever was found, the next example begins on an empty board
            super().teardown()


@pytest.mark.django_db
def test_any_sequence_keeps_every_word_and_count_and_can_be_taken_back(another_table: Any) -> None:
    run_state_machine_as_test(
        lambda: BoardTakenBack(another_table),
        settings=settings(
            max_examples=15,
            stateful_step_count=24,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
