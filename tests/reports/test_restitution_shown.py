"""The slides and the poster of a frozen state: made of the state, for every member, without what was erased."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from comptoir.accounts.models import Actor
from comptoir.analysis.documents import Look, Words
from comptoir.contracts.actions import open_contract
from comptoir.evaluation import actions
from comptoir.evaluation.frozen import opened
from comptoir.evaluation.models import Restitution
from comptoir.reports.deck import NO_ANSWER, deck_of

TODAY = date(2026, 11, 26)


@pytest.fixture
def state(lead: Actor) -> Restitution:
    contract = open_contract(actor=lead, name="Contrat de Val-Clair")
    made = actions.open_evaluation(actor=lead, contract=contract, name="Mi-parcours", ends_on=date(2027, 10, 15))
    actions.write(actor=lead, evaluation=made, point="why", text="Décider de la suite")
    for text in ("Répond-on ?", "Pour qui ?"):
        question = actions.propose(actor=lead, evaluation=made, text=text, college="residents", proposed_by="Un groupe")
        actions.settle(actor=lead, question=question, status="kept")
    first = made.questions.order_by("pk")[0]
    actions.write_answer(actor=lead, question=first, text="Six fois sur dix.")
    actions.bring(
        actor=lead, question=first, kind="figure", text="réponses", figure=61, unit="%", whence="état annuel", on=TODAY
    )
    for college, verdict in (("residents", "no"), ("signatories", "yes")):
        actions.judge(
            actor=lead, question=first, college=college, verdict=verdict, reasons=f"Raisons des {college}",
            confidence="high", given_by="Le groupe", on=TODAY,
        )  # fmt: skip
    for number in range(5):
        actions.recommend(actor=lead, evaluation=made, text=f"Conseil {number}", on=TODAY, due_on=date(2027, 1, 1))
    return actions.freeze(actor=lead, evaluation=made, moment="midterm", on=TODAY)


def test_one_slide_a_question_and_the_recommendations(state: Restitution) -> None:
    deck = deck_of(opened(state.content), look=Look(), state=state.name, seal=state.seal)
    assert [slide.title for slide in deck.slides] == [
        "À quoi sert cette évaluation", "1. Répond-on ?", "2. Pour qui ?", "Recommandations (1 sur 2)",
        "Recommandations (2 sur 2)",
    ]  # fmt: skip
    first, second = deck.slides[1:3]
    assert (first.answer, first.figures[0].value, second.answer) == ("Six fois sur dix.", "61 %", NO_ANSWER)
    assert first.table is not None
    assert first.table.header == ("Habitants", "Signataires")
    assert "pas d'accord" in first.table.caption
    assert "Habitants : non. Raisons des residents" in first.notes
    assert deck.source == f"État figé le 26 novembre 2026 · empreinte {state.seal[:12]}"


def test_words_that_were_erased_are_on_no_slide(state: Restitution) -> None:
    content = deepcopy(state.content)
    piece = content["questions"][0]["evidence"][0] | {
        "figure": "", "occurrences": 4, "workshop": "Les tours",
        "quote": {"statement": "x", "text": "Un banc", "salt": "y", "seal": "z"},
    }  # fmt: skip
    content["questions"][0]["evidence"] = [piece]
    deck = deck_of(opened(content), look=Look(), state="", seal="")
    assert deck.slides[1].words == (Words("Un banc", "dit 4\xa0fois, Les tours"),)
    piece["quote"]["text"] = ""
    deck = deck_of(opened(content), look=Look(), state="", seal="")
    assert deck.slides[1].words == ()


@pytest.mark.parametrize(
    ("kind", "first", "suffix"),
    [
        ("diapositives", b"PK", "odp"),
        ("diaporama", b"PK", "pptx"),
        ("affiche", b"%PDF", "pdf"),
        ("affiche-web", b"<!", "html"),
    ],
)
def test_every_member_takes_them(
    reader: Actor, state: Restitution, client_for: Callable[[Actor], Any], kind: str, first: bytes, suffix: str
) -> None:
    answer = client_for(reader).get(reverse("restitution_deck", args=(state.space.slug, state.code, kind)))
    assert answer.content.startswith(first)
    assert f'filename="mi-parcours-etat-1-{kind}.{suffix}"' in answer.headers["Content-Disposition"]


def test_there_is_no_other_kind(lead: Actor, state: Restitution, client_for: Callable[[Actor], Any]) -> None:
    url = reverse("restitution_deck", args=(state.space.slug, state.code, "inconnu"))
    assert client_for(lead).get(url).status_code == 404
