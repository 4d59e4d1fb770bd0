"""What is told of votes, and of figures in proofs: docs/concepts/evaluation.md (« Petits nombres »)."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Person
from comptoir.analysis.documents import Look, write
from comptoir.commitments import actions as commitments
from comptoir.disclosure.actions import set_threshold
from comptoir.evaluation import actions
from comptoir.evaluation.frozen_reading import content_in
from comptoir.evaluation.models import EvaluativeQuestion, QuestionVoice
from comptoir.evaluation.reading import Row, board_of
from comptoir.reports.evaluation import evaluation_document
from comptoir.reports.extract import tables_of

pytestmark = pytest.mark.django_db
Study = Any  # of conftest.py
TODAY = date(2026, 11, 26)
PROVED = Decimal(7319)


@pytest.fixture
def asked(study: Study) -> tuple[EvaluativeQuestion, EvaluativeQuestion]:
    """Two questions; 12 residents raised their hand for the first."""
    first, second = study.ask("Une ?"), study.ask("Deux ?")
    actions.count_hands(actor=study.lead, question=first, college="residents", number=12, on=TODAY)
    return first, second


def rows(study: Study) -> dict[str, Row]:
    return {row.question.text: row for row in board_of(study.lead, study.evaluation, TODAY).rows}


def page(study: Study, reader: Actor, client_for: Callable[[Actor], Any]) -> str:
    url = reverse("questions", args=(study.lead.space.slug, study.evaluation.code))
    return " ".join(client_for(reader).get(url).content.decode().split())


def test_hands_alone_are_told_with_their_shares(study: Study, asked: Any) -> None:
    assert (rows(study)["Une ?"].percent, rows(study)["Une ?"].colleges) == (100, [("habitants", 12, 100)])
    assert rows(study)["Deux ?"].colleges == []


def test_the_choice_of_the_only_official_is_told_to_nobody(
    study: Study, asked: Any, client_for: Callable[[Actor], Any]
) -> None:
    official = study.who(Role.ELECTED_OFFICIAL)
    before = page(study, study.lead, client_for)
    assert "part 100 %" in before
    actions.choose(actor=official, question=asked[1], on=True)
    found = rows(study)
    assert {text: (row.percent, row.colleges) for text, row in found.items()} == {
        "Une ?": (None, [("habitants", 12, 100)]), "Deux ?": (None, []),
    }  # fmt: skip
    for reader in (study.lead, study.who(Role.READER)):
        text = page(study, reader, client_for)
        assert "élus 1" not in text
        assert "part " not in text
        assert "ne sont pas montrées, ni les parts qui les rendraient : élus. Moins de 11 personnes" in text
    assert "Choisie" in page(study, official, client_for), "one's own choice is one's own"


def test_of_a_masked_college_hands_are_told_without_a_share(study: Study, asked: Any) -> None:
    actions.choose(actor=study.who(Role.COUNCIL_MEMBER), question=asked[1], on=True)
    found = rows(study)
    assert (found["Une ?"].colleges, found["Deux ?"].colleges) == ([("habitants", 12, None)], [])


def test_from_the_threshold_a_college_is_told(study: Study, asked: Any) -> None:
    set_threshold(actor=study.lead, threshold=3)
    for number in range(3):
        person = Person.objects.create(email=f"elu{number}@exemple.fr", name=f"Élu {number}")
        QuestionVoice.objects.create(question=asked[1], person=person, college="officials")
        told = rows(study)["Deux ?"]
        assert (told.percent, told.colleges) == ((50, [("élus", 3, 100)]) if number == 2 else (None, []))


def test_a_masked_college_counts_in_the_order(study: Study, asked: Any) -> None:
    for role in (Role.ELECTED_OFFICIAL, Role.REFERENT, Role.EVALUATOR):
        actions.choose(actor=study.who(role), question=asked[1], on=True)
    assert list(rows(study)) == ["Deux ?", "Une ?"]


def test_nothing_that_is_given_back_tells_the_votes(study: Study, asked: Any) -> None:
    actions.settle(actor=study.lead, question=asked[1], status="kept")
    without = actions.freeze(actor=study.lead, evaluation=study.evaluation, moment="midterm", on=TODAY)
    actions.choose(actor=study.who(Role.ELECTED_OFFICIAL), question=asked[1], on=True)
    actions.count_hands(actor=study.lead, question=asked[1], college="officials", number=2, on=TODAY)
    assert (
        actions.freeze(actor=study.lead, evaluation=study.evaluation, moment="midterm", on=TODAY).seal == without.seal
    )


def test_the_figure_of_a_proof_stays_on_the_page_of_its_commitment(
    study: Study, asked: Any, client_for: Callable[[Actor], Any]
) -> None:
    made = commitments.write(actor=study.lead, signatory=study.landlord, wording="Rouvrir le local")
    commitments.give_evidence(
        actor=study.lead, commitment=made, kind="figure", label="venus au local", figure=PROVED, unit="locataires",
        given_on=TODAY,
    )  # fmt: skip
    actions.bring(actor=study.lead, question=asked[0], kind="commitment", commitment=made, on=TODAY)
    actions.settle(actor=study.lead, question=asked[0], status="kept")
    state = actions.freeze(actor=study.lead, evaluation=study.evaluation, moment="midterm", on=TODAY)
    slug, browser = study.lead.space.slug, client_for(study.who(Role.READER))
    content = content_in(state)
    told = [
        browser.get(reverse("question", args=(slug, study.evaluation.code, asked[0].code))).content.decode(),
        browser.get(reverse("restitution", args=(slug, study.evaluation.code, state.number))).content.decode(),
        write(evaluation_document(content, slug=slug, look=Look()), "md").decode(),
        json.dumps(tables_of(content, threshold=11)),
    ]
    for text in told:
        assert "Rouvrir le local" in text
        assert "7319" not in text.replace("\u202f", "").replace("\xa0", "")
        assert "venus au local" not in text
