"""Evidence is what everybody may read (ADR 25); what is done leaves its line in the journal, and nobody's words."""

import inspect
from datetime import date
from typing import Any

import pytest
from given_back import give_back

from comptoir.accounts.enums import Role
from comptoir.audit.models import Entry
from comptoir.evaluation import actions
from comptoir.evaluation.reading import evidence_of
from comptoir.kit.errors import Refused
from comptoir.observatory.actions import add_indicator, add_supplier
from comptoir.voices.actions import add_note
from comptoir.voices.enums import HeadingKind, Subject
from comptoir.workshops.actions import add_comptoir, decide_mask, leave_others, open_workshop, publish, validate
from comptoir.workshops.models import SynthesisLine

pytestmark = pytest.mark.django_db
Study = Any  # of conftest.py
TODAY = date(2026, 11, 26)
SAID = "zinnia"  # in every text that a person types below, and in no text of ours


def published(study: Study, words: str, mask: str = "") -> SynthesisLine:
    """The line of a published synthesis under which these words stand; masked in its public copy, if asked."""
    workshop = open_workshop(actor=study.lead, title="Comptoir d'octobre")
    occasion = add_comptoir(actor=study.lead, workshop=workshop, title="Habitants", subject=Subject.RESIDENTS).occasion
    said = add_note(actor=study.lead, heading=occasion.headings.exclude(kind=HeadingKind.WHO)[0], words=words)
    version = validate(actor=study.lead, workshop=workshop)
    if mask:
        decide_mask(actor=study.lead, version=version, statement_id=said.pk, text=mask)
    leave_others(actor=study.lead, version=version)
    publish(actor=study.lead, version=version)
    return SynthesisLine.objects.select_related("version__workshop").get(statement=said)


def test_a_masked_line_is_read_masked_by_everybody(study: Study, client_for: Any) -> None:
    line = published(study, "Demander à Josiane Perdrix, 06 12 34 56 78", mask="Demander à la gardienne")
    question = study.ask()
    actions.bring(actor=study.lead, question=question, kind="voice", line=line, on=TODAY)
    (shown,) = evidence_of(question, TODAY)
    assert (shown.text, shown.said) == ("Demander à la gardienne", 1)
    url = f"/{study.lead.space.slug}/evaluation/{study.evaluation.code}/questions/{question.code}/"
    for reader in (study.lead, study.who(Role.READER)):
        page = client_for(reader).get(url).content.decode()
        assert "Demander à la gardienne" in page
        assert "Josiane" not in page


def test_a_line_that_is_not_published_is_no_evidence(study: Study) -> None:
    line = published(study, "Un banc")
    line.version.state = "validated"
    with pytest.raises(Refused, match="synthèse publiée"):
        actions.bring(actor=study.lead, question=study.ask(), kind="voice", line=line, on=TODAY)


def everything(study: Study) -> None:
    """Every action of the room, done at least once, with `SAID` in every text that a person may type."""
    lead, contract = study.lead, study.contract
    one = actions.open_evaluation(actor=lead, contract=contract, name=SAID, ends_on=date(2027, 10, 15))
    actions.change(
        actor=lead, evaluation=one, kit="full", ends_on=date(2027, 10, 15), scope=[], budget=None,
        contract_money=None, days=3,
    )  # fmt: skip
    actions.write(actor=lead, evaluation=one, point="why", text=SAID)
    use = actions.add_use(actor=lead, evaluation=one, user=SAID, use=SAID, due_on=TODAY)
    actions.say_used(actor=lead, use=use, fate="partly", note=SAID, on=TODAY)
    actions.withdraw_use(actor=lead, use=use)
    actions.sign(actor=lead, evaluation=one, meeting=study.meeting, signed_by=SAID)
    question = actions.propose(actor=lead, evaluation=one, text=SAID, college="residents", proposed_by=SAID)
    actions.specify(actor=lead, question=question, leverage=1, leverage_note=SAID)
    actions.choose(actor=lead, question=question, on=True)
    actions.count_hands(actor=lead, question=question, college="officials", number=2, on=TODAY)
    actions.settle(actor=lead, question=question, status="parked", reason=SAID)
    source = actions.plan(
        actor=lead, question=question, nature="figure", label=SAID, owner=SAID, due_on=TODAY, on=TODAY
    )
    actions.withdraw_source(actor=lead, source=source)
    finding = actions.bring(actor=lead, question=question, kind="note", text=SAID, on=TODAY)
    actions.take_off(actor=lead, finding=finding)
    actions.judge(
        actor=lead, question=question, college="residents", verdict="no", reasons=SAID, confidence="low",
        given_by=SAID, on=TODAY,
    )  # fmt: skip
    kept, dropped = (
        actions.recommend(actor=lead, evaluation=one, text=SAID, on=TODAY, signatory=study.landlord) for _ in range(2)
    )
    actions.become_commitment(actor=lead, recommendation=kept)
    actions.withdraw_recommendation(actor=lead, recommendation=dropped)
    give_back(study, one, question, SAID, TODAY)
    bilans(study, question)
    actions.withdraw_question(actor=lead, question=question)


def bilans(study: Study, question: Any) -> None:
    """What is taken from elsewhere: an indicator, reviews, what a signatory says of itself."""
    lead, supplier = study.lead, add_supplier(actor=study.lead, name=SAID)
    indicator = add_indicator(actor=lead, supplier=supplier, name=SAID, kind="count")
    actions.follow(actor=lead, question=question, indicator=indicator, due_on=TODAY, on=TODAY)
    (review,) = actions.add_reviews(actor=lead, rows=[{"action": SAID, "year": 2024, "noted": SAID, "reached": 20}])
    actions.change_reviews(actor=lead, changes={review.pk: {"bearer": SAID}})
    actions.quote_review(actor=lead, review=review, question=question, on=TODAY)
    actions.feed(actor=lead, indicator=indicator)
    actions.remove_reviews(actor=lead, identities=[review.pk])
    felt = actions.tell_perceived(
        actor=lead, question=question, better=1, same=2, worse=3, since=2024, whence=SAID, gathered_on=TODAY
    )
    actions.withdraw_perceived(actor=lead, perceived=felt)
    actions.assess(actor=lead, signatory=study.landlord, answers={"kept": (2, SAID)}, on=TODAY)


def test_every_action_writes_its_line_and_no_word_of_anybody(study: Study) -> None:
    everything(study)
    wanted = {f"evaluation.{name}" for name, _ in inspect.getmembers(actions, inspect.isfunction)}
    lines = Entry.objects.filter(action__startswith="evaluation.")
    assert {line.action for line in lines} == wanted
    for line in lines:
        assert SAID not in f"{line.label} {line.details}"
