"""Objectives: a tree, and wordings that are never lost."""

from collections.abc import Callable
from datetime import date

import pytest

from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.contracts import actions
from comptoir.contracts.models import CityContract, Objective, Signatory
from comptoir.contracts.overview import objectives_of, tree
from comptoir.kit.errors import Conflict, Invalid, Refused

DAY = date(2026, 10, 1)


@pytest.fixture
def objective(lead: Actor, contract: CityContract) -> Objective:
    return actions.add_objective(actor=lead, contract=contract, text="Mieux se soigner", theme="2.1")


def test_levels_hang_on_each_other(lead: Actor, contract: CityContract, objective: Objective) -> None:
    strategic = actions.add_objective(actor=lead, contract=contract, text="Moins renoncer", parent=objective)
    operational = actions.add_objective(actor=lead, contract=contract, text="Une permanence", parent=strategic)
    assert [one.level for one in (objective, strategic, operational)] == ["orientation", "strategic", "operational"]
    with pytest.raises(Invalid, match="Rien ne se range"):
        actions.add_objective(actor=lead, contract=contract, text="Encore", parent=operational)
    with pytest.raises(Conflict, match="rangés dessous"):
        actions.withdraw_objective(actor=lead, objective=objective)
    actions.withdraw_objective(actor=lead, objective=operational)
    (node,) = tree(objectives_of(contract))
    assert [child.objective for child in node.children] == [strategic]
    assert node.children[0].children == []


def test_order_is_kept_and_changed_by_one_rank(lead: Actor, contract: CityContract) -> None:
    rows = [actions.add_objective(actor=lead, contract=contract, text=text) for text in "ABC"]
    actions.move_objective(actor=lead, objective=rows[2], up=True)
    actions.move_objective(actor=lead, objective=rows[0], up=True)
    assert [node.objective.text for node in tree(objectives_of(contract))] == ["A", "C", "B"]
    actions.move_objective(actor=lead, objective=rows[0], up=False)
    assert [node.objective.text for node in tree(objectives_of(contract))] == ["C", "A", "B"]


def test_each_wording_stays_and_only_the_lead_puts_one_in_force(
    lead: Actor, objective: Objective, landlord: Signatory, referent_of: Callable[[Signatory], Actor]
) -> None:
    referent = referent_of(landlord)
    second = actions.write_wording(actor=referent, objective=objective, text="Que chacun se soigne", based_on=1)
    objective.refresh_from_db()
    assert objective.text == "Mieux se soigner"
    assert (second.number, second.author_id) == (2, referent.person_id)
    assert second.author_organisation == "L'Habitat d'Autan"
    with pytest.raises(Refused, match="conduit le projet"):
        actions.adopt_wording(actor=referent, wording=second)
    with pytest.raises(Refused, match="conduit le projet"):
        actions.write_wording(actor=referent, objective=objective, text="Autre", adopt=True)
    actions.adopt_wording(actor=lead, wording=second)
    objective.refresh_from_db()
    assert objective.text == "Que chacun se soigne"
    assert [one.text for one in objective.wordings.order_by("number")] == ["Mieux se soigner", "Que chacun se soigne"]


def test_nobody_answers_a_wording_unread(lead: Actor, facilitator: Actor, objective: Objective) -> None:
    actions.write_wording(actor=facilitator, objective=objective, text="Que chacun se soigne", based_on=1)
    with pytest.raises(Conflict, match="entre-temps"):
        actions.write_wording(actor=lead, objective=objective, text="Se soigner ici", based_on=1)
    with pytest.raises(Invalid, match="mot pour mot"):
        actions.write_wording(actor=lead, objective=objective, text=" Que chacun se soigne ", based_on=2)


def test_an_opinion_is_on_one_wording_dated_and_may_change(
    lead: Actor, objective: Objective, landlord: Signatory, referent_of: Callable[[Signatory], Actor],
    sign: Callable[..., Signatory],
) -> None:  # fmt: skip
    referent, wording = referent_of(landlord), objective.wordings.get()
    give = {"wording": wording, "signatory": landlord, "given_on": DAY}
    actions.give_opinion(actor=referent, stance="asks_change", **give)
    opinion = actions.give_opinion(actor=referent, stance="approves", **give)
    assert list(wording.opinions.all()) == [opinion]
    second = actions.write_wording(actor=lead, objective=objective, text="Autre")
    assert not second.opinions.exists()
    town = sign("Ville de Val-Clair", "town")
    with pytest.raises(Refused, match="votre organisme"):
        actions.give_opinion(actor=referent, wording=wording, signatory=town, stance="approves", given_on=DAY)
    with pytest.raises(Invalid, match="d'accord"):
        actions.give_opinion(actor=referent, stance="peut-être", **give)


def test_a_remark_sent_twice_is_kept_once(lead: Actor, reader: Actor, objective: Objective) -> None:
    wording = objective.wordings.get()
    for _ in range(2):
        actions.comment(actor=lead, wording=wording, text="Et les jeunes ?")
    assert wording.comments.count() == 1
    with pytest.raises(Refused, match="commenter"):
        actions.comment(actor=reader, wording=wording, text="Non")


def test_the_journal_holds_no_word_and_no_contact(lead: Actor, objective: Objective, landlord: Signatory) -> None:
    actions.add_contact(actor=lead, signatory=landlord, name="Salma Roucairol", email="salma@habitat.example")
    actions.comment(actor=lead, wording=objective.wordings.get(), text="Une remarque à taire")
    written = " ".join(f"{entry.label} {entry.details}" for entry in Entry.objects.all())
    assert "Objectif ajouté" in written
    assert not any(word in written for word in ("soigner", "Salma", "habitat.example", "à taire"))
