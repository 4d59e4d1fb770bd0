"""A page of an evaluation that holds everything asks twelve things of the database at most, whoever reads it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from given_back import give_back
from test_evaluation_evidence import published
from test_survey_evidence import asked_in, brought, surveyed

from comptoir.accounts.enums import Role
from comptoir.accounts.history import history_of
from comptoir.accounts.models import Actor
from comptoir.commitments import actions as commitments
from comptoir.contracts.models import Contact, Referent
from comptoir.disclosure.actions import set_threshold
from comptoir.evaluation import actions
from comptoir.evaluation.around import around
from comptoir.evaluation.models import ActionReview, BetRound, EvaluativeQuestion, Restitution
from comptoir.observatory.actions import add_indicator, add_supplier, give_values
from comptoir.observatory.actions.figures import Given
from comptoir.observatory.entry import WHOLE, place_for
from comptoir.observatory.enums import Territory
from comptoir.participation.models import Survey
from comptoir.territories.models import PerimeterLineage, PriorityNeighbourhood
from comptoir.workshops.models import Mask

pytestmark = pytest.mark.django_db
Study = Any  # of conftest.py
TODAY = date(2026, 11, 26)
MOST = 12
NAMES = {"QN99001N": "Les Tilleuls", "QN99002N": "Le Mail"}


@dataclass
class Full:
    """A study whose question holds each thing that a question may hold."""

    study: Study
    question: EvaluativeQuestion
    state: Restitution
    survey: Survey
    bets: BetRound


def places(study: Study) -> None:
    """Two neighbourhoods of the contract, each with its perimeter of 2015."""
    for rank, (code, name) in enumerate(NAMES.items()):
        one = PriorityNeighbourhood.objects.create(code=code, generation=2024, name=name)
        former = PriorityNeighbourhood.objects.create(code=f"QP99900{rank}", generation=2015, name=name)
        PerimeterLineage.objects.create(
            former=former, latter=one, share_of_former=1, share_of_latter=1, quality="bonne"
        )
        study.contract.neighbourhoods.through.objects.create(contract=study.contract, code=code, neighbourhood=one)


def bring_all(study: Study, question: EvaluativeQuestion) -> None:
    """Each kind of evidence."""
    lead, contact = study.lead, Contact.objects.create(space=study.lead.space, signatory=study.landlord, name="Zélie")
    Referent.objects.create(space=lead.space, signatory=study.landlord, contact=contact, starts_on=date(2024, 1, 1))
    commitment = commitments.write(
        actor=lead, signatory=study.landlord, wording="Rouvrir le local", due_on=date(2027, 6, 30),
        measure="un local ouvert", expected_proof="une photo",
    )  # fmt: skip
    commitments.tell_news(actor=lead, commitment=commitment, answer="stuck", line="en attente", on=TODAY)
    line = published(study, "Demander à Josiane Perdrix, 06 12 34 56 78", mask="Demander à la gardienne")
    for text, figure in (("femmes", 7), ("hommes", 33), ("ensemble", 40)):
        actions.bring(
            actor=lead, question=question, kind="figure", text=text, figure=Decimal(figure), unit="habitants",
            period="2025", on=TODAY,
        )  # fmt: skip
    actions.bring(actor=lead, question=question, kind="voice", line=line, on=TODAY)
    actions.bring(actor=lead, question=question, kind="commitment", commitment=commitment, on=TODAY)
    actions.bring(actor=lead, question=question, kind="document", text="Le relevé", url="https://exemple.fr/", on=TODAY)
    actions.bring(actor=lead, question=question, kind="note", text="Vu sur place", on=TODAY)
    brought(study, question, asked_in(surveyed(lead), "Souvent ?"))
    review = ActionReview.objects.create(
        space=lead.space, action="Permanences", year=2025, reached=120, noted="Une salle pleine"
    )
    actions.quote_review(actor=lead, review=review, question=question, on=TODAY)


def plan_all(study: Study, question: EvaluativeQuestion) -> None:
    """A voice, a figure and an indicator planned, two methods, what residents feel, each college judging twice."""
    lead = study.lead
    for nature in ("figure", "voice"):
        actions.plan(actor=lead, question=question, nature=nature, label="Délai", owner="Régie", due_on=TODAY, on=TODAY)
    supplier = add_supplier(actor=lead, name="Mission locale", threshold=11)
    indicator = add_indicator(
        actor=lead, supplier=supplier, name="Jeunes suivis", kind="count", unit="jeunes", direction="up", summable=True
    )
    for year, numbers in ((2019, (52, 63, 115)), (2024, (60, 70, 130))):
        spots = [place_for(Territory.NEIGHBOURHOOD, code, 2024, name) for code, name in NAMES.items()]
        given = [Given(at, n) for at, n in zip([*spots, place_for(Territory.SPACE, WHOLE)], numbers, strict=True)]
        give_values(actor=lead, indicator=indicator, year=year, given=given)
    actions.follow(actor=lead, question=question, indicator=indicator, due_on=date(2027, 8, 1), on=TODAY)
    for method in ("observation", "court-questionnaire"):
        actions.choose_method(actor=lead, question=question, method=method, on=TODAY)
    for code in NAMES:
        actions.tell_perceived(
            actor=lead, question=question, better=22, same=30, worse=14, since=2019, whence="Comptoir d'octobre",
            gathered_on=TODAY, place_code=code,
        )  # fmt: skip
    for verdict in ("yes", "no"):
        for college in ("residents", "officials", "signatories", "outside"):
            actions.judge(
                actor=lead, question=question, college=college, verdict=verdict, reasons="Vu sur place",
                confidence="high", given_by="Le groupe", on=TODAY,
            )  # fmt: skip


@pytest.fixture
def full(study: Study) -> Full:
    lead, evaluation = study.lead, study.evaluation
    places(study)
    set_threshold(actor=lead, threshold=5)
    for point in ("why", "left_out"):
        actions.write(actor=lead, evaluation=evaluation, point=point, text="Décider de la suite")
    actions.add_use(actor=lead, evaluation=evaluation, user="Le comité", use="Décider", due_on=TODAY)
    actions.sign(actor=lead, evaluation=evaluation, meeting=study.meeting, signed_by="La présidente")
    question = study.ask()
    actions.settle(actor=lead, question=question, status="kept")
    actions.specify(actor=lead, question=question, leverage=1, leverage_note="La régie", criterion="effectiveness")
    actions.choose(actor=lead, question=question, on=True)
    actions.count_hands(actor=lead, question=question, college="residents", number=12, on=TODAY)
    bring_all(study, question)
    plan_all(study, question)
    for commit in (False, True):
        made = actions.recommend(
            actor=lead, evaluation=evaluation, text="Continuer", on=TODAY, question=question, signatory=study.landlord,
            due_on=date(2027, 9, 1),
        )  # fmt: skip
        if commit:
            actions.become_commitment(actor=lead, recommendation=made)
    for moment in ("midterm", "report"):
        state = actions.freeze(actor=lead, evaluation=evaluation, moment=moment, on=TODAY)
    actions.write_outside_note(actor=study.who(Role.EVALUATOR), restitution=state, text="Vu de dehors", on=TODAY)
    actions.write_plain(actor=lead, restitution=state, asked=str(question.pk), question="Plus vite ?", answer="Non.")
    actions.publish_plain(actor=lead, restitution=state, on=TODAY)
    give_back(study, evaluation, question, "Autre", TODAY)
    supplier = add_supplier(actor=lead, name="Le rectorat")
    indicator = add_indicator(actor=lead, supplier=supplier, name="Collégiens", kind="count")
    give_values(actor=lead, indicator=indicator, year=2024, given=[Given(place_for(Territory.SPACE, WHOLE), 12)])
    bets = actions.open_bets(actor=lead, evaluation=evaluation, indicator=indicator, bounds=[10], on=TODAY)
    actions.bet(actor=lead, round=bets, bracket=1)
    actions.count_bets(actor=lead, round=bets, college="residents", hands={0: 12})
    actions.close_bets(actor=lead, round=bets, on=TODAY)
    survey = Survey.objects.get(title="Le parc")
    return Full(study, question, state, survey, bets)


def test_every_short_list_is_there_in_its_order_in_one_query(full: Full, django_assert_num_queries: Any) -> None:
    question = EvaluativeQuestion.objects.select_related("evaluation").get(pk=full.question.pk)
    with django_assert_num_queries(1):
        found = around(question)
    assert (found.why, found.threshold) == ("Décider de la suite", 5)

    def told(rows: Any, *names: str) -> list[tuple[Any, ...]]:
        return [tuple(getattr(one, name) for name in names) for one in rows]

    for given, rows, names in (
        (found.judgements, question.judgements.order_by("pk"),
         ("pk", "college", "verdict", "confidence", "reasons", "given_by", "given_on")),
        (found.sources, question.sources.filter(withdrawn_at=None).order_by("nature", "due_on", "pk"),
         ("pk", "nature", "label", "whence", "owner", "due_on", "days", "indicator_code")),
        (found.methods, question.methods.shown().order_by("pk"), ("pk", "code", "method", "hours", "euros")),
        (found.perceived, question.perceived.filter(withdrawn_at=None),
         ("pk", "code", "better", "same", "worse", "since", "place_code", "whence", "gathered_on")),
        (found.counts, full.survey.counts.filter(place=None, channel="").order_by("position"),
         ("pk", "survey_id", "question_id", "option", "number", "reason", "position")),
        (found.masks, Mask.objects.order_by("pk"), ("pk", "statement_id", "rewording_id", "text")),
        (found.neighbourhoods, PriorityNeighbourhood.objects.filter(code__in=NAMES).order_by("search"),
         ("pk", "code", "generation", "name")),
    ):  # fmt: skip
        assert told(given, *names) == told(rows, *names)
        assert given, "the fixture holds each of them"
    journal = history_of(question.space, question.pk)
    assert [(one.label, one.organisation) for one in found.history] == [(o.label, o.organisation) for o in journal]
    assert all(abs(one.at - other.at) < timedelta(seconds=1) for one, other in zip(found.history, journal, strict=True))
    assert sorted(one.number for one in found.counted) == [7, 33, 40]


PAGES = (
    "evaluation", "framing", "questions", "question", "restitutions", "restitution", "plain_page", "lessons", "thanks",
    "bets", "bet", "self_assessments", "methods", "evaluations",
)  # fmt: skip
SURVEYED = (
    "action_reviews",
    "surveys",
    "survey",
    "survey_results",
    "survey_table",
    "survey_words",
    "survey_preview",
    "survey_poster",
)
ALONE = frozenset({"surveys", "methods", "action_reviews", "evaluations"})  # of the space


def address(full: Full, name: str) -> str:
    codes = {
        "question": (full.question.code,), "restitution": (full.state.number,), "plain_page": (full.state.number,),
        "bet": (full.bets.code,),
    }  # fmt: skip
    whole = full.survey.code if name in SURVEYED else full.study.evaluation.code
    return reverse(name, args=(full.study.lead.space.slug, *(() if name in ALONE else (whole, *codes.get(name, ())))))


@pytest.mark.parametrize("name", [*PAGES, *SURVEYED])
def test_a_full_page_holds_its_queries(full: Full, client_for: Callable[[Actor], Any], name: str) -> None:
    for reader in (full.study.lead, full.study.who(Role.READER), full.study.who(Role.EVALUATOR)):
        browser = client_for(reader)
        with CaptureQueriesContext(connection) as asked:
            status = browser.get(address(full, name)).status_code
        assert status == 200 or (name not in PAGES and reader is not full.study.lead and status == 403)
        assert len(asked) <= MOST, "\n".join(f"{n} {one['sql'][:230]}" for n, one in enumerate(asked, 1))
