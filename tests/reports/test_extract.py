"""The extract for an outside reviewer: without names, never below the threshold, in the journal."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.contracts.actions import open_contract
from comptoir.evaluation import actions
from comptoir.evaluation.counted import PROTECTS
from comptoir.evaluation.frozen import opened
from comptoir.evaluation.models import Restitution
from comptoir.reports.evaluation import ERASED
from comptoir.reports.extract import extract_of, tables_of

TODAY = date(2026, 11, 26)


@pytest.fixture
def state(lead: Actor) -> Restitution:
    contract = open_contract(actor=lead, name="Contrat de Val-Clair")
    made = actions.open_evaluation(actor=lead, contract=contract, name="Mi-parcours", ends_on=date(2027, 10, 15))
    question = actions.propose(
        actor=lead, evaluation=made, text="=Répond-on ?", college="residents", proposed_by="Josiane Perdrix"
    )
    actions.settle(actor=lead, question=question, status="kept")
    for figure, unit in ((61, "%"), (3, "habitants"), (2, "%"), (40, "ménages"), (0, "personnes")):
        actions.bring(actor=lead, question=question, kind="figure", text="réponses", figure=figure, unit=unit, on=TODAY)
    actions.bring(actor=lead, question=question, kind="note", text="Vu avec Karim Benali, 06 12 34 56 78", on=TODAY)
    actions.judge(
        actor=lead, question=question, college="residents", verdict="no", confidence="high", on=TODAY,
        reasons="Je l'ai dit à Josiane Perdrix", given_by="Josiane Perdrix",
    )  # fmt: skip
    actions.recommend(actor=lead, evaluation=made, text="Afficher", on=TODAY, question=question)
    return actions.freeze(actor=lead, evaluation=made, moment="midterm", on=TODAY)


def with_words(state: Restitution, said: int, text: str = "Un banc") -> dict[str, Any]:
    content: dict[str, Any] = deepcopy(state.content)
    piece = content["questions"][0]["evidence"][0] | {
        "figure": "", "occurrences": said, "workshop": "Les tours", "kind": "voice",
        "quote": {"statement": "x", "text": text, "salt": "y", "seal": "z"},
    }  # fmt: skip
    content["questions"][0]["evidence"].append(piece)
    return content


def test_it_holds_no_name_and_no_small_count(state: Restitution) -> None:
    made = extract_of(opened(with_words(state, 3)), threshold=5)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    everything = " ".join(parts.values())
    for word in ("Josiane", "Perdrix", "Benali", "06 12", "Les tours", str(state.pk), state.code):
        assert word not in everything
    whole = json.loads(parts["extrait.json"])
    assert [row["valeur"] for row in whole["chiffres"]] == ["61", "moins de 11", "2", "40", "0"]
    assert whole["paroles"] == [{"question": "Q1", "texte": "Un banc", "dite": "moins de 5 fois"}]
    assert whole["recommandations"][0] | {"texte": ""} == {
        "question": "Q1", "texte": "", "a_qui": "", "pour_le": "", "etat": "proposée",
    }  # fmt: skip
    assert whole["jugements"][0]["reponse"] == "non"


def test_a_figure_that_gives_back_a_small_one_is_silent_too(state: Restitution) -> None:
    """In a state frozen before figures were protected: 8 is hidden, and 20 or 28 with it."""
    content: dict[str, Any] = deepcopy(state.content)
    piece = content["questions"][0]["evidence"][0]
    content["questions"][0]["evidence"] = [
        piece | {"id": unit, "figure": figure, "unit": unit, "period": "2025"}
        for figure, unit in (("8", "femmes"), ("20", "hommes"), ("28", "jeunes"), ("64", "ménages"))
    ]
    for one in content["questions"][0]["evidence"]:
        del one["silent"]
    found = [row["valeur"] for row in tables_of(opened(content), threshold=11)["chiffres"]]
    assert found == ["moins de 11", PROTECTS, "28", "64"]


def test_the_tables_say_what_the_json_says_and_run_no_formula(state: Restitution) -> None:
    with zipfile.ZipFile(io.BytesIO(extract_of(opened(state.content), threshold=5))) as archive:
        text = archive.read("questions.csv").decode("utf-8-sig")
        names = set(archive.namelist())
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert rows[0]["texte"] == "'=Répond-on ?"
    assert names == {
        "questions.csv", "chiffres.csv", "observations.csv", "jugements.csv", "recommandations.csv", "extrait.json",
        "LISEZMOI.txt",
    }  # fmt: skip


def test_a_count_at_the_threshold_is_shown_and_erased_words_are_told(state: Restitution) -> None:
    assert tables_of(opened(with_words(state, 5)), threshold=5)["paroles"][0]["dite"] == "5"
    assert tables_of(opened(with_words(state, 9, "")), threshold=5)["paroles"][0]["texte"] == ERASED


def test_taking_it_away_is_a_post_and_is_in_the_journal(
    state: Restitution, member: Any, client_for: Callable[[Actor], Any]
) -> None:
    url = reverse("restitution_extract", args=(state.space.slug, state.code))
    evaluator = member(Role.EVALUATOR)
    assert client_for(evaluator).get(url).status_code == 405
    answer = client_for(evaluator).post(url)
    assert answer.content.startswith(b"PK")
    entry = Entry.objects.get(action="evaluation.take_extract")
    assert (entry.object_id, entry.actor_id) == (state.pk, evaluator.person_id)
    assert client_for(member(Role.REFERENT)).post(url).status_code == 403
