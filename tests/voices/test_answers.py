"""Answering what was said. Cites docs/concepts/page-publique.md: « Les réponses publiées »."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.voices import actions, answers
from comptoir.voices.actions.answers import MOST_LINES
from comptoir.voices.models import Answer, Statement

pytestmark = pytest.mark.django_db
JUNE, OCTOBER = date(2026, 6, 18), date(2026, 10, 8)


def answer(actor: Actor, *lines: Statement, kind: str = "adopted", publish: bool = True, **given: Any) -> list[Answer]:
    said: dict[str, Any] = {"reasons": "La salle ouvre le soir", "decided_by": "le comité", "decided_on": JUNE}
    written = actions.answer(actor=actor, lines=lines, kind=kind, **(said | given))
    if publish:
        actions.publish_answers(actor=actor, answers=written)
    return written


def told(line: Statement) -> list[str]:
    """The kinds of the answers that everybody reads of a line, the one in force first."""
    root = Statement.objects.get(pk=line.pk).root_id
    return [one.kind for one in answers.by_root({root}).get(root, [])]


def test_a_draft_is_not_an_answer_until_somebody_publishes_it(table: Any, lead: Actor) -> None:
    line = table.note("Ouvrir la salle le soir")
    (draft,) = answer(lead, line, publish=False)
    assert told(line) == []
    assert actions.publish_answers(actor=lead, answers=[draft]) == [draft]
    assert told(line) == ["adopted"]
    published_at = Answer.objects.get().published_at
    assert actions.publish_answers(actor=lead, answers=[draft]) == []  # a second click
    assert Answer.objects.get().published_at == published_at


def test_answering_again_keeps_what_was_answered_before(table: Any, lead: Actor) -> None:
    line = table.note("Ouvrir la salle le soir")
    answer(lead, line, kind="not_now")
    answer(lead, line, kind="adopted", decided_on=OCTOBER)
    assert told(line) == ["adopted", "not_now"]


def test_the_latest_decision_holds_whatever_the_order_in_which_they_were_typed(table: Any, lead: Actor) -> None:
    line = table.note("Ouvrir la salle le soir")
    answer(lead, line, kind="adopted", decided_on=OCTOBER)
    answer(lead, line, kind="no", decided_on=JUNE)
    assert told(line) == ["adopted", "no"]
    kinds = Statement.objects.annotate(kind=answers.in_force("root")).values_list("kind", flat=True).order_by("pk")
    assert list(kinds) == ["adopted"]


def test_an_answer_withdrawn_leaves_its_place_to_the_one_before(table: Any, lead: Actor) -> None:
    line = table.note("Ouvrir la salle le soir")
    answer(lead, line, kind="not_now")
    (second,) = answer(lead, line, kind="adopted", decided_on=OCTOBER)
    assert actions.withdraw_answer(actor=lead, answer=second)
    assert not actions.withdraw_answer(actor=lead, answer=second)
    assert told(line) == ["not_now"]
    assert Answer.objects.count() == 2


def test_an_answer_holds_for_all_that_is_gathered_before_or_after(table: Any, lead: Actor) -> None:
    first, second, third = (table.note(words) for words in ("La salle le soir", "Ouvrir le soir", "La salle fermée"))
    table.gather(first, second)
    second.refresh_from_db()
    (given,) = answer(lead, second)
    assert given.statement == first, "it is given to the line that stands for both"
    assert told(second) == ["adopted"]
    table.gather(third, first)
    assert [told(line) for line in (first, second, third)] == [["adopted"]] * 3
    actions.separate(actor=lead, line=Statement.objects.get(pk=second.pk))
    assert told(second) == []


def test_one_decision_answers_several_lines_at_once_each_line_once(table: Any, lead: Actor) -> None:
    one, two, under = (table.note(words) for words in ("Des bancs", "Un point d'eau", "Un banc à l'ombre"))
    table.gather(one, under)
    under.refresh_from_db()
    written = answer(lead, one, two, under, kind="no", reasons="Le terrain est loué")
    assert {given.statement for given in written} == {one, two}
    assert told(two) == ["no"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "perhaps"}, "kind"),
        ({"reasons": "  "}, "reasons"),
        ({"reasons": "x" * 3_001}, "reasons"),
        ({"decided_by": ""}, "decided_by"),
        ({"decided_by": "x" * 201}, "decided_by"),
        ({"decided_on": date(2999, 1, 1)}, "decided_on"),
    ],
    ids=["kind", "no reason", "endless reason", "nobody", "endless name", "a day to come"],
)
def test_what_cannot_be_an_answer_is_refused_beside_its_field(
    table: Any, lead: Actor, given: dict[str, Any], field: str
) -> None:
    line = table.note("Ouvrir la salle le soir")
    with pytest.raises(Invalid) as refused:
        answer(lead, line, **given)
    assert refused.value.field == field
    assert not Answer.objects.exists()


def test_a_decision_of_today_is_taken(table: Any, lead: Actor) -> None:
    assert answer(lead, table.note("Des bancs"), decided_on=timezone.localdate())
    with pytest.raises(Invalid):
        answer(lead, table.note("Un point d'eau"), decided_on=timezone.localdate() + timedelta(days=1))


def test_only_what_was_said_is_answered(table: Any, lead: Actor, stranger: Actor) -> None:
    line, name = table.note("Des bancs"), table.reported("Inès", 1, heading=table.who)
    with pytest.raises(Invalid, match="pas à un nom"):
        answer(lead, name)
    with pytest.raises(Invalid, match="au moins une ligne"):
        answer(lead)
    with pytest.raises(Invalid, match="au plus"):
        answer(lead, *[line] * (MOST_LINES + 1))
    with pytest.raises(Refused):
        answer(stranger, line)
    actions.withdraw(actor=lead, line=line)
    with pytest.raises(Conflict):
        answer(lead, line)
    assert not Answer.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_the_team_writes_the_project_lead_publishes_and_withdraws(
    table: Any, lead: Actor, member: Callable[[str], Actor], role: Role
) -> None:
    actor, line = member(role), table.note("Des bancs")
    (ours,) = answer(lead, line, publish=False)
    writes, publishes = role in {Role.PROJECT_LEAD, Role.FACILITATOR}, role == Role.PROJECT_LEAD
    for allowed, act in (
        (writes, lambda: answer(actor, line, publish=False)),
        (publishes, lambda: actions.publish_answers(actor=actor, answers=[ours])),
    ):
        if allowed:
            act()
        else:
            with pytest.raises(Refused):
                act()
    actions.publish_answers(actor=lead, answers=[ours])
    ours.refresh_from_db()
    assert set(answers.visible_to(actor)) == (set(Answer.objects.all()) if writes else {ours})
    if publishes:
        assert actions.withdraw_answer(actor=actor, answer=ours)
    else:
        with pytest.raises(Refused):
            actions.withdraw_answer(actor=actor, answer=ours)


def test_a_name_is_read_again_before_an_answer_goes_out(table: Any, lead: Actor) -> None:
    line = table.note("Des bancs")
    (draft,) = answer(lead, line, reasons="Appelez Mme Roudier au 06 12 34 56 78", publish=False)
    with pytest.raises(Invalid, match="désigner quelqu'un"):
        actions.publish_answers(actor=lead, answers=[draft])
    assert told(line) == []
    actions.publish_answers(actor=lead, answers=[draft], reread=True)
    assert told(line) == ["adopted"]


def test_an_answer_withdrawn_meanwhile_is_not_published(table: Any, lead: Actor, stranger: Actor) -> None:
    (draft,) = answer(lead, table.note("Des bancs"), publish=False)
    with pytest.raises(Conflict):
        actions.publish_answers(actor=stranger, answers=[draft])
    with pytest.raises(Refused):
        actions.withdraw_answer(actor=stranger, answer=draft)
    actions.withdraw_answer(actor=lead, answer=draft)
    with pytest.raises(Conflict):
        actions.publish_answers(actor=lead, answers=[draft])


def test_the_answers_of_many_lines_take_one_query(table: Any, lead: Actor, django_assert_num_queries: Any) -> None:
    lines = [table.note(f"Un banc de plus, le {n}e") for n in range(12)]
    answer(lead, *lines)
    with django_assert_num_queries(1):
        found = answers.by_root({line.pk for line in lines})
        assert all(one[0].statement.root_id in found for one in found.values())
    assert len(found) == 12
