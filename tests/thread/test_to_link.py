"""What is still to be linked, the suggestions that link it, what is remembered of them (docs/concepts/thread.md)."""

from typing import Any

import pytest

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.commitments import actions as commitments
from comptoir.contracts.actions import add_objective
from comptoir.kit.errors import Conflict, Refused
from comptoir.thread import actions, linking, suggestions
from comptoir.thread.models import Citation, Unrelated
from comptoir.thread.suggestions import commitments_for, lines_for, lines_to_cite
from comptoir.voices import actions as voices

LOCAL = "Rouvrir le local de la tour"


@pytest.fixture(autouse=True)
def nothing_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "_read", suggestions.OrderedDict())


def suggested(found: list[Any]) -> list[str]:
    return [one.line.wording if hasattr(one, "line") else one.commitment.text for one in found]


def test_commitments_behind_which_nobody_speaks(woven: Any) -> None:
    space, alone = woven.lead.space, woven.commit(LOCAL)
    assert list(linking.commitments_without_origin(space)) == [alone]
    commitments.unlink(actor=woven.lead, commitment=woven.commitment, statement=woven.bench)
    assert list(linking.commitments_without_origin(space)) == [alone], "the secret line and the promise are behind it"
    woven.link(alone, woven.bench)
    assert list(linking.commitments_without_origin(space)) == []


def test_lines_that_lead_nowhere_the_most_said_first(woven: Any) -> None:
    space = woven.lead.space
    assert list(linking.lines_without_commitment(space)) == [], "the masked line is cited by a carried objective"
    few, many = woven.note("Des jeux"), woven.note("Des arbres", 4)
    found = linking.lines_without_commitment(space).order_by("-said")
    assert [(line, vars(line)["said"]) for line in found] == [(many, 4), (few, 1)]
    voices.gather(actor=woven.lead, kept=few, absorbed=many)
    assert [vars(line)["said"] for line in linking.lines_without_commitment(space)] == [5]


def test_objectives_that_nobody_carries(woven: Any) -> None:
    space = woven.lead.space
    assert list(linking.objectives_without_commitment(space)) == []
    below = add_objective(actor=woven.lead, contract=woven.contract, text="Planter", parent=woven.objective)
    assert list(linking.objectives_without_commitment(space)) == [below]
    deeper = add_objective(actor=woven.lead, contract=woven.contract, text="Planter ici", parent=below)
    assert list(linking.objectives_without_commitment(space)) == [deeper], "of a branch, the leaf is to be carried"


def test_a_commitment_is_offered_the_lines_that_resemble_it_with_a_reason(woven: Any) -> None:
    line, _ = woven.note("Rouvrir le local", 3), woven.note("Des arbres partout")
    one, *_ = lines_for(woven.lead, woven.commit(LOCAL))
    assert (one.line, one.said) == (line, 3)
    assert one.reason == "Même sujet : salle et lieu de rencontre"


def test_its_objective_speaks_for_a_commitment_too(woven: Any) -> None:
    line = woven.note("S'asseoir dehors avec les voisins")
    assert suggested(lines_for(woven.lead, woven.commit("Poser dix bancs", woven.objective)))[0] == line.wording


def test_what_is_linked_or_refused_is_not_offered(woven: Any) -> None:
    line, again = woven.note("Rouvrir le local"), woven.note("Rouvrir le local de la tour 4")
    commitment = woven.commit(LOCAL)
    assert set(suggested(lines_for(woven.lead, commitment))) == {line.wording, again.wording}
    woven.link(commitment, line)
    actions.refuse(actor=woven.lead, commitment=commitment, statement=again)
    assert lines_for(woven.lead, commitment) == []
    assert commitments_for(woven.lead, again) == []
    actions.reconsider(actor=woven.lead, commitment=commitment, statement=again)
    assert suggested(lines_for(woven.lead, commitment)) == [again.wording]
    assert suggested(commitments_for(woven.lead, again)) == [LOCAL]


def test_a_refusal_holds_for_the_line_under_which_it_comes_to_stand(woven: Any) -> None:
    line, kept = woven.note("Rouvrir le local"), woven.note("Rouvrir le local de la tour 4")
    commitment = woven.commit(LOCAL)
    actions.refuse(actor=woven.lead, commitment=commitment, statement=line)
    voices.gather(actor=woven.lead, kept=kept, absorbed=line)
    assert lines_for(woven.lead, commitment) == []


def test_lines_written_since_are_offered_too(woven: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    commitment = woven.commit(LOCAL)
    assert suggested(lines_for(woven.lead, commitment)) == []
    (known,) = suggestions._read.values()
    line = woven.note("Rouvrir le local")
    assert suggested(lines_for(woven.lead, commitment)) == [line.wording]
    assert list(suggestions._read.values()) == [known], "read once, and what is new is compared beside it"
    monkeypatch.setattr(suggestions, "LATER", 0)
    assert suggested(lines_for(woven.lead, commitment)) == [line.wording]
    assert list(suggestions._read.values()) != [known]


def test_withdrawn_lines_are_offered_no_more(woven: Any) -> None:
    line, commitment = woven.note("Rouvrir le local"), woven.commit(LOCAL)
    assert lines_for(woven.lead, commitment)
    voices.withdraw(actor=woven.lead, line=line)
    assert lines_for(woven.lead, commitment) == []


def test_nothing_of_another_space_is_offered(woven: Any, stranger: Actor) -> None:
    woven.note("Rouvrir le local")
    assert lines_for(stranger, woven.commit(LOCAL)) == []
    assert commitments_for(stranger, woven.bench) == []


def test_an_objective_is_offered_lines_to_cite(woven: Any) -> None:
    line = woven.note("S'asseoir dehors avec les voisins")
    assert suggested(lines_to_cite(woven.lead, woven.objective))[0] == line.wording
    actions.cite(actor=woven.lead, objective=woven.objective, statement=line)
    assert line.wording not in suggested(lines_to_cite(woven.lead, woven.objective))


def test_citing_twice_changes_nothing_and_taking_it_off_keeps_the_row(woven: Any) -> None:
    first = actions.cite(actor=woven.lead, objective=woven.objective, statement=woven.bench)
    assert actions.cite(actor=woven.lead, objective=woven.objective, statement=woven.bench) == first
    assert Entry.objects.filter(action="thread.cite", object_id=woven.objective.pk).count() == 2  # masked, bench
    assert actions.uncite(actor=woven.lead, objective=woven.objective, statement=woven.bench)
    assert not actions.uncite(actor=woven.lead, objective=woven.objective, statement=woven.bench)
    row = Citation.objects.get(pk=first.pk)
    assert row.withdrawn_at is not None
    assert row.wording == woven.objective.wording


def test_refusing_twice_changes_nothing(woven: Any) -> None:
    for _ in range(2):
        actions.refuse(actor=woven.lead, commitment=woven.commitment, statement=woven.masked)
    assert Unrelated.objects.count() == 1
    assert Entry.objects.filter(action="thread.refuse").count() == 1
    assert actions.reconsider(actor=woven.lead, commitment=woven.commitment, statement=woven.masked)
    assert not actions.reconsider(actor=woven.lead, commitment=woven.commitment, statement=woven.masked)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PROJECT_LEAD])
def test_the_project_lead_cites_and_the_team_refuses(woven: Any, member: Any, role: Role) -> None:
    actor = member(role)
    for act in (actions.cite, actions.uncite):
        with pytest.raises(Refused, match="conduite"):
            act(actor=actor, objective=woven.objective, statement=woven.bench)
    for act in (actions.refuse, actions.reconsider):
        if role == Role.FACILITATOR:
            act(actor=actor, commitment=woven.commitment, statement=woven.bench)
        else:
            with pytest.raises(Refused, match="équipe"):
                act(actor=actor, commitment=woven.commitment, statement=woven.bench)


def test_nobody_links_across_spaces_or_to_what_was_withdrawn(woven: Any, stranger: Actor) -> None:
    with pytest.raises(Refused, match="espace"):
        actions.cite(actor=stranger, objective=woven.objective, statement=woven.bench)
    with pytest.raises(Refused, match="espace"):
        actions.refuse(actor=stranger, commitment=woven.commitment, statement=woven.bench)
    woven.objective.withdrawn_at = woven.workshop.created_at
    with pytest.raises(Conflict, match="retiré"):
        actions.cite(actor=woven.lead, objective=woven.objective, statement=woven.bench)


def test_each_action_writes_one_line_of_identities_and_no_word_said(woven: Any) -> None:
    before = set(Entry.objects.values_list("pk", flat=True).order_by("pk"))
    actions.cite(actor=woven.lead, objective=woven.objective, statement=woven.secret)
    actions.uncite(actor=woven.lead, objective=woven.objective, statement=woven.secret)
    actions.refuse(actor=woven.lead, commitment=woven.commitment, statement=woven.masked)
    actions.reconsider(actor=woven.lead, commitment=woven.commitment, statement=woven.masked)
    written = list(Entry.objects.exclude(pk__in=before).order_by("pk"))
    assert [one.action for one in written] == ["thread.cite", "thread.uncite", "thread.refuse", "thread.reconsider"]
    things = [(one.object_id, one.within_id, one.details["statement"]) for one in written]
    assert (
        things
        == [(woven.objective.pk, woven.contract.pk, str(woven.secret.pk))] * 2
        + [(woven.commitment.pk, woven.contract.pk, str(woven.masked.pk))] * 2
    )
