"""The report of an evaluation: the words of its pages, in files that open, for every member."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from comptoir.accounts.models import Actor
from comptoir.contracts.actions import open_contract
from comptoir.evaluation import actions
from comptoir.evaluation.models import Evaluation
from comptoir.observatory.actions import add_indicator, add_supplier, give_values
from comptoir.observatory.actions.figures import Given
from comptoir.observatory.entry import WHOLE, place_for
from comptoir.observatory.enums import Territory

TODAY = date(2026, 11, 26)


@pytest.fixture
def evaluation(lead: Actor) -> Evaluation:
    contract = open_contract(actor=lead, name="Contrat de Val-Clair")
    made = actions.open_evaluation(actor=lead, contract=contract, name="Mi-parcours", ends_on=date(2027, 10, 15))
    actions.write(actor=lead, evaluation=made, point="why", text="Décider de la suite")
    question = actions.propose(
        actor=lead, evaluation=made, text="Répond-on aux locataires ?", college="residents", proposed_by="Un groupe"
    )
    actions.settle(actor=lead, question=question, status="kept")
    actions.bring(
        actor=lead, question=question, kind="figure", text="réponses sous dix jours", figure=61, unit="%",
        period="2025", whence="état annuel", on=TODAY,
    )  # fmt: skip
    for college, verdict in (("residents", "no"), ("signatories", "yes")):
        actions.judge(
            actor=lead, question=question, college=college, verdict=verdict, reasons=f"Raisons des {college}",
            confidence="high", given_by="Le groupe", on=TODAY,
        )  # fmt: skip
    actions.recommend(actor=lead, evaluation=made, text="Afficher les retards.", on=TODAY)
    return made


def taken(browser: Any, evaluation: Evaluation, suffix: str) -> Any:
    return browser.get(reverse("evaluation_document", args=(evaluation.space.slug, evaluation.code, suffix)))


def test_the_report_says_who_judges_what_on_which_evidence(
    lead: Actor, reader: Actor, evaluation: Evaluation, client_for: Callable[[Actor], Any]
) -> None:
    text = taken(client_for(reader), evaluation, "md").content.decode()
    for words in (
        "Décider de la suite", "Répond-on aux locataires ?", "61 %, réponses sous dix jours (2025, état annuel)",
        "habitants", "Raisons des residents", "Raisons des signatories", "pas d'accord",
        "Afficher les retards. À qui : à préciser.", "Il manque un critère, un chiffre, une parole, la prise",
    ):  # fmt: skip
        assert words in text, words
    question = evaluation.questions.get()
    assert reverse("question", args=(lead.space.slug, evaluation.code, question.code)) in text


def test_it_prints_indicators_followed_and_what_residents_feel_each_with_its_address(
    lead: Actor, reader: Actor, evaluation: Evaluation, client_for: Callable[[Actor], Any]
) -> None:
    question = evaluation.questions.get()
    supplier = add_supplier(actor=lead, name="Mission locale", threshold=11)
    indicator = add_indicator(
        actor=lead, supplier=supplier, name="Jeunes suivis", kind="count", unit="jeunes", direction="up"
    )
    for year, number in ((2022, 90.0), (2025, 152.0)):
        whole = place_for(Territory.SPACE, WHOLE)
        give_values(actor=lead, indicator=indicator, year=year, given=[Given(whole, number)])
    actions.follow(actor=lead, question=question, indicator=indicator, due_on=TODAY, on=TODAY)
    for better, same, worse, whence in ((12, 15, 40, "Porte à porte"), (1, 2, 3, "Un café")):
        actions.tell_perceived(
            actor=lead, question=question, better=better, same=same, worse=worse, since=2022, whence=whence,
            gathered_on=TODAY,
        )  # fmt: skip
    text = taken(client_for(reader), evaluation, "md").content.decode().replace("\xa0", " ")
    for words in (
        "**Jeunes suivis, 2025**", "| Ensemble (Val-Clair) | 152 jeunes |",
        reverse("observatory_indicator", args=(lead.space.slug, indicator.code)),
        "C'est pire depuis 2022 : mieux 18 %, pareil 22 %, pire 60 %, sur 67 réponses.",
        "À l'opposé. Le chiffre s'améliore, et les habitants disent que c'est pire. "
        "(Jeunes suivis : 90 jeunes (2022), 152 jeunes (2025))",
        "Source : Porte à porte", "Rien n'en est montré (secret statistique : moins de 11 réponses",
    ):  # fmt: skip
        assert words in text, words
    state = actions.freeze(actor=lead, evaluation=evaluation, moment="midterm", on=TODAY)
    give_values(actor=lead, indicator=indicator, year=2025, given=[Given(place_for(Territory.SPACE, WHOLE), 60.0)])
    page = client_for(reader).get(reverse("restitution", args=(lead.space.slug, evaluation.code, state.number)))
    assert "152\xa0jeunes" in page.content.decode()


@pytest.mark.parametrize(("suffix", "first"), [("pdf", b"%PDF"), ("docx", b"PK"), ("odt", b"PK"), ("html", b"<!")])
def test_it_opens_in_each_format(
    lead: Actor, evaluation: Evaluation, client_for: Callable[[Actor], Any], suffix: str, first: bytes
) -> None:
    answer = taken(client_for(lead), evaluation, suffix)
    assert answer.content.lstrip().startswith(first)
    assert f'filename="mi-parcours.{suffix}"' in answer.headers["Content-Disposition"]


def test_a_report_is_no_spreadsheet(lead: Actor, evaluation: Evaluation, client_for: Callable[[Actor], Any]) -> None:
    assert taken(client_for(lead), evaluation, "csv").status_code == 404
